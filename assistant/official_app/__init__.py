"""The hand-off to KamuSM's own e-signature app: fetched, checked and opened; the PIN stays in it."""
