"""The card package's authority and tokens, the mock portal, and servers that behave as they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from mock_portal import ManualClock, Portal, Served, serve
from tests.assistant.card.authority import NOW
from tests.assistant.card.conftest import authority, ayse, softhsm, token
from tests.assistant.signing.servers import RawServer, Reply

__all__ = ["authority", "ayse", "softhsm", "token"]


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at the moment of these tests."""
    return ManualClock(NOW)


@pytest.fixture
def served(clock: ManualClock) -> Iterator[Served]:
    """A mock portal of this test's own."""
    with serve(Portal(clock=clock)) as running:
        yield running


@pytest.fixture
def raw_server() -> Iterator[Callable[[Reply], RawServer]]:
    """Start servers that answer each request with what a function makes of it."""
    with ExitStack() as stack:
        yield lambda reply: stack.enter_context(RawServer(reply))
