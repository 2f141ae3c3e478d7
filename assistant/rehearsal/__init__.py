"""Dry runs, unattended from start to end: the mock portal and a virtual card, or a portal that already runs here."""
