"""What a portal's gateway remembers beyond a single browser: wrong passwords, logins, open challenges."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from weakref import WeakKeyDictionary

from fixtures import Person
from mock_portal.clock import Clock
from mock_portal.expiring import Expiring
from mock_portal.gateway.challenge import Challenge, Kind, State
from mock_portal.gateway.policy import GatewayPolicy
from mock_portal.ledger import Act, Ledger
from mock_portal.portal import Edition, Portal

HOUR = timedelta(hours=1)
CAPTCHA_LIFETIME = 600
CHALLENGE_KEPT = 3600
"""How many seconds a captcha can be answered, and a finished challenge is still known."""


class PasswordCheck(Enum):
    """What became of a typed password."""

    RIGHT = auto()
    WRONG = auto()
    LOCKED = auto()


@dataclass
class _Account:
    failures: int = 0
    locked_until: datetime | None = None
    logins: deque[datetime] | None = None
    asked: Challenge | None = None


class Gateway:
    """The memory of one portal's gateway. Thread-safe; all times by the portal's clock."""

    def __init__(self, clock: Clock, ledger: Ledger, edition: Edition) -> None:
        self.policy = GatewayPolicy()
        self.captchas: Expiring[str] = Expiring(clock, CAPTCHA_LIFETIME)
        """Picture name to answer; `take` uses it up."""
        self._clock = clock
        self._ledger = ledger
        self._edition = edition
        self._lock = threading.RLock()
        self._accounts: dict[str, _Account] = {}
        self._challenges: Expiring[Challenge] = Expiring(clock, CHALLENGE_KEPT)

    def now(self) -> datetime:
        """Return the portal's time."""
        return self._clock.now()

    def check_password(self, person: Person | None, typed: str, method: str) -> PasswordCheck:
        """Check a password and count a wrong one, until the account is locked; every refusal is recorded."""
        if person is None:
            self._ledger.record(Act.LOGIN_FAILED, None, method=method, reason="unknown")
            return PasswordCheck.WRONG
        with self._lock:
            account = self._account(person.key)
            if account.locked_until is not None and account.locked_until <= self.now():
                account.locked_until, account.failures = None, 0
            if account.locked_until is not None:
                self._ledger.record(Act.LOGIN_FAILED, person.key, method=method, reason="locked")
                return PasswordCheck.LOCKED
            if secrets.compare_digest(person.password.encode(), typed.encode()):
                account.failures = 0
                return PasswordCheck.RIGHT
            account.failures += 1
            self._ledger.record(Act.LOGIN_FAILED, person.key, method=method, reason="password")
            if account.failures >= self.policy.lock_after:
                account.locked_until = self.now() + timedelta(seconds=self.policy.lock_seconds)
                return PasswordCheck.LOCKED
            return PasswordCheck.WRONG

    def tries_left(self, person: Person | None) -> int | None:
        """Return how many more wrong passwords the account can take; None for nobody's account."""
        if person is None:
            return None
        with self._lock:
            return max(0, self.policy.lock_after - self._account(person.key).failures)

    def note_login(self, person: Person) -> None:
        """Remember that the person just logged in."""
        with self._lock:
            account = self._account(person.key)
            if account.logins is None:
                account.logins = deque(maxlen=100)
            account.logins.append(self.now())

    def wants_captcha(self, person: Person | None) -> bool:
        """Return whether this person must answer a captcha; None is whoever opens the page."""
        if self.policy.captcha != "auto" or person is None:
            return self.policy.captcha == "always"
        with self._lock:
            since = self.now() - HOUR
            recent = sum(1 for at in self._account(person.key).logins or () if at > since)
        return person.captcha or recent >= self.policy.captcha_after_logins

    def second_step_of(self, person: Person) -> Kind | None:
        """Return what follows this person's password, if anything."""
        wanted = self.policy.second_step
        if person.second_step == "none" or not (self._edition == "2026" if wanted is None else wanted):
            return None
        return person.second_step

    def challenge(self, person: Person, kind: Kind) -> Challenge:
        """Ask the person something on the phone; the policy sets how long it lasts."""
        challenge = Challenge(kind, person, self._end_of(kind), fingerprint=f"{secrets.randbelow(10**4):04}")
        with self._lock:
            challenge.id = self._challenges.put(challenge)
            if kind != "sms":
                self._account(person.key).asked = challenge
        if kind != "mobile-signature":
            self._ledger.record(Act.SECOND_STEP_STARTED, person.key, kind=kind)
        return challenge

    def challenge_of(self, identifier: str) -> Challenge | None:
        """Return the challenge with this id, or None."""
        return self._challenges.get(identifier)

    def state_of(self, challenge: Challenge, *, shown: bool = False) -> State:
        """Return the challenge's state, and record its failure once.

        `shown` means that the page has asked, so that the portal may answer by itself (`GatewayPolicy.phone`).
        """
        with self._lock:
            if shown and challenge.kind != "sms" and self.policy.phone != "person":
                self.answer(challenge, approve=self.policy.phone == "approve")
            state = challenge.state_at(self.now())
            if state not in ("waiting", "approved") and not challenge.failure_recorded:
                challenge.failure_recorded = True
                if challenge.kind == "mobile-signature":
                    self._ledger.record(Act.LOGIN_FAILED, challenge.person.key, method=challenge.kind, reason=state)
                else:
                    self._ledger.record(Act.SECOND_STEP_FAILED, challenge.person.key, kind=challenge.kind, reason=state)
            return state

    def answer(self, challenge: Challenge, *, approve: bool) -> bool:
        """Answer on the phone; False when nothing was waiting for it any more."""
        with self._lock:
            if challenge.kind == "sms" or challenge.state_at(self.now()) != "waiting":
                return False
            challenge.answered = "approved" if approve else "refused"
            self.state_of(challenge)
            return True

    def answer_latest(self, person_key: str, *, approve: bool) -> bool:
        """Answer the latest question on the person's phone; False when nothing is waiting."""
        with self._lock:
            asked = self._account(person_key).asked
            return asked is not None and self.answer(asked, approve=approve)

    def check_sms(self, challenge: Challenge, typed: str) -> State:
        """Check a typed SMS code; `waiting` means that it was wrong and may be typed again."""
        with self._lock:
            if self.state_of(challenge) != "waiting":
                return self.state_of(challenge)
            if secrets.compare_digest(challenge.person.sms_code.encode(), typed.strip().encode()):
                challenge.answered = "approved"
                return "approved"
            challenge.tries += 1
            if challenge.tries >= self.policy.sms_tries:
                challenge.answered = "failed"
                return self.state_of(challenge)
            self._ledger.record(Act.SECOND_STEP_FAILED, challenge.person.key, kind="sms", reason="wrong")
            return "waiting"

    def send_again(self, challenge: Challenge) -> bool:
        """Send the SMS again and restart its time; False when the challenge is over."""
        with self._lock:
            if challenge.kind != "sms" or self.state_of(challenge) != "waiting":
                return False
            challenge.ends = self._end_of("sms")
        self._ledger.record(Act.SECOND_STEP_STARTED, challenge.person.key, kind="sms", again=True)
        return True

    def give_up(self, challenge: Challenge) -> None:
        """End a challenge that the person has cancelled on the page."""
        with self._lock:
            if self.state_of(challenge) == "waiting":
                challenge.answered = "cancelled"
                self.state_of(challenge)

    def _end_of(self, kind: Kind) -> datetime:
        seconds = self.policy.sms_seconds if kind == "sms" else self.policy.phone_seconds
        return self.now() + timedelta(seconds=seconds)

    def _account(self, key: str) -> _Account:
        return self._accounts.setdefault(key, _Account())


_memories: WeakKeyDictionary[Portal, Gateway] = WeakKeyDictionary()
_memories_lock = threading.Lock()


def gateway_of(portal: Portal) -> Gateway:
    """Return the memory of this portal's gateway; it is made on first use and ends with the portal."""
    with _memories_lock:
        memory = _memories.get(portal)
        if memory is None:
            memory = _memories[portal] = Gateway(portal.clock, portal.ledger, portal.edition)
        return memory
