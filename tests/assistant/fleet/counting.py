"""A trade that needs nothing, for workers elsewhere, which load it by its name."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from assistant.fleet import Craft


class Counting(Craft[int, bool, int]):
    """Gives each number back."""

    def tools(self, place: int) -> AbstractContextManager[bool]:
        """Open nothing."""
        return nullcontext(True)

    def is_usable(self, tool: bool) -> bool:
        """Keep it."""
        return tool

    def do(self, task: int, tool: bool) -> int:
        """Give it back."""
        return task

    def deadline_s(self, task: int) -> float:
        """Give it a minute."""
        return 60.0

    def broken(self, task: int, reason: str) -> int:
        """Report it as another number."""
        return -1 - task
