"""How a run went: its screens, its end and what was done. Nothing personal is in it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.outcome import Outcome
from assistant.run.done import Deed
from flows import Danger


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One screen of a run. Times in milliseconds since the run began."""

    id: str
    screen: str
    at_ms: int
    took_ms: int


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. Holds nothing personal."""

    outcome: Outcome
    reason: str | None
    detail: str | None
    expected: str
    seen: str
    duration_ms: int
    steps: tuple[StepRecord, ...]
    interrupted: bool = False
    """Whether Ctrl+C or the system ended it: nobody is waited for any more."""
    done: tuple[Deed, ...] = ()
    """All that was done, the weightiest last."""
    stands_on: Danger | None = None
    """What the person could lose by a press on the page that is left open; None where nothing is known to be."""
