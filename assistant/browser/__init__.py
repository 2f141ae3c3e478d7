"""The machine's browser: opened, kept quiet, drawn over."""
