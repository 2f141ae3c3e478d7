"""The ledger: what really happened on the portal, whatever its pages say. Tests go by it."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from mock_portal.clock import Clock

_NUMBER = re.compile(r"\d{5}")
"""Five digits in a row could be an identity number, a PIN, an SMS code or a verification code."""


class Act(StrEnum):
    """An act with an effect, in the usual order."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    CAPTCHA_FAILED = "captcha_failed"
    SECOND_STEP_STARTED = "second_step_started"
    SECOND_STEP_FAILED = "second_step_failed"
    SHARING_APPROVED = "sharing_approved"
    SHARING_REFUSED = "sharing_refused"
    SESSION_OPENED = "session_opened"
    CODE_ISSUED = "code_issued"
    CODE_RENEWED = "code_renewed"
    SIGNATURE_ACCEPTED = "signature_accepted"
    SIGNATURE_REJECTED = "signature_rejected"
    CONSENT_GIVEN = "consent_given"
    WITHDRAWAL_STARTED = "withdrawal_started"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CERTIFICATE_REVOKED = "certificate_revoked"
    SUSPENSION_LIFTED = "suspension_lifted"
    PIN_RESET_STARTED = "pin_reset_started"
    PIN_RESET = "pin_reset"
    WEB_PASSWORD_CHANGED = "web_password_changed"  # noqa: S105  the name of an act
    LOGOUT = "logout"
    FAULT = "fault"
    """Something meant to go wrong has gone wrong."""


Fact = str | int | bool
"""What an entry may say besides the act: a short word, a small number, or yes or no."""


@dataclass(frozen=True)
class Entry:
    """One line of the ledger."""

    at: datetime
    """When, by the portal's clock (aware, UTC)."""
    act: Act
    person: str | None
    """The fixture key of the person it is about; None when nobody is known yet."""
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))

    def as_json(self) -> dict[str, object]:
        """Return the entry as the ledger's endpoint shows it."""
        return {
            "at": self.at.isoformat(),
            "act": self.act.value,
            "person": self.person,
            "facts": dict(self.facts),
        }


class Ledger:
    """A list of entries that only grows; safe to read while the server writes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def record(self, act: Act, person: str | None, **facts: Fact) -> Entry:
        """Add an entry, now.

        Raises ValueError for a fact that could be a secret (five or more digits in a row): anybody on this machine can
        read the ledger.
        """
        for name, value in facts.items():
            if _NUMBER.search(str(value)):
                raise ValueError(f"the fact {name!r} looks like a number that does not belong in the ledger")
        with self._lock:
            entry = Entry(self._clock.now(), act, person, MappingProxyType(dict(facts)))
            self._entries.append(entry)
        return entry

    def entries(self) -> tuple[Entry, ...]:
        """Return everything recorded so far, oldest first."""
        with self._lock:
            return tuple(self._entries)

    def count(self, act: Act, person: str | None = None) -> int:
        """Return how often `act` happened, or how often to `person`, if given."""
        return sum(1 for entry in self.entries() if entry.act is act and (person is None or entry.person == person))
