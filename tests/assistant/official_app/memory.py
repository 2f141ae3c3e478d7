"""A clipboard in memory."""

from __future__ import annotations


class Memory:
    """A clipboard in memory; None means the machine has none."""

    def __init__(self, text: str | None) -> None:
        self.text = text

    def read(self) -> str | None:
        """Return the text."""
        return self.text

    def write(self, text: str) -> bool:
        """Keep *text* if there is a clipboard."""
        if self.text is None:
            return False
        self.text = text
        return True
