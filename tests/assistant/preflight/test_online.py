"""The way to the portal, tried against hosts on this machine only."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from assistant.preflight.checks import run_checks
from assistant.preflight.online import Host, check_host, online_checks, real_hosts
from flows import SITES
from tests.assistant.card.authority import NOW
from tests.assistant.preflight.desks import desk
from tests.assistant.signing.servers import RawServer, self_signed

NAME = "portal.localhost"


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's and the visitor's TLS, by a certificate made for this test."""
    return self_signed(NAME, tmp_path / "server.pem", NOW)


def answer(status: str, ahead: timedelta = timedelta(0)) -> bytes:
    """Return an HTTP answer whose clock is *ahead* of the desk's."""
    date = format_datetime(NOW + ahead, usegmt=True)
    return f"HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Length: 2\r\n\r\nok".encode()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (answer("200 OK"), [("online_landing", "ok"), ("online_clock", "ok")]),
        (answer("302 Found"), [("online_landing", "ok"), ("online_clock", "ok")]),
        (answer("503 Busy"), [("online_landing", "block"), ("online_clock", "ok")]),
        (answer("200 OK", timedelta(minutes=20)), [("online_landing", "ok"), ("online_clock", "warn")]),
        (b"HTTP/1.1 200 OK\r\nDate: ?\r\nContent-Length: 0\r\n\r\n", [("online_landing", "ok")]),
        (b"nonsense\r\n\r\n", [("online_landing", "block")]),
        (None, [("online_landing", "block")]),
    ],
)
def test_the_landing_page_and_its_clock(
    tmp_path: Path,
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
    reply: bytes | None,
    expected: list[tuple[str, str]],
) -> None:
    """A landing page that answers is fine, an error or nonsense blocks, and a clock that differs is warned of."""
    with RawServer(lambda line: reply, tls=contexts[0]) as server:
        host = Host(NAME, "/landing", server.port, "127.0.0.1", contexts[1])
        found = run_checks(online_checks([host]), desk(tmp_path), 20)
    assert [(f.id, f.level) for f in found] == expected
    assert all(f.remedy for f in found if f.level != "ok")


def test_a_certificate_that_cannot_be_trusted_blocks(
    tmp_path: Path, contexts: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    """A host whose certificate is unknown here isn't visited, and the person is told not to go on."""
    with RawServer(lambda line: answer("200 OK"), tls=contexts[0]) as server:
        (found,) = check_host(Host(NAME, "/", server.port, "127.0.0.1", ssl.create_default_context()), desk(tmp_path))
    assert (found.id, found.level) == ("online_tls", "block")
    assert "Devam etmeyiniz" in (found.remedy or "")
    assert server.requests == []


def test_a_host_without_landing_page_is_only_reached(
    tmp_path: Path, contexts: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    """From a host we only pass through, we request no page."""
    said: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with suppress(OSError), contexts[0].wrap_socket(listener.accept()[0], server_side=True) as visitor:
                said.append(visitor.recv(100))

        server = threading.Thread(target=greet, daemon=True)
        server.start()
        port = listener.getsockname()[1]
        (found,) = check_host(Host(NAME, None, port, "127.0.0.1", contexts[1]), desk(tmp_path))
        server.join(10)
    assert (found.id, found.level) == ("online_tls", "ok")
    assert said == [b""]


def test_a_host_that_is_not_there_or_has_no_name(tmp_path: Path) -> None:
    """A closed port and a name that can't be resolved block, each with its own words."""
    with RawServer(lambda line: None) as server:
        closed = server.port
    (found,) = check_host(Host(NAME, "/", closed, "127.0.0.1"), desk(tmp_path))
    assert (found.id, found.level) == ("online_tls", "block")
    (found,) = check_host(Host(NAME, "/", closed, "not a name"), desk(tmp_path))
    assert (found.id, found.level) == ("online_name", "block")


def test_the_real_hosts_are_those_of_the_flows() -> None:
    """The hosts that would be asked are the portal's three, over https; only one has a landing page."""
    hosts = real_hosts()
    assert {host.name for host in hosts} == {site.host for site in SITES.values()}
    assert {host.port for host in hosts} == {443}
    assert [host.landing for host in hosts if host.landing] == ["/landing"]
