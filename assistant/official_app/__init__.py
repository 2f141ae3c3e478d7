"""What KamuSM's own e-signature app needs here: a Java, a clipboard, somebody to start it, and words for the person."""
