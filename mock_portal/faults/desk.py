"""Which faults are there, which visit each of them is for, and what has happened so far."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from fixtures import FaultSpec
from mock_portal.clock import ManualClock
from mock_portal.ledger import Act

if TYPE_CHECKING:
    from mock_portal.portal import Portal

Later = Callable[[], Awaitable[None]]


@dataclass
class Armed:
    """One fault that waits for its visit."""

    spec: FaultSpec
    desk: FaultDesk = field(repr=False)
    visits: int = 0
    told: bool = False

    def wants(self, scope: Scope) -> bool:
        """Count a visit and tell whether it is one that the fault is for."""
        if not matches(self.spec.at, scope):
            return False
        self.visits += 1
        number = self.visits - self.spec.after
        return number > 0 and (self.spec.times == 0 or number <= self.spec.times)

    def happened(self) -> None:
        """Put the fault into the ledger, the first time."""
        if not self.told:
            self.told = True
            self.desk.portal.ledger.record(Act.FAULT, None, kind=self.spec.called, at=self.spec.at)


class FaultDesk:
    """All faults of one portal. Give `middleware` to the portal and the portal to `watch`, before it is served."""

    def __init__(self, specs: Sequence[FaultSpec]) -> None:
        self._armed = [Armed(spec, self) for spec in specs]
        self._portal: Portal | None = None
        self._lock = threading.Lock()
        self._moved = 0.0
        self.killed: set[str] = set()
        """Values of session cookies that the portal knows no more."""
        self.deferred: list[tuple[str, Later]] = []
        """Requests that were answered but not carried out, with the visit after which they are."""

    @property
    def middleware(self) -> list[Middleware]:
        """What to put around the portal; nothing where there are no faults."""
        return [Middleware(_Faults, desk=self)] if self._armed else []

    @property
    def portal(self) -> Portal:
        """The portal they befall."""
        if self._portal is None:
            raise RuntimeError("no portal is being watched")
        return self._portal

    def watch(self, portal: Portal) -> None:
        """Let the faults befall *portal*."""
        from mock_portal.online import set_options

        self._portal = portal
        for armed in self._armed:
            if armed.spec.kind == "announcement":
                set_options(portal, announcement=True)
            elif armed.spec.kind == "cookie-bar":
                set_options(portal, cookie_bar=True)

    def move_clock(self, seconds: float) -> None:
        """Move the portal's clock on. TypeError where it is the machine's own."""
        if not isinstance(self.portal.clock, ManualClock):
            raise TypeError("only a ManualClock can be moved")
        with self._lock:
            self._moved += seconds
        self.portal.clock.advance(seconds)

    def take_moved(self) -> float:
        """Return how far the clock was moved since the last call, so that a browser's can be moved as far."""
        with self._lock:
            moved, self._moved = self._moved, 0.0
        return moved

    def wanting(self, scope: Scope) -> list[Armed]:
        """Return the faults that this visit is for, in the order in which they were given."""
        return [armed for armed in self._armed if armed.wants(scope)]


class _Faults:
    """The middleware."""

    def __init__(self, app: ASGIApp, desk: FaultDesk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from mock_portal.faults.kinds import KINDS, without_killed_sessions

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        app = self._app
        for armed in reversed(self._desk.wanting(scope)):
            app = KINDS[armed.spec.kind](armed, app)
        await app(without_killed_sessions(scope, self._desk.killed), receive, send)
        due = [later for until, later in self._desk.deferred if matches(until, scope)]
        self._desk.deferred = [entry for entry in self._desk.deferred if not matches(entry[0], scope)]
        for later in due:
            await later()


def matches(at: str, scope: Scope) -> bool:
    """Tell whether a request is the visit that *at* (``[METHOD ]origin/path``) speaks of."""
    method, _, place = at.rpartition(" ")
    if method and scope["method"] != method:
        return False
    origin, _, path = place.partition("/")
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if host.partition(".")[0] != origin and origin != "*":
        return False
    wanted = f"/{path}"
    return bool(scope["path"].startswith(wanted[:-1]) if wanted.endswith("*") else scope["path"] == wanted)
