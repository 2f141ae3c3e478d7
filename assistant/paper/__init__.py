"""Paper: the typesetter, its templates and its letters."""
