"""One run: the loop that looks, decides, acts once and looks again; the person it asks, and the record it leaves."""
