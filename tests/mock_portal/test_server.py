"""The server listens on loopback only, tells its hosts apart, and starts and stops quickly."""

from __future__ import annotations

import asyncio
import gc
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_portal import Act, Portal, Served, serve
from mock_portal.server import serve_app
from mock_portal.web import MOCK_NOTICE


class Stalling:
    """Middleware that never answers `/stall` or `/sleep` and says when somebody waits there."""

    def __init__(self, app: ASGIApp, arrived: threading.Event) -> None:
        self._app = app
        self._arrived = arrived

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait until the visitor leaves, or wait forever."""
        if scope["path"] not in ("/stall", "/sleep"):
            await self._app(scope, receive, send)
            return
        self._arrived.set()
        if scope["path"] == "/sleep":
            await asyncio.Event().wait()
        while (await receive())["type"] != "http.disconnect":
            pass


def test_every_origin_has_its_address(served: Served) -> None:
    """The three origins are under *.localhost on the port. A person starts at the landing page."""
    portal = served.portal
    for name in ("onlineislemler", "gecit", "giris"):
        assert portal.origin(name) == f"http://{name}.localhost:{served.port}"
    assert served.entry_url == f"http://onlineislemler.localhost:{served.port}/landing"


@pytest.mark.parametrize("host", ["kamusm.gov.tr", "giris.localhost.example", "localhost", "", "127.0.0.2", "[::1]"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_foreign_host_is_misdirected(served: Served, visitor: httpx.Client, host: str, method: str) -> None:
    """If the host isn't one of the portal's, the answer is 421, whatever the path."""
    for path in ("/", "/_people", "/landing"):
        url = f"http://127.0.0.1:{served.port}{path}"
        assert visitor.request(method, url, headers={"host": host}).status_code == 421


def test_only_loopback_is_bound(served: Served) -> None:
    """The port is free on every other address of the machine, because we only bind 127.0.0.1."""
    with socket.socket() as other:
        other.bind(("127.0.0.2", served.port))
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        other.bind(("::", served.port))


def test_the_ledger_can_be_read_from_outside(served: Served, visitor: httpx.Client) -> None:
    """The loopback address shows the ledger as JSON, with fixture keys for people."""
    served.portal.ledger.record(Act.CONSENT_GIVEN, "ayse", title="E-Onay")
    shown = visitor.get(f"http://127.0.0.1:{served.port}/_ledger").json()["entries"]
    assert shown == [
        {
            "at": served.portal.clock.now().isoformat(),
            "act": "consent_given",
            "person": "ayse",
            "facts": {"title": "E-Onay"},
        }
    ]


def test_the_people_can_be_read_from_outside(served: Served, visitor: httpx.Client) -> None:
    """The loopback address shows what you need to play each person, and whether the consent is recorded."""
    served.portal.state.give_consent("ayse")
    shown = visitor.get(f"http://127.0.0.1:{served.port}/_people").json()
    assert shown["notice"] == MOCK_NOTICE
    by_key = {person["key"]: person for person in shown["people"]}
    assert by_key.keys() == served.portal.people.keys()
    assert by_key["ayse"]["consent"] == "given"
    assert by_key["mehmet"]["consent"] == "missing"
    assert by_key["ayse"]["password"] == served.portal.people["ayse"].password


@pytest.mark.parametrize("origin", ["onlineislemler", "gecit", "giris"])
@pytest.mark.parametrize("path", ["/_ledger", "/_people"])
def test_the_pages_of_the_portal_do_not_show_the_ledger(
    served: Served, visitor: httpx.Client, origin: str, path: str
) -> None:
    """Under the portal's own names you get neither the ledger nor the people."""
    url = f"http://{origin}.localhost:{served.port}{path}"
    assert visitor.get(url).status_code == 404


@pytest.mark.parametrize("origin", ["onlineislemler", "gecit", "giris"])
def test_a_missing_page_is_said_in_turkish(served: Served, visitor: httpx.Client, origin: str) -> None:
    """A page that doesn't exist gets a 404 and a Turkish page that says it is a mock."""
    answer = visitor.get(f"http://{origin}.localhost:{served.port}/yok/boyle/bir/sayfa")
    assert answer.status_code == 404
    assert "Sayfa bulunamadı" in answer.text
    assert MOCK_NOTICE in answer.text


def test_a_crash_is_said_in_turkish(visitor: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    """If a page crashes, the answer is a 500 that doesn't say what went wrong inside."""

    class Crash:
        def __init__(self, app: ASGIApp) -> None:
            self._app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            raise LookupError("inside")

    with serve(Portal(people=["ayse"], middleware=[Middleware(Crash)])) as served:
        answer = visitor.get(served.entry_url)
    assert answer.status_code == 500
    assert "Bir sorun oluştu" in answer.text
    assert "inside" not in answer.text
    assert "LookupError" in caplog.text


@pytest.mark.parametrize("path", ["/stall", "/sleep"])
def test_the_end_does_not_wait_for_slow_requests(
    visitor: httpx.Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    """When the portal stops, it cuts off unanswered requests within a second and without noise."""
    arrived = threading.Event()
    portal = Portal(people=["ayse"], middleware=[Middleware(Stalling, arrived)])
    with ThreadPoolExecutor(1) as pool:
        with serve(portal) as served:
            waiting = pool.submit(visitor.get, f"http://giris.localhost:{served.port}{path}")
            assert arrived.wait(5)
            began = time.monotonic()
        assert time.monotonic() - began < 1
        with pytest.raises(httpx.TransportError):
            waiting.result(5)
    assert caplog.records == []


def test_a_portal_can_be_served_again(portal: Portal, visitor: httpx.Client) -> None:
    """After it stops, the port is closed. You can serve the same portal again, and it still knows everything."""
    with serve(portal) as first:
        portal.ledger.record(Act.LOGOUT, "ayse")
        with pytest.raises(RuntimeError, match="already"), serve(portal):
            pass
    with pytest.raises(httpx.ConnectError):
        visitor.get(f"http://127.0.0.1:{first.port}/_ledger")
    with serve(portal, first.port) as second:
        assert second.port == first.port
        assert len(visitor.get(f"http://127.0.0.1:{second.port}/_ledger").json()["entries"]) == 1


def test_a_taken_port_is_an_error(served: Served) -> None:
    """Two portals can't use the same port."""
    with pytest.raises(OSError, match="in use"), serve(Portal(people=["ayse"]), served.port):
        pass


def test_portals_side_by_side_do_not_mix(visitor: httpx.Client) -> None:
    """Two portals served at once in one process have their own ledgers and people."""
    with serve(Portal(people=["ayse"])) as one, serve(Portal(people=["mehmet"])) as other:
        one.portal.ledger.record(Act.LOGIN, "ayse")
        assert visitor.get(f"http://127.0.0.1:{other.port}/_ledger").json() == {"entries": []}
        people = visitor.get(f"http://127.0.0.1:{other.port}/_people").json()["people"]
        assert [person["key"] for person in people] == ["mehmet"]


def test_answers_leave_at_once() -> None:
    """On a kept connection we don't hold answers back for the 40 ms that the other side may take to confirm."""
    with serve_app(PlainTextResponse("ok")) as port, socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        times = []
        for _ in range(9):
            began = time.perf_counter()
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            answer = connection.recv(4096)
            while not answer.endswith(b"ok"):
                more = connection.recv(4096)
                assert more, "the connection was closed"
                answer += more
            times.append(time.perf_counter() - began)
    assert sorted(times)[4] < 0.03


def test_nothing_is_left_open_at_the_end() -> None:
    """Connections that arrive just as the portal closes are closed too, and so is a file that one of them asked for."""
    for _ in range(15):
        portal = Portal(people=["ayse"])
        with ExitStack() as callers, serve(portal) as served:
            for number in range(6):
                caller = callers.enter_context(socket.create_connection(("127.0.0.1", served.port)))
                if number % 2:
                    caller.sendall(b"GET /static/online/icon.svg HTTP/1.1\r\nhost: onlineislemler.localhost\r\n\r\n")
    gc.collect()  # an open transport or file complains when it is collected, and the tests treat that as an error


def test_an_interrupt_while_it_comes_up_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """If Ctrl+C comes between the thread's start and its first answer, the thread ends too, quietly."""

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        raise KeyboardInterrupt

    start = threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", interrupted)
    portal = Portal(people=["ayse"])
    with pytest.raises(KeyboardInterrupt), serve(portal):
        pytest.fail("it was served")
    assert portal.port is None
    assert not [thread for thread in threading.enumerate() if thread.name == "mock-portal"]
