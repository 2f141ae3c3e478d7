"""Each test gets its own portal, and a client that finds its origins the way a browser does."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import httpx
import pytest

from mock_portal import ManualClock, Portal, Served, serve

START = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)

NewVisitor = Callable[[], httpx.Client]


_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody: everything here is plain HTTP, and reading all the authorities takes 20 ms for each client."""


class LocalhostTransport(httpx.HTTPTransport):
    """Sends requests for `*.localhost` to 127.0.0.1 (RFC 6761). The C library wouldn't find those names."""

    def __init__(self) -> None:
        super().__init__(verify=_NO_TLS, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with its Host header unchanged, and refuse to leave the machine."""
        host = request.url.host
        if host != "127.0.0.1" and not host.endswith(".localhost"):
            raise httpx.ConnectError("the test wanted to leave the machine")
        there = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return super().handle_request(there)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands still at 23 November 2026, 09:00 UTC."""
    return ManualClock(START)


@pytest.fixture
def portal(clock: ManualClock) -> Portal:
    """A portal with all people and the standing clock, not served yet."""
    return Portal(clock=clock)


@pytest.fixture
def served(portal: Portal) -> Iterator[Served]:
    """The portal, served on its own port."""
    with serve(portal) as running:
        yield running


@pytest.fixture
def new_visitor() -> Iterator[NewVisitor]:
    """Make any number of clients. They share no cookies and follow redirects."""
    with ExitStack() as stack:

        def make() -> httpx.Client:
            client = httpx.Client(transport=LocalhostTransport(), follow_redirects=True, timeout=10)
            return stack.enter_context(client)

        yield make


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> httpx.Client:
    """One client with its own cookies."""
    return new_visitor()
