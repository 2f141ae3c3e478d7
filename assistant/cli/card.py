"""The command ``eonay card``: the card part of the preflight alone."""

from assistant.cli.doctor import run_card

__all__ = ["run_card"]
