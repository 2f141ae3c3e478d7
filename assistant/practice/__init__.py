"""Practice: the guided run against the mock portal, with a virtual card that any desk can have."""
