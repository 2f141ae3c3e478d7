"""Security headers of the gateway and the geçit: no foreign content, no inline script, no framing by others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_portal.portal import Portal

Handler = Callable[[Request], Awaitable[Response]]


class SecurityHeaders:
    """Adds the headers to every answer of one route, error pages included."""

    def __init__(self, app: ASGIApp, portal: Portal) -> None:
        self._app = app
        self._portal = portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        # Chromium checks form-action on redirects too, and a submitted form ends up at another of the three origins.
        origins = f"{self._portal.origin('gecit')} {self._portal.origin('onlineislemler')}"
        policy = (
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
            f"base-uri 'none'; frame-ancestors 'self'; form-action 'self' {origins}"
        )

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = policy
                headers["x-content-type-options"] = "nosniff"
                headers["x-frame-options"] = "SAMEORIGIN"
                headers["referrer-policy"] = "same-origin"
            await send(message)

        await self._app(scope, receive, send_secured)


def secured(portal: Portal, pages: Iterable[tuple[str, str, Handler]]) -> list[BaseRoute]:
    """Return a route for each of `pages` (HTTP method, path, handler), all with the security headers."""
    return [
        Route(path, handler, methods=[method], middleware=[Middleware(SecurityHeaders, portal=portal)])
        for method, path, handler in pages
    ]
