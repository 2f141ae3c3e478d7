"""Which faults there are, and how they get between the server and the portal."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from fixtures import FaultSpec
from mock_portal.faults.armed import Armed, Befallen, matches
from mock_portal.faults.kinds import KINDS, without_killed_sessions
from mock_portal.online import set_options
from mock_portal.portal import Portal


class FaultDesk(Befallen):
    """All faults of one portal. Give `middleware` to the portal and the portal to `watch` before serving it."""

    def __init__(self, specs: Sequence[FaultSpec]) -> None:
        super().__init__()
        self._armed = [Armed(spec, self) for spec in specs]

    @property
    def middleware(self) -> list[Middleware]:
        """What to wrap around the portal; empty without faults."""
        return [Middleware(_Faults, desk=self)] if self._armed else []

    def watch(self, portal: Portal) -> None:
        """Let the faults hit *portal*."""
        self.befall(portal)
        for armed in self._armed:
            if armed.spec.kind == "announcement":
                set_options(portal, announcement=True)
            elif armed.spec.kind == "cookie-bar":
                set_options(portal, cookie_bar=True)

    def wanting(self, scope: Scope) -> list[Armed]:
        """Return the faults that want this visit, in the order they were given."""
        return [armed for armed in self._armed if armed.wants(scope)]


class _Faults:
    """The middleware."""

    def __init__(self, app: ASGIApp, desk: FaultDesk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
