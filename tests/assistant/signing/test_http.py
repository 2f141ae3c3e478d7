"""The HTTP client of the signing service."""

from __future__ import annotations

import gzip
import logging
import os
import socket
import ssl
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from assistant.base.errors import SigningError
from assistant.signing.http import MAX_BYTES, AnswerLost, ServiceClient
from tests.assistant.card.authority import NOW
from tests.assistant.signing.servers import RawServer, Reply, answer, dripping_server

Start = Callable[[Reply], RawServer]
OK = answer(200, "text/plain; charset=utf-8", b"merhaba")
SECRET = "968121968799342"


def anywhere(_: str) -> bool:
    """Allow every address."""
    return True


def code_of(call: Callable[[], object]) -> str:
    """Return the reason with which *call* fails."""
    with pytest.raises(SigningError) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize("host", ["localhost", "onlineislemler.localhost", "a.b.LOCALHOST", "127.0.0.1"])
def test_local_names_are_this_machine(raw_server: Start, host: str) -> None:
    """Every name under localhost leads to loopback, and the server hears the name it was called by."""
    server = raw_server(lambda _: OK)
    with ServiceClient(anywhere) as client:
        got = client.get(f"http://{host}:{server.port}/x")

    assert (got.status, got.media_type, got.body) == (200, "text/plain", b"merhaba")
    assert f"host: {host.lower()}:{server.port}".encode() in server.requests[0].lower()


def test_the_other_loopback_address_is_tried_too() -> None:
    """Where a portal listens on ::1 only, a localhost name still finds it."""
    try:
        server = RawServer(lambda _: OK, family=socket.AF_INET6)
    except OSError:
        pytest.skip("there is no IPv6 on this machine")
    with server, ServiceClient(anywhere) as client:
        assert client.get(f"http://portal.localhost:{server.port}/").status == 200


def test_https_checks_the_name_that_was_called(tmp_path: Path) -> None:
    """Over https a localhost name is checked against the server's certificate as that name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "portal")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=9999))
        .not_valid_after(NOW + timedelta(days=9999))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("portal.localhost")]), critical=False)
        .sign(key, SHA256())
    )
    pem = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    trusting = ssl.create_default_context(cadata=certificate.public_bytes(Encoding.PEM).decode())

    with RawServer(lambda _: OK, tls=tls) as server, ServiceClient(anywhere, tls=trusting) as client:
        assert client.get(f"https://portal.localhost:{server.port}/").body == b"merhaba"
        assert code_of(lambda: client.get(f"https://other.localhost:{server.port}/")) == "service_unreachable"


def test_proxies_are_not_asked_for_loopback(raw_server: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy the environment names, loopback is spoken to directly."""
    server = raw_server(lambda _: OK)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with ServiceClient(anywhere) as client:
        assert client.get(f"http://portal.localhost:{server.port}/").status == 200


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no proxy."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("ALL_PROXY", "socks5://kisi:parola@127.0.0.1:9"),
        ("all_proxy", "socks://127.0.0.1:9/"),
        ("HTTPS_PROXY", "http://127.0.0.1:kapi"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(no_proxies: pytest.MonkeyPatch, name: str, address: str) -> None:
    """SOCKS, GNOME's way of writing it, or an address that isn't one end as a reason that names the variable alone."""
    no_proxies.setenv(name, address)
    with ServiceClient(anywhere) as client, pytest.raises(SigningError) as caught:
        client.get("https://portal.invalid/")
    assert caught.value.code == "service_unreachable"
    assert f"{name.upper()}." in (caught.value.detail or "")
    assert "127.0.0.1" not in str(caught.value)


@pytest.mark.parametrize("excepted", ["::1", "[::1]", "fe80::/10,::1/128,*.local", "[2001:db8::1]:80"])
def test_ipv6_addresses_in_no_proxy_hurt_nothing(
    raw_server: Start, no_proxies: pytest.MonkeyPatch, excepted: str
) -> None:
    """The proxy of the desk is asked, however the exceptions from it are written."""
    proxy = raw_server(lambda _: b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
    no_proxies.setenv("HTTPS_PROXY", f"127.0.0.1:{proxy.port}")
    no_proxies.setenv("NO_PROXY", excepted)
    with ServiceClient(anywhere) as client:
        assert code_of(lambda: client.get("https://portal.invalid/")) == "service_unreachable"
    assert proxy.requests[0].startswith(b"CONNECT portal.invalid:443 ")


def test_a_host_excepted_from_the_proxy_is_spoken_to_directly(
    raw_server: Start, no_proxies: pytest.MonkeyPatch
) -> None:
    """NO_PROXY keeps a host off the proxy."""
    proxy = raw_server(lambda _: OK)
    no_proxies.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    no_proxies.setenv("NO_PROXY", "portal.invalid")
    with ServiceClient(anywhere) as client:
        assert code_of(lambda: client.get("https://portal.invalid/")) == "service_unreachable"
    assert not proxy.requests


def test_an_address_that_is_not_allowed_is_not_spoken_to(raw_server: Start) -> None:
    """Nothing is sent to an address that the rule refuses."""
    server = raw_server(lambda _: OK)
    with ServiceClient(lambda _: False) as client:
        address = f"http://localhost:{server.port}/"
        assert code_of(lambda: client.get(address)) == "service_not_allowed"
        assert code_of(lambda: client.post(address, b"", "text/plain")) == "service_not_allowed"

    assert not server.requests


def test_redirects_stay_on_allowed_hosts(raw_server: Start) -> None:
    """A redirect is followed where it is allowed and refused where it isn't."""

    def reply(line: str) -> bytes:
        paths = {"GET /a ": "Location: /b", "GET /c ": "Location: http://evil.localhost:1/x"}
        location = next((to for begin, to in paths.items() if line.startswith(begin)), None)
        return OK if location is None else answer(302, "text/plain", b"", location)

    server = raw_server(reply)
    with ServiceClient(lambda address: "evil" not in address) as client:
        assert client.get(f"http://localhost:{server.port}/a").body == b"merhaba"
        assert code_of(lambda: client.get(f"http://localhost:{server.port}/c")) == "service_not_allowed"


def test_redirects_come_to_an_end(raw_server: Start) -> None:
    """A circle of redirects is an answer that can't be understood."""
    server = raw_server(lambda _: answer(302, "text/plain", b"", "Location: /again"))
    with ServiceClient(anywhere) as client:
        assert code_of(lambda: client.get(f"http://localhost:{server.port}/")) == "service_answer_invalid"

    assert len(server.requests) < 10


def test_what_was_handed_in_is_not_redirected(raw_server: Start) -> None:
    """A redirect in answer to a hand-in isn't followed: nothing is handed in twice."""
    server = raw_server(lambda _: answer(307, "text/plain", b"", "Location: /elsewhere"))
    with ServiceClient(anywhere) as client, pytest.raises(AnswerLost):
        client.post(f"http://localhost:{server.port}/", b"x", "text/plain")

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        answer(200, "text/plain", bytes(MAX_BYTES + 1)),
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + bytes(MAX_BYTES + 1),
        answer(200, "text/plain", gzip.compress(bytes(MAX_BYTES)), "Content-Encoding: gzip"),
        answer(302, "text/plain", b"", "Location: http://[/"),
    ],
)
def test_an_answer_has_limits(raw_server: Start, reply: bytes) -> None:
    """Too long, packed although nobody asked, or leading nowhere: not read on."""
    server = raw_server(lambda _: reply)
    with ServiceClient(anywhere) as client:
        code = code_of(lambda: client.get(f"http://localhost:{server.port}/"))

    assert code in {"service_answer_invalid", "service_not_allowed"}


@pytest.mark.parametrize("reply", [None, b"", b"rubbish\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"])
def test_a_lost_answer_is_told_by_what_was_asked(raw_server: Start, reply: bytes | None) -> None:
    """A lost answer to a question is an unreachable service; to a hand-in it may mean accepted, and isn't repeated."""
    server = raw_server(lambda _: reply)
    with ServiceClient(anywhere) as client:
        address = f"http://localhost:{server.port}/{SECRET}"
        assert code_of(lambda: client.get(address)) == "service_unreachable"
        with pytest.raises(AnswerLost):
            client.post(address, b"signature", "application/pkcs7-signature")

    assert sum(request.startswith(b"POST") for request in server.requests) == 1


def test_a_server_that_says_nothing_is_given_up(raw_server: Start) -> None:
    """A hand-in that isn't answered in time may have been accepted."""
    with socket.create_server(("127.0.0.1", 0)) as silent, ServiceClient(anywhere, seconds=0.2) as client:
        address = f"http://localhost:{silent.getsockname()[1]}/"
        assert code_of(lambda: client.get(address)) == "service_unreachable"
        with pytest.raises(AnswerLost):
            client.post(address, b"signature", "application/pkcs7-signature")


def test_a_header_that_drips_in_is_given_up() -> None:
    """A header that comes byte by byte holds nobody up: each byte is in time, the exchange as a whole isn't."""
    with dripping_server() as port, ServiceClient(anywhere, seconds=0.5) as client:
        address = f"http://127.0.0.1:{port}/"
        assert code_of(lambda: client.get(address)) == "service_unreachable"
        with pytest.raises(AnswerLost):
            client.post(address, b"signature", "application/pkcs7-signature")


def test_where_nobody_listens_nothing_was_handed_in() -> None:
    """A refused connection is an unreachable service, for a hand-in as well."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with ServiceClient(anywhere, seconds=2) as client:
        with pytest.raises(SigningError) as caught:
            client.post(f"http://localhost:{port}/", b"x", "text/plain")
        assert caught.value.code == "service_unreachable"
        assert not isinstance(caught.value, AnswerLost)


@pytest.mark.parametrize(
    "reply", [OK, None, b"rubbish", answer(302, "x/y", b"", f"Location: http://evil.example/{SECRET}")]
)
def test_no_code_is_in_logs_or_errors(
    raw_server: Start, reply: bytes | None, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """With all logging on, neither a log record nor an error, with all that it hangs together with, holds a code."""
    server = raw_server(lambda _: reply)
    errors: list[SigningError] = []
    for name in ("", "httpx", "httpcore", "httpcore.http11", "httpcore.connection", "assistant"):
        caplog.set_level(logging.DEBUG, logger=name)
    with ServiceClient(lambda address: "evil" not in address) as client:
        for call in (client.get, lambda address: client.post(address, b"x", "text/plain")):
            try:
                call(f"http://localhost:{server.port}/requests/{SECRET}")
            except SigningError as error:
                errors.append(error)

    text = "".join("".join(traceback.format_exception(error)) + repr(error) for error in errors)
    assert server.requests
    assert not any(error.__context__ or error.__cause__ for error in errors)
    assert SECRET not in text + caplog.text + "".join(capfd.readouterr())
