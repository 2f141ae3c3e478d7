"""What may be opened: files from allowed hosts that load nothing from elsewhere."""

from __future__ import annotations

import io
import socket
import zipfile
from contextlib import suppress
from time import monotonic

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.base.errors import SigningError
from assistant.signing.app_files import fetch_apart, fetch_jar, fetch_jnlp
from assistant.signing.http import IsAllowed
from assistant.signing.jnlp_text import MAX_BYTES
from flows import HostRule
from mock_portal.server import serve_app

REAL = HostRule.real()
AT = "https://onlineislemler.kamusm.gov.tr/eimza/KamuSM-eimza.jnlp"


def jnlp(
    resources: str = "<jar href='a.jar'/>", codebase: str = "https://onlineislemler.kamusm.gov.tr/eimza/"
) -> bytes:
    """Return a JNLP."""
    return (
        f"<jnlp codebase='{codebase}' href='KamuSM-eimza.jnlp'><information><homepage href='http://www.kamusm.gov.tr'/>"
        f"</information><resources><j2se version='1.8+' href='http://java.sun.com/products/autodl/j2se'/>{resources}"
        "</resources></jnlp>"
    ).encode()


def checked(body: bytes, at: str = AT, is_allowed: IsAllowed = REAL.allows) -> bytes:
    """Return what is opened of a JNLP that is fetched from *at*."""
    return fetch_jnlp(at, lambda _address, _most: body, is_allowed).body


def test_an_official_jnlp_is_opened_as_it_came() -> None:
    """A JNLP that loads everything from the portal isn't altered: its signature may cover it."""
    assert checked(jnlp()) == jnlp()


@pytest.mark.parametrize(
    "body",
    [
        jnlp(codebase="https://example.com/"),
        jnlp(codebase="http://onlineislemler.kamusm.gov.tr/eimza/"),
        jnlp("<jar href='a.jar'/><jar href='https://example.com/b.jar'/>"),
        jnlp("<jar href='a.jar'/><jar href='//example.com/b.jar'/>"),
        jnlp("<jar href='a.jar'/><nativelib href='https://kamusm.gov.tr.example.com/b.jar'/>"),
        jnlp("<jar href='a.jar'/><extension href='https://example.com/b.jnlp'/>"),
        jnlp("<jar href='https://onlineislemler.kamusm.gov.tr@example.com/a.jar'/>"),
        jnlp("<jar href='https:\\\\example.com/a.jar'/>"),
    ],
)
def test_a_jnlp_that_leads_elsewhere_is_refused(body: bytes) -> None:
    """A codebase, jar, library or extension on another host, or without https, halts; nothing is opened."""
    with pytest.raises(SigningError) as refused:
        checked(body)
    assert refused.value.code == "app_not_allowed"
    assert refused.value.reason().outcome == "halted"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Giris</html>",
        jnlp(""),
        b"<!DOCTYPE jnlp [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><jnlp>&a;</jnlp>",
        b"<!DOCTYPE jnlp [<!ENTITY a 'aaaa'>]>" + jnlp(),
    ],
)
def test_what_is_no_jnlp_is_not_opened(body: bytes) -> None:
    """A login page, a JNLP without a jar, and entities are no app."""
    with pytest.raises(SigningError) as refused:
        checked(body)
    assert refused.value.code == "service_answer_invalid"


def test_on_a_loopback_portal_java_gets_an_address_it_can_resolve() -> None:
    """`*.localhost` becomes 127.0.0.1 everywhere, for Java doesn't know it."""
    rule = HostRule.for_loopback("http://onlineislemler.localhost:8123/landing")
    at = "http://onlineislemler.localhost:8123/eimza/KamuSM-eimza.jnlp"
    told = checked(jnlp(codebase="http://onlineislemler.localhost:8123/eimza/"), at, rule.allows)
    assert b"127.0.0.1:8123" in told
    assert b"localhost" not in told


def runnable_jar(manifest: str = "Main-Class: A\n") -> bytes:
    """Return a jar with this manifest."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", manifest)
    return buffer.getvalue()


def test_files_come_with_the_browsers_cookies_and_are_judged() -> None:
    """A jar must be one that Java can run; a redirect to another host isn't followed; the cookie goes along."""
    cookies: list[str | None] = []

    async def answer(request: Request) -> Response:
        cookies.append(request.headers.get("cookie"))
        bodies = {"a.jar": runnable_jar(), "b.jar": runnable_jar(""), "c.jar": b"PK\x03\x04", "d.jnlp": b"<a/>"}
        name = request.path_params["name"]
        if name not in bodies:
            return Response(status_code=302, headers={"location": "https://example.com/a.jar"})
        return Response(bodies[name])

    with serve_app(Starlette(routes=[Route("/{name}", answer)])) as port:
        origin = f"http://onlineislemler.localhost:{port}"
        rule = HostRule.for_loopback(f"{origin}/landing")

        def fetch(address: str, most: int) -> bytes:
            return fetch_apart(address, most, "oturum=1", rule.allows)

        assert fetch_jar(f"{origin}/a.jar", fetch).body == runnable_jar()
        assert cookies == ["oturum=1"]
        for name in ("b.jar", "c.jar"):
            with pytest.raises(SigningError, match="service_answer_invalid"):
                fetch_jar(f"{origin}/{name}", fetch)
        with pytest.raises(SigningError, match="service_answer_invalid"):
            fetch_jnlp(f"{origin}/d.jnlp", fetch, rule.allows)
        with pytest.raises(SigningError, match="not_allowed"):
            fetch_jar(f"{origin}/elsewhere", fetch)
        with pytest.raises(SigningError, match="not_allowed"):
            fetch_apart("https://example.com/a.jnlp", MAX_BYTES, "", rule.allows)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_jar_is_no_app(method: int) -> None:
    """Whichever of its bytes is wrong, a jar can be run or it can't; the run goes on to what else there is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMain-Class: a.B\r\n" * 20)
    whole = packed.getvalue()
    tried = runnable = 0
    for at in range(len(whole)):
        for wrong in (0, 0x7F, 0xFF, whole[at] ^ 1):
            damaged = whole[:at] + bytes([wrong]) + whole[at + 1 :]
            tried += 1
            with suppress(SigningError):
                fetch_jar(AT, lambda _address, _most, damaged=damaged: damaged)  # type: ignore[misc]
                runnable += 1
    assert runnable < tried


def test_a_file_that_nobody_wants_any_more_is_not_waited_for() -> None:
    """The run has ended: a server that says nothing would keep the program from ending for two minutes."""
    asked: list[bool] = []

    def given_up() -> bool:
        asked.append(True)
        return len(asked) > 1

    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://localhost:{silent.getsockname()[1]}/app.jar"
        began = monotonic()
        with pytest.raises(SigningError, match="service_unreachable"):
            fetch_apart(address, 100, "", HostRule.for_loopback(address).allows, given_up)
    assert monotonic() - began < 30
