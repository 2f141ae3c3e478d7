"""The kinds of fault: each wraps the application for one visit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fixtures import FaultSpec
from mock_portal.faults import pages
from mock_portal.faults.armed import Armed
from mock_portal.faults.meanwhile import carry_out
from mock_portal.pages import changes
from mock_portal.pages.changes import PageChange, change_pages, watch_shown
from mock_portal.pages.model import Page
from mock_portal.portal import COOKIES
from mock_portal.web import cut_off

Kind = Callable[[Armed, ASGIApp], ASGIApp]
_TROUBLE = "Bir sorun oluştu. İşleminiz şu anda yapılamıyor."
_INNER = "ariza"
"""Marks an address whose page has already been handled."""


def _status(armed: Armed, _app: ASGIApp) -> ASGIApp:
    armed.happened()
    return HTMLResponse(pages.plain("Hata", armed.spec.body or _TROUBLE), armed.spec.status)


def _maintenance(armed: Armed, _app: ASGIApp) -> ASGIApp:
    armed.happened()
    return HTMLResponse(pages.MAINTENANCE, 503)


def _answer(armed: Armed, _app: ASGIApp) -> ASGIApp:
    armed.happened()
    media_type = "application/json" if armed.spec.body.startswith("{") else "text/plain"
    if '"urn:' in armed.spec.body:
        media_type = "application/problem+json"
    return Response(armed.spec.body, armed.spec.status, media_type=media_type, headers={"cache-control": "no-store"})


def _cut(armed: Armed, _app: ASGIApp) -> ASGIApp:
    async def cut(scope: Scope, receive: Receive, send: Send) -> None:
        armed.happened()
        await cut_off(scope, receive)

    return cut


def _lost(armed: Armed, app: ASGIApp) -> ASGIApp:
    """Carry the request out, and cut the connection before anybody hears the answer."""

    async def carried_out(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, _nobody_hears)
        armed.happened()
        await cut_off(scope, receive)

    return carried_out


def _defer(armed: Armed, app: ASGIApp) -> ASGIApp:
    """Say at once that a signature was accepted, and carry the request out much later."""

    async def deferred(scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        armed.happened()

        async def later() -> None:
            await app(dict(scope), _told(body), _nobody_hears)

        armed.desk.deferred.append((armed.spec.until, later))
        accepted = Response('{"status": "accepted"}', 201, media_type="application/json")
        await accepted(scope, receive, send)

    return deferred


def _slow(armed: Armed, app: ASGIApp) -> ASGIApp:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        armed.happened()
        await asyncio.sleep(armed.spec.seconds)
        await app(scope, receive, send)

    return slow


def _clock(armed: Armed, app: ASGIApp) -> ASGIApp:
    def move() -> None:
        armed.happened()
        armed.desk.move_clock(armed.spec.seconds)

    return _around(app, move, armed.spec.when == "before")


def _meanwhile(armed: Armed, app: ASGIApp) -> ASGIApp:
    async def visited(scope: Scope, receive: Receive, send: Send) -> None:
        def act() -> None:
            armed.happened()
            carry_out(armed.spec.does, armed.desk.portal, scope["path"])

        await _around(app, act, armed.spec.when == "before")(scope, receive, send)

    return visited


def _session_gone(armed: Armed, app: ASGIApp) -> ASGIApp:
    async def forgotten(scope: Scope, receive: Receive, send: Send) -> None:
        cookies = _session_cookies(scope)
        if cookies:
            armed.happened()
        armed.desk.killed.update(cookies)
        await app(without_killed_sessions(scope, armed.desk.killed), receive, send)

    return forgotten


def _rewritten(change: Callable[[Armed, str, Scope], str]) -> Kind:
    """Make a kind that changes the page; if the page stays the same, the fault didn't happen."""

    def kind(armed: Armed, app: ASGIApp) -> ASGIApp:
        async def changed(scope: Scope, receive: Receive, send: Send) -> None:
            status, headers, body = await _caught(app, scope, receive)
            if _is_text(headers):
                before = body.decode()
                after = change(armed, before, scope)
                if after != before:
                    armed.happened()
                body = after.encode()
            headers = [(name, value) for name, value in headers if name != b"content-length"]
            headers.append((b"content-length", str(len(body)).encode()))
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})

        return changed

    return kind


def _noticed(name: str) -> Kind:
    """Make a kind that the portal itself does: it happened if *name* was shown on the page in between."""

    def kind(armed: Armed, app: ASGIApp) -> ASGIApp:
        async def seen(scope: Scope, receive: Receive, send: Send) -> None:
            shown = watch_shown(scope)
            await app(scope, receive, send)
            if name in shown:
                armed.happened()

        return seen

    return kind


def _on_page(change: Callable[[FaultSpec], PageChange]) -> Kind:
    """Make a kind that changes what the page holds, before a look draws it; it happened if something changes."""

    def kind(armed: Armed, app: ASGIApp) -> ASGIApp:
        def changed(page: Page) -> Page:
            after = change(armed.spec)(page)
            if after != page:
                armed.happened()
            return after

        async def visited(scope: Scope, receive: Receive, send: Send) -> None:
            change_pages(scope, changed)
            await app(scope, receive, send)

        return visited

    return kind


def _instead(page: Callable[[str], str]) -> Kind:
    """Make a kind that first shows another page, which leads to the same address again."""

    def kind(armed: Armed, app: ASGIApp) -> ASGIApp:
        async def before(scope: Scope, receive: Receive, send: Send) -> None:
            if _INNER in dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True)):
                await app(scope, receive, send)
                return
            armed.happened()
            mark = f"{scope['query_string'].decode()}&{_INNER}=1".lstrip("&")
            await HTMLResponse(page(escape(f"{scope['path']}?{mark}")))(scope, receive, send)

        return before

    return kind


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "also-says": _on_page(lambda spec: changes.also_saying(spec.words)),
        "announcement": _noticed("announcement"),
        "answer": _answer,
        "back": _rewritten(lambda _armed, html, _scope: pages.with_script(html, "back.js")),
        "beside": _on_page(lambda spec: changes.beside(spec.control, spec.words, spec.leads)),
        "clock": _clock,
        "cookie-bar": _noticed("cookie-bar"),
        "cut": _cut,
        "defer": _defer,
        "double-load": _rewritten(lambda _armed, html, _scope: pages.with_script(html, "reload.js")),
        "frame": _instead(pages.framed),
        "hop": _instead(pages.hop),
        "leads": _on_page(lambda spec: changes.leading(spec.control, spec.leads)),
        "lost": _lost,
        "maintenance": _maintenance,
        "meanwhile": _meanwhile,
        "new-tab": _on_page(lambda spec: changes.in_new_tab(spec.control)),
        "renamed": _on_page(lambda spec: changes.renamed(spec.control, spec.words)),
        "rewrite": _rewritten(lambda armed, html, _scope: html.replace(armed.spec.find, armed.spec.put)),
        "session-gone": _session_gone,
        "slow": _slow,
        "status": _status,
        "survey": _rewritten(lambda _armed, html, _scope: pages.with_script(html, "survey.js")),
    }
)


def without_killed_sessions(scope: Scope, killed: Iterable[str]) -> Scope:
    """Return the request without forgotten sessions: the cookie is sent, but the portal recognises nobody."""
    gone = [token.encode() for token in killed if token]
    if not gone:
        return scope
    headers = []
    for name, value in scope["headers"]:
        if name == b"cookie":
            for token in gone:
                value = value.replace(token, b"ended")
        headers.append((name, value))
    # A copy: uvicorn's own scope stays with the connection. What we put into it must reach the outer ones.
    return {**scope, "headers": headers}


def _session_cookies(scope: Scope) -> set[str]:
    names = set(COOKIES.values())
    return {value for name, value in Request(scope).cookies.items() if name in names}


def _around(app: ASGIApp, act: Callable[[], None], first: bool) -> ASGIApp:
    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        if first:
            act()
        await app(scope, receive, send)
        if not first:
            act()

    return both


async def _caught(app: ASGIApp, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    status, headers, body = 500, [], bytearray()

    async def catch(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    await app(scope, receive, catch)
    return status, headers, bytes(body)


def _is_text(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    texts = (b"text/html", b"application/json")
    return any(name == b"content-type" and value.startswith(texts) for name, value in headers)


def _told(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _nobody_hears(message: Message) -> None:
    """Swallow an answer."""
