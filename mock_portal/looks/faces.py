"""Presses on a page whose address stays: we do here what a control does, and send back parts of the next page.

Each is a request of its own to the whole portal, as the browser would have made it, so that whatever is wrong at that
address is wrong here too. If the answer is not a page of this look, it goes to the browser unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode, urljoin, urlsplit
from xml.sax.saxutils import quoteattr

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from mock_portal.looks.view import KEPT, ControlCall
from mock_portal.web import cut_off, read_form, session_of

ADDRESS = "/index.xhtml"
STATE = "jakarta.faces.ViewState"
_PARTS = re.compile(r"<!--parts-->(.*)<!--/parts-->", re.DOTALL)
_PANEL = "j_idt5:j_idt6"
_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="(/static/faults/[^"]+)"')
_EXPIRED = (
    "<error><error-name>class jakarta.faces.application.ViewExpiredException</error-name>"
    f"<error-message><![CDATA[viewId:{ADDRESS} - View {ADDRESS} could not be restored.]]></error-message></error>"
)
_REDIRECTS = frozenset({302, 303, 307})
_KEPT = ("type", "asgi", "http_version", "scheme", "server", "client")
"""What an inner request shares with the press."""
_FARTHEST = 6
"""How many redirects we follow."""


async def press(request: Request) -> Response:
    """Do what the pressed control does, and return the parts that change."""
    form = await read_form(request)
    sent = {name: value for name, value in form.items() if isinstance(value, str)}
    command = _command(request, sent.get(STATE, ""), sent.get("jakarta.faces.source", ""))
    if command is None:
        return _partial(_EXPIRED)
    fields = {
        name: value for name, value in sent.items() if not name.startswith(("jakarta.", "j_idt"))
    } | command.fields
    return await _done(request, ControlCall(command.method, command.path, fields))


async def open_apart(request: Request) -> Response:
    """Show in a tab of its own what a control leads to."""
    asked = request.query_params
    command = _command(request, asked.get("gorunum", ""), asked.get("kaynak", ""))
    known = command is not None and command.method == "GET"
    return RedirectResponse(command.path if command is not None and known else "/anasayfa", 303)


def _command(request: Request, state: str, source: str) -> ControlCall | None:
    views = cast("dict[str, dict[str, ControlCall]]", session_of(request).data.get(KEPT, {}))
    return views.get(state, {}).get(source)


async def _done(request: Request, command: ControlCall) -> Response:
    cookies: list[bytes] = []
    host = request.headers["host"]
    here = f"http://{host}"
    for _ in range(_FARTHEST):
        answer = await _ask(request, command, cookies)
        if answer.is_cut_off:
            return _CutOff()
        cookies += answer.cookies
        if answer.status not in _REDIRECTS:
            return _with_cookies(_shown(answer), cookies)
        target = urljoin(here + command.path, answer.header(b"location"))
        if urlsplit(target).netloc != host:
            return _with_cookies(_partial(f"<redirect url={quoteattr(target)}/>"), cookies)
        command = ControlCall("GET", target.removeprefix(here))
    return _partial("<error><error-name>redirects</error-name><error-message/></error>")


@dataclass
class _Response:
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    is_cut_off: bool = False

    def cut_off(self) -> None:
        """Note that no answer comes."""
        self.is_cut_off = True

    def header(self, wanted: bytes) -> str:
        return next((value.decode("latin-1") for name, value in self.headers if name.lower() == wanted), "")

    @property
    def cookies(self) -> list[bytes]:
        return [value for name, value in self.headers if name.lower() == b"set-cookie"]


async def _ask(request: Request, command: ControlCall, cookies: list[bytes]) -> _Response:
    """Make one request to the portal as a whole, with this one's cookies and those set since."""
    body = urlencode(command.fields).encode() if command.method == "POST" else b""
    path, _, query = command.path.partition("?")
    headers = [
        (name, value)
        for name, value in request.scope["headers"]
        if name not in {b"content-length", b"content-type", b"cookie", b"faces-request"}
    ]
    headers.append((b"cookie", _cookie_header(request, cookies)))
    if command.method == "POST":
        headers += [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"%d" % len(body))]
    scope: Scope = {name: request.scope[name] for name in _KEPT if name in request.scope}
    scope.update(method=command.method, path=path, raw_path=path.encode(), query_string=query.encode())
    scope.update(headers=headers, root_path="")
    answer, told = _Response(), False
    scope["mock_portal.cut"] = answer.cut_off

    async def receive() -> Message:
        nonlocal told
        if answer.is_cut_off:
            return {"type": "http.disconnect"}
        if told:
            return await request.receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            answer.body.extend(message.get("body", b""))

    await request.app(scope, receive, send)
    return answer


class _CutOff(Response):
    """An answer that begins and breaks off: if it never began, the browser would send the press again."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = [(b"content-type", b"text/xml"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        await send({"type": "http.response.body", "body": b"<", "more_body": True})
        await cut_off(scope, receive)


def _cookie_header(request: Request, since: list[bytes]) -> bytes:
    jar = dict(request.cookies)
    for cookie in since:
        name, _, rest = cookie.decode("latin-1").partition("=")
        jar[name] = rest.partition(";")[0]
    return "; ".join(f"{name}={value}" for name, value in jar.items()).encode("latin-1")


def _shown(answer: _Response) -> Response:
    html = answer.body.decode()
    parts = _PARTS.search(html)
    if parts is None:
        media_type = answer.header(b"content-type").partition(";")[0] or "text/html"
        return Response(html, answer.status, media_type=media_type, headers={"cache-control": "no-store"})
    panel = parts[1].strip().replace("]]>", "]]]]><![CDATA[>")
    updates = f'<changes><update id="{_PANEL}"><![CDATA[{panel}]]></update>'
    scripts = "".join(f"<extension src={quoteattr(src)}/>" for src in _SCRIPT.findall(html))
    return _partial(f"{updates}{scripts}</changes>")


def _partial(inside: str) -> Response:
    xml = f'<?xml version="1.0" encoding="UTF-8"?><partial-response id="j_id1">{inside}</partial-response>'
    return Response(xml, media_type="text/xml", headers={"cache-control": "no-store"})


def _with_cookies(response: Response, cookies: list[bytes]) -> Response:
    for cookie in cookies:
        response.raw_headers.append((b"set-cookie", cookie))
    return response


ROUTES = (Route(ADDRESS, press, methods=["POST"]), Route(ADDRESS, open_apart, methods=["GET"]))
