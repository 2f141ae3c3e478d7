"""Ways to hide a sentence from one side, each with a harmless twin."""
