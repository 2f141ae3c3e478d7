"""Paper: what sets it, its templates and its letters."""
