"""What one check found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.base.foreign import shown

if TYPE_CHECKING:
    from assistant.preflight.desk import Workstation

Level = Literal["ok", "note", "warn", "block"]
"""``ok``: fine; ``note``: good to know; ``warn``: it may go wrong; ``block``: E-Onay cannot be given like this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the preflight. Holds nothing personal but a masked name."""

    id: str
    """What was looked at; stable, for programs."""
    level: Level
    text: str
    """What is there or missing, for the person."""
    remedy: str | None = None
    """What to do about it; None where nothing need be done."""

    def __post_init__(self) -> None:
        """Make safe to show what a reader, a card or a program calls itself."""
        object.__setattr__(self, "text", shown(self.text))
        if self.remedy is not None:
            object.__setattr__(self, "remedy", shown(self.remedy))


Check = Callable[["Workstation"], Sequence[Finding]]
"""A check; it may raise anything, and takes as long as it takes: the run contains both."""
