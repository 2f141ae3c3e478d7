"""Turns settings and options into a run that is ready to start. Only the commands may call this."""
