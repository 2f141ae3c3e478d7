"""Dry runs: the whole way unattended, against the mock portal with a virtual card, or against a portal on loopback."""
