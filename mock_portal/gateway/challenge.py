"""Something a person must answer on the phone: an SMS code, a login to approve, a mobile signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Literal

from fixtures import Person

Kind = Literal["sms", "phone", "mobile-signature"]
Answer = Literal["approved", "refused", "cancelled", "failed"]
State = Literal["waiting", "approved", "refused", "cancelled", "failed", "expired"]
"""`cancelled`: given up on the page; `failed`: too many wrong codes."""


@dataclass
class Challenge:
    """One such question. Only `Gateway` changes it, under its lock."""

    kind: Kind
    person: Person = field(repr=False)
    ends: datetime
    """Aware, UTC; from this very moment on it is too late."""
    id: str = ""
    """Random; the page and the stand-in phone name the challenge by it."""
    answered: Answer | None = None
    tries: int = 0
    fingerprint: str = ""
    """What a mobile signature shows on both screens for comparison."""
    failure_recorded: bool = False
    """Whether the ledger knows of its failure."""

    @property
    def phone_ending(self) -> str:
        """The last digits of the invented phone number that gets the SMS."""
        return "42"

    def state_at(self, now: datetime) -> State:
        """Return its state at `now`; an answer given in time stays good."""
        if self.answered is not None:
            return self.answered
        return "expired" if self.ends <= now else "waiting"

    def seconds_left(self, now: datetime) -> int:
        """Return the whole seconds left at `now`, rounded up."""
        return max(0, ceil((self.ends - now).total_seconds()))
