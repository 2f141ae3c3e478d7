"""The matrix of kills: who is killed × by which signal × at which step × in which kind of run."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.assistant.kills.steps import LATE, STEPS

Mode = Literal["unattended", "card", "app"]
"""A dry run at a portal; a guided run whose card signs; one with the official app's stand-in."""
VICTIMS: dict[Mode, tuple[str, ...]] = {
    "unattended": ("program", "worker", "driver", "browser", "renderer", "card"),
    "card": ("program", "driver", "browser", "renderer", "card"),
    "app": ("program", "driver", "browser", "renderer"),
}
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
_DELAYS_S = (0.0, 0.05, 0.2, 0.6)
_IN_A_STORY = 3


@dataclass(frozen=True, slots=True)
class Blow:
    """One kill of the matrix."""

    mode: Mode
    victim: str
    signal: signal.Signals
    step: str
    is_held: bool
    """Whether it falls while the portal has the step's request and hasn't answered."""
    delay_s: float
    """How long after the request it falls otherwise."""
    share: float
    """Of several such processes, which: 0 is the first, and almost 1 the last."""

    @property
    def is_fatal(self) -> bool:
        """Whether the command itself can say nothing more."""
        return self.victim == "program" and self.signal is signal.SIGKILL

    def __str__(self) -> str:
        when = "unanswered" if self.is_held else f"+{self.delay_s} s"
        return f"{self.mode}: {self.signal.name} to {self.victim} at {self.step} ({when})"


def matrix(seed: int) -> list[Blow]:
    """Return every cell of the matrix, each with its own moment, shuffled by *seed*."""
    chance = random.Random(seed)  # noqa: S311 (the same matrix every time)
    blows = [
        Blow(mode, victim, number, step, chance.random() < 0.4, chance.choice(_DELAYS_S), chance.random())
        for mode, victims in VICTIMS.items()
        for victim in victims
        for number in SIGNALS
        for step in STEPS
    ]
    chance.shuffle(blows)
    return blows


def stories(blows: Sequence[Blow]) -> Iterator[tuple[Blow, ...]]:
    """Deal *blows* into stories of runs one after the other at one portal, of one kind, a late one at their end."""
    for mode in VICTIMS:
        ours = [blow for blow in blows if blow.mode == mode]
        late = [blow for blow in ours if blow.step in LATE]
        early = [blow for blow in ours if blow.step not in LATE]
        while early or late:
            ending, late = late[:1], late[1:]
            room = _IN_A_STORY - len(ending)
            before, early = early[:room], early[room:]
            yield (*before, *ending)
