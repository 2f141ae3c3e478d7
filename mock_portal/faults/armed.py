"""A fault waiting for its visit, and the portal it hits."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.types import Scope

from fixtures import FaultSpec
from mock_portal.clock import ManualClock
from mock_portal.ledger import Act
from mock_portal.portal import Portal

Later = Callable[[], Awaitable[None]]


class Befallen:
    """The portal that faults hit, and what they have done to it so far."""

    def __init__(self) -> None:
        self._portal: Portal | None = None
        self._lock = threading.Lock()
        self._moved = 0.0
        self.killed: set[str] = set()
        """Values of session cookies that the portal has forgotten."""
        self.deferred: list[tuple[str, Later]] = []
        """Requests that were answered but not carried out, each with the visit after which they are."""

    @property
    def portal(self) -> Portal:
        """The portal. Raises `RuntimeError` before `befall`."""
        if self._portal is None:
            raise RuntimeError("no portal is being watched")
        return self._portal

    def befall(self, portal: Portal) -> None:
        """Set the portal."""
        self._portal = portal

    def move_clock(self, seconds: float) -> None:
        """Move the portal's clock on. TypeError if it is the machine's own."""
        if not isinstance(self.portal.clock, ManualClock):
            raise TypeError("only a ManualClock can be moved")
        with self._lock:
            self._moved += seconds
        self.portal.clock.advance(seconds)

    def take_moved(self) -> float:
        """Return how far the clock moved since the last call, so that a browser's can follow."""
        with self._lock:
            moved, self._moved = self._moved, 0.0
        return moved


@dataclass
class Armed:
    """One fault waiting for its visit."""

    spec: FaultSpec
    desk: Befallen = field(repr=False)
    visits: int = 0
    is_due: bool = False
    """Whether what it waits for has come."""
    told: bool = False

    def wants(self, scope: Scope) -> bool:
        """Count a visit and return whether the fault wants it."""
        self.is_due |= not self.spec.since or matches(self.spec.since, scope)
        if not self.is_due or not matches(self.spec.at, scope):
            return False
        self.visits += 1
        number = self.visits - self.spec.after
        return number > 0 and (self.spec.times == 0 or number <= self.spec.times)

    def happened(self) -> None:
        """Put the fault into the ledger, the first time only."""
        if not self.told:
            self.told = True
            self.desk.portal.ledger.record(Act.FAULT, None, kind=self.spec.called, at=self.spec.at)


def matches(at: str, scope: Scope) -> bool:
    """Return whether a request is the visit that *at* (``[METHOD ]origin/path``) means."""
    method, _, place = at.rpartition(" ")
    if method and scope["method"] != method:
        return False
    origin, _, path = place.partition("/")
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if host.partition(".")[0] != origin and origin != "*":
        return False
    wanted = f"/{path}"
    return bool(scope["path"].startswith(wanted[:-1]) if wanted.endswith("*") else scope["path"] == wanted)
