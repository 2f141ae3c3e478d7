"""Training material from the step catalogue that also drives the assistant: one guide, many formats."""
