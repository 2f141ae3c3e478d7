"""The guide's pictures from a guided run: with the person's word, never at e-Devlet, covered, and kept one by one."""
