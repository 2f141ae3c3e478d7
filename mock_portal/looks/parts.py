"""Pages in two parts: first one with a skeleton, then its content, which the page asks for.

We make the page once, when its address is visited, and keep its content until the page asks.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import OrderedDict

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DELAY_S = 0.25
"""How many seconds an answer with content takes."""
_KEPT = 200
_CONTENT = "/icerik/"
_MAIN = re.compile(r"(<main\b[^>]*)(>)(.*)(</main>)", re.DOTALL)
_SKELETON = re.compile(r"<template data-skeleton[^>]*>(.*?)</template>", re.DOTALL)


class Parts:
    """The middleware around a whole portal."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request: the content a page waits for, or a page with its content taken out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_online = headers.get("host", "").startswith("onlineislemler.")
        if is_online and scope["path"].startswith(_CONTENT):
            await asyncio.sleep(DELAY_S)
            content = self._kept.pop(scope["path"].removeprefix(_CONTENT), None)
            body = {} if content is None else {"html": content}
            no_store = {"cache-control": "no-store"}
            await JSONResponse(body, 404 if content is None else 200, no_store)(scope, receive, send)
        elif is_online and headers.get("sec-fetch-dest") in {"document", "iframe"}:
            await self._app(scope, receive, _HeldPage(self, send).send)
        else:
            await self._app(scope, receive, send)

    def emptied(self, html: str) -> str:
        """Return the page with a skeleton in place of its content, which we keep; other pages unchanged."""
        skeleton = _SKELETON.search(html)
        if skeleton is None or _MAIN.search(html) is None:
            return html
        key = secrets.token_urlsafe(12)

        def replaced(match: re.Match[str]) -> str:
            self._kept[key] = match[3]
            return f'{match[1]} aria-busy="true" data-content="{_CONTENT}{key}"{match[2]}{skeleton[1]}{match[4]}'

        page = _MAIN.sub(replaced, html, count=1)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return page


class _HeldPage:
    """One answer on its way out; we hold a page back until it is complete."""

    def __init__(self, parts: Parts, send: Send) -> None:
        self._parts = parts
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Take one message of the application."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                body = self._parts.emptied(self._body.decode()).encode()
                MutableHeaders(scope=self._start)["content-length"] = str(len(body))
                await self._send(self._start)
                await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")
