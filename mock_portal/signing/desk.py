"""The desk where pages open signing requests, and where each gets its signature accepted exactly once.

Errors::

    CodeError
     ├─ CodeUnknownError   no such code (or forgotten long ago)
     ├─ CodeExpiredError   its time is over
     │   └─ CodeReplacedError   a newer code replaced it, or it was dropped
     └─ CodeUsedError      already signed
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from fixtures import Person
from mock_portal.clock import Clock
from mock_portal.ledger import Act, Ledger

CODE_DIGITS = 15
"""Length of a verification code (portal-facts, section 1, step 8)."""

KEPT_AFTER_END = timedelta(hours=1)
"""How long we remember an ended code, so that the answer is "expired" and not "unknown"."""

CODES_KEPT = 20_000
SIGNATURES_KEPT = 100

PLAIN_TEXT = "text/plain; charset=utf-8"


class UnusableCodeError(Exception):
    """A verification code that nobody can sign with. The text never contains the code."""


class CodeUnknownError(UnusableCodeError):
    """No such code."""


class CodeExpiredError(UnusableCodeError):
    """The code's time is over."""


class CodeReplacedError(CodeExpiredError):
    """A newer code replaced this one, or it was taken out of use."""


class CodeUsedError(UnusableCodeError):
    """Something has already been signed with the code."""


class CodeState(StrEnum):
    """The state of a code."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REPLACED = "replaced"


@dataclass(frozen=True)
class CodeStatus:
    """What the signing page polls for."""

    state: CodeState
    seconds_left: int
    """Whole seconds until the code ends, rounded up; 0 unless `state` is waiting."""


@dataclass(frozen=True)
class Acceptance:
    """A signature that has passed every check."""

    person: Person
    title: str
    document: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    """DER of the CMS SignedData."""
    at: datetime
    """When it was accepted, by the portal's clock."""


@dataclass(frozen=True)
class PendingSignature:
    """One document waiting for one signature of one person."""

    code: str = field(repr=False)
    person: Person
    title: str
    document: bytes = field(repr=False)
    media_type: str
    expires_at: datetime
    """Aware, UTC; from this very moment on the code is over."""


@dataclass
class _Slot:
    request: PendingSignature
    on_signed: Callable[[Acceptance], None]
    accepted: bool = False
    replaced: bool = False


class SigningDesk:
    """Issues codes and accepts signatures. Thread-safe; all times by the portal's clock."""

    def __init__(self, clock: Clock, ledger: Ledger, code_lifetime: float = 300) -> None:
        self._clock = clock
        self._ledger = ledger
        self._lifetime = timedelta(seconds=code_lifetime)
        self._slots: OrderedDict[str, _Slot] = OrderedDict()  # oldest first
        self._signatures: deque[Acceptance] = deque(maxlen=SIGNATURES_KEPT)
        self._lock = threading.RLock()

    def open(
        self,
        person: Person,
        title: str,
        document: bytes,
        on_signed: Callable[[Acceptance], None],
        *,
        media_type: str = PLAIN_TEXT,
    ) -> PendingSignature:
        """Issue a code with which `person` can sign `document`.

        `on_signed` is called once, in the server's thread, when a signature is accepted and before anybody can see that
        it was; if it raises, the signature is not accepted. Don't do anything slow in it.
        """
        with self._lock:
            request = self._issue(person, title, document, media_type, on_signed)
        self._ledger.record(Act.CODE_ISSUED, person.key, title=title)
        return request

    def renew(self, code: str) -> PendingSignature:
        """Issue a new code for the same thing as `code`; the old one is dead from then on.

        Also renews an expired code, and one that was replaced before (its successors stay as they are). Raises
        CodeUsedError after a signature, CodeUnknownError for an unknown code.
        """
        with self._lock:
            slot = self._slot(code)
            if slot.accepted:
                raise CodeUsedError("this code has been signed with")
            slot.replaced = True
            old = slot.request
            request = self._issue(old.person, old.title, old.document, old.media_type, slot.on_signed)
        self._ledger.record(Act.CODE_RENEWED, old.person.key, title=old.title)
        return request

    def drop(self, code: str) -> None:
        """Take a code out of use, as when the person goes back; one that has ended stays as it is."""
        with self._lock:
            slot = self._slots.get(code)
            if slot is not None and not slot.accepted:
                slot.replaced = True

    def status(self, code: str) -> CodeStatus:
        """Return the state of a code. Raises CodeUnknownError."""
        with self._lock:
            slot = self._slot(code)
            left = (slot.request.expires_at - self._clock.now()).total_seconds()
            if slot.accepted:
                return CodeStatus(CodeState.ACCEPTED, 0)
            if slot.replaced:
                return CodeStatus(CodeState.REPLACED, 0)
            if left <= 0:
                return CodeStatus(CodeState.EXPIRED, 0)
            return CodeStatus(CodeState.WAITING, ceil(left))

    def usable(self, code: str) -> PendingSignature:
        """Return the request of a code that can be used to sign now. Raises CodeError."""
        with self._lock:
            return self._usable_slot(code).request

    def accept(self, code: str, signature: bytes) -> Acceptance:
        """Commit a signature that has been verified for this code's request, if the code is still usable.

        Of two simultaneous calls one succeeds. Raises CodeError for the other, and when the code ended during the
        verification.
        """
        with self._lock:
            slot = self._usable_slot(code)
            request = slot.request
            accepted = Acceptance(request.person, request.title, request.document, signature, self._clock.now())
            slot.on_signed(accepted)
            slot.accepted = True
            self._signatures.append(accepted)
            self._ledger.record(Act.SIGNATURE_ACCEPTED, request.person.key, title=request.title)
            return accepted

    def signatures(self) -> tuple[Acceptance, ...]:
        """Return the last accepted signatures (at most 100), oldest first."""
        with self._lock:
            return tuple(self._signatures)

    def holder_of(self, code: str) -> Person | None:
        """Return whose code it is, whatever became of it; None for an unknown one."""
        with self._lock:
            slot = self._slots.get(code)
            return None if slot is None else slot.request.person

    def _slot(self, code: str) -> _Slot:
        slot = self._slots.get(code)
        if slot is None:
            raise CodeUnknownError("no such code")
        return slot

    def _usable_slot(self, code: str) -> _Slot:
        slot = self._slot(code)
        if slot.accepted:
            raise CodeUsedError("this code has been signed with")
        if slot.replaced:
            raise CodeReplacedError("a newer code replaced this one")
        if slot.request.expires_at <= self._clock.now():
            raise CodeExpiredError("the time of this code is over")
        return slot

    def _issue(
        self,
        person: Person,
        title: str,
        document: bytes,
        media_type: str,
        on_signed: Callable[[Acceptance], None],
    ) -> PendingSignature:
        now = self._clock.now()
        self._forget(now)
        code = _new_code()
        while code in self._slots:
            code = _new_code()
        request = PendingSignature(code, person, title, document, media_type, now + self._lifetime)
        self._slots[code] = _Slot(request, on_signed)
        return request

    def _forget(self, now: datetime) -> None:
        while self._slots:
            slot = next(iter(self._slots.values()))
            if len(self._slots) < CODES_KEPT and slot.request.expires_at + KEPT_AFTER_END > now:
                return
            self._slots.popitem(last=False)


def _new_code() -> str:
    # The first digit isn't 0, so that nothing that treats a code as a number shortens it.
    return str(secrets.choice(range(1, 10))) + "".join(str(secrets.randbelow(10)) for _ in range(CODE_DIGITS - 1))
