"""How a run ends: six outcomes, their exit codes, and the one catalogue of reasons.

They are the same on the command line, in receipts and in reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from assistant.base.words import Language, table

USAGE_ERROR = 2
"""Exit code of a wrong command line or setting."""


class Outcome(StrEnum):
    """How one run ended."""

    CONSENT_GIVEN = "consent_given"
    """Given in this run, and seen again on a fresh visit."""
    ALREADY_CONSENTED = "already_consented"
    """The withdraw sentence was there before anything was signed."""
    UNVERIFIED = "unverified"
    """Handed in or announced, but the portal does not confirm it."""
    CANCELLED = "cancelled"
    """The person stopped, refused, closed a window, or did not answer in time."""
    HALTED = "halted"
    """The assistant did not recognise what it saw, or a safety rule stopped it."""
    FAILED = "failed"
    """A known cause, named by the reason."""

    @property
    def exit_code(self) -> int:
        """The process exit code for this outcome."""
        return _EXIT_CODES[self]


_EXIT_CODES = {
    Outcome.CONSENT_GIVEN: 0,
    Outcome.ALREADY_CONSENTED: 0,
    Outcome.UNVERIFIED: 3,
    Outcome.CANCELLED: 4,
    Outcome.HALTED: 5,
    Outcome.FAILED: 6,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry of the error catalogue."""

    code: str
    """Stable identifier, written in receipts and reports."""
    outcome: Outcome
    """How a run with this reason ends."""
    what: str
    """What happened, one sentence for the person."""
    remedy: str
    """What to do about it, one or two sentences."""


@cache
def reasons(language: Language = "tr") -> dict[str, Reason]:
    """Return the error catalogue in *language*, by code."""
    return {code: _reason(code, entry, language) for code, entry in table("reasons").items()}


def _reason(code: str, entry: Mapping[str, Any], language: Language) -> Reason:
    if "problem" not in entry:
        return Reason(code, Outcome(entry["outcome"]), entry["what"][language], entry["do"][language])
    from assistant.base.problems import problem

    known = problem(entry["problem"], language)
    what = entry["what"][language] if "what" in entry else known.what
    remedy = f"{known.remedy} {entry['more'][language]}" if "more" in entry else known.remedy
    return Reason(code, Outcome(entry["outcome"]), what, remedy)
