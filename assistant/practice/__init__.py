"""Practice: the guided run against the mock portal, with a virtual card that works on any desk."""
