"""The one record of a run: its screens, its end and what was done. Made at the end of the loop, never changed.

Whoever needs more wraps the record and copies nothing out of it: a receipt says when and with what
(`assistant.receipts.receipt`), a verdict what was expected and what the portal's ledger says
(`assistant.rehearsal.verdict`), a report which repetition it was. There is nothing personal in it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from assistant.base.outcome import Outcome, reasons
from assistant.run.closed import CLOSED, Ms, Text, Truth, Word, closed
from assistant.run.done import Deed
from flows import Danger

_MOST_STEPS = 500

ReasonCode = Annotated[str | None, closed(lambda code: code is None or code in reasons(), lambda _code: None)]
"""A code of the catalogue; None for an end that needs no reason."""


def _in_order(deeds: tuple[Deed, ...] | None) -> tuple[Deed, ...] | None:
    return deeds and tuple(deed for deed in Deed if deed in deeds)


Deeds = Annotated[tuple[Deed, ...] | None, closed(lambda deeds: deeds == _in_order(deeds), _in_order)]
"""Each once, the weightiest last; None when a file doesn't say."""


@dataclass(frozen=True, slots=True, config=CLOSED)
class StepRecord:
    """One screen of a run. Times in milliseconds since the run began."""

    id: Word
    screen: Word
    at_ms: Ms
    took_ms: Ms


Steps = Annotated[
    tuple[StepRecord, ...], closed(lambda steps: len(steps) <= _MOST_STEPS, lambda steps: steps[:_MOST_STEPS])
]


@dataclass(frozen=True, slots=True, config=CLOSED)
class Ending:
    """How a run ended."""

    outcome: Outcome
    reason: ReasonCode = None
    detail: Text | None = None
    """A sentence for the person that adds to the reason."""
    expected: Text = ""
    """What the assistant was looking for when it stopped; empty when it didn't halt."""
    seen: Text = ""

    @classmethod
    def because(cls, code: str, detail: str | None = None) -> Ending:
        """Return the end that the catalogue gives the reason *code*. Raises `KeyError` for an unknown one."""
        return cls(reasons()[code].outcome, code, detail)

    def __str__(self) -> str:
        return named(self.outcome, self.reason)


@dataclass(frozen=True, slots=True, config=CLOSED)
class RunResult:
    """What a run leaves."""

    ending: Ending
    duration_ms: Ms = 0
    steps: Steps = ()
    done: Deeds = ()
    """Everything that was done."""
    interrupted: Truth = False
    """Whether Ctrl+C or the system ended it: then we wait for nobody any more."""
    stands_on: Danger | None = None
    """What the person could lose with a press on the page left open; None when we know of nothing."""

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        return self.ending.outcome

    @property
    def reason(self) -> str | None:
        """Why it ended like this, if that needs saying: a code of the catalogue."""
        return self.ending.reason


def named(outcome: Outcome | None, reason: str | None) -> str:
    """Return an outcome, None for any success, with its reason, in a word or two."""
    return f"{outcome or 'consent_given/already_consented'}{f' ({reason})' if reason else ''}"
