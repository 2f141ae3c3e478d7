"""One run: the loop that looks, decides, acts once and looks again; the person it asks; the record it leaves."""
