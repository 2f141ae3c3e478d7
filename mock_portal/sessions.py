"""Sessions: one cookie and one memory per origin, so that being known at e-Devlet means nothing to KamuSM."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_portal.clock import Clock
from mock_portal.expiring import Expiring

SESSION_LIFETIME = 1800
"""A session ends after this many seconds without a request."""

SESSION_LIMIT = 5000
"""Sessions kept per origin; beyond that the one idle the longest goes."""


@dataclass
class OriginSession:
    """What one origin knows about one browser."""

    person: str | None = None
    """The fixture key of the person logged in here."""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(18), repr=False)
    data: dict[str, Any] = field(default_factory=dict, repr=False)
    """Whatever the pages of this origin keep between two requests."""
    renewed: bool = field(default=False, repr=False)
    """Set by `log_in`: the answer to this request carries a new cookie."""
    ended: bool = field(default=False, repr=False)
    """Set by `end`: the answer to this request takes the cookie away."""

    def log_in(self, person: str) -> None:
        """Make `person` known here under a new cookie and a new CSRF token; `data` is kept."""
        self.person = person
        self.csrf = secrets.token_urlsafe(18)
        self.renewed = True

    def end(self) -> None:
        """Forget the person and all data; the answer removes the cookie."""
        self.person = None
        self.data.clear()
        self.ended = True


class SessionMiddleware:
    """Puts a `SessionSlot` into the scope of each request to one origin and sets the cookie of its answer."""

    def __init__(self, app: ASGIApp, clock: Clock, cookie: str) -> None:
        self._app = app
        self._cookie = cookie
        self._store: Expiring[OriginSession] = Expiring(clock, SESSION_LIFETIME, SESSION_LIMIT)

    @property
    def sessions(self) -> int:
        """How many sessions are kept right now."""
        return len(self._store)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; it gets a cookie only if something asks for the session."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        slot = SessionSlot(self._store, _cookie_value(Headers(scope=scope), self._cookie))
        scope["mock_portal.session"] = slot

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                change = slot.settle()
                if change is not None:
                    MutableHeaders(scope=message).append(
                        "set-cookie", f"{self._cookie}={change}; Path=/; HttpOnly; SameSite=Lax"
                    )
            await send(message)

        await self._app(scope, receive, send_with_cookie)


class SessionSlot:
    """The place of the session in one request; empty until somebody asks for it."""

    def __init__(self, store: Expiring[OriginSession], token: str) -> None:
        self._store = store
        self._token = token
        self._session: OriginSession | None = None
        self._new = False

    def existing(self) -> OriginSession | None:
        """Return the session of the request's cookie, or None."""
        if self._session is None and self._token:
            self._session = self._store.get(self._token)
        return self._session

    def session(self) -> OriginSession:
        """Return the session of the request's cookie, or a new one."""
        session = self.existing()
        if session is None:
            session = self._session = OriginSession()
            self._new = True
        return session

    def settle(self) -> str | None:
        """Save what became of the session; return the cookie's new value with attributes, or None."""
        session = self._session
        if session is None:
            return None
        if session.ended:
            self._store.take(self._token)
            return "; Max-Age=0"
        if self._new or session.renewed:
            if not self._new:
                self._store.take(self._token)
            session.renewed = False
            self._new = False
            self._token = self._store.put(session)
            return self._token
        return None


def _cookie_value(headers: Headers, name: str) -> str:
    jar = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""
