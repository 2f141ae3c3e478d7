"""What a check reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.base.foreign import shown

if TYPE_CHECKING:
    from assistant.preflight.desk import Workstation

Level = Literal["ok", "note", "warn", "block"]
"""``ok``: fine; ``note``: good to know; ``warn``: may go wrong; ``block``: you can't give E-Onay like this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the preflight. Nothing personal in it except a masked name."""

    id: str
    """What was checked; stable, for programs."""
    level: Level
    text: str
    """What we found or missed, for the person."""
    remedy: str | None = None
    """What to do about it; None if nothing."""

    def __post_init__(self) -> None:
        """Make the names of readers, cards and programs safe to show."""
        object.__setattr__(self, "text", shown(self.text))
        if self.remedy is not None:
            object.__setattr__(self, "remedy", shown(self.remedy))


Check = Callable[["Workstation"], Sequence[Finding]]
"""A check. It may raise anything and take as long as it likes: whoever runs it copes with both."""
