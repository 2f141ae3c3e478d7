"""Training material from the same step catalogue that drives the assistant: one guide, written in many formats."""
