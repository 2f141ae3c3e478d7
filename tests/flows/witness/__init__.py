"""Ways to hide a sentence from one side, and their harmless twins."""
