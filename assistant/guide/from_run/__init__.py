"""The guide's pictures from a guided run: with consent, never at e-Devlet, covered, and approved one by one."""
