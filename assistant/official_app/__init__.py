"""What KamuSM's own e-signature app needs on this computer: a Java, a clipboard, a start, and words for the person."""
