"""From settings and options to a run that can begin. The commands call this; nothing else may."""
