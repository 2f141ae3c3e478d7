"""Where drift comes in: around the whole application, on pages and style sheets on their way out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import cast

from bs4 import BeautifulSoup
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_portal.drift import behaviour, decoys, labels, names, stops, structure, texts, words
from mock_portal.drift.change import CHANGES, DriftedPage, Edition
from mock_portal.pages.changes import change_pages
from mock_portal.pages.model import Page

_PARTS = (behaviour, decoys, labels, names, stops, structure, texts, words)
"""Imported because each one registers its changes."""
_ADDRESS_BY_NUMBER = re.compile(r"^/islem/(\d+)$")


@dataclass(frozen=True, slots=True)
class Drift:
    """Which changes, with which seed. The same drift makes the same pages."""

    seed: int
    changes: tuple[str, ...]

    def __post_init__(self) -> None:
        if unknown := [name for name in self.changes if name not in CHANGES]:
            raise ValueError(f"no such change: {', '.join(unknown)}")

    def page(self, html: str, *, site: str, path: str, query: str = "", edition: Edition = "2026") -> str:
        """Return *html* as this drift shows it."""
        soup = BeautifulSoup(html, "html.parser")
        if soup.body is None:
            return html
        for name in self.changes:
            numbers = Random(f"{self.seed} {name} {site}{path}")  # noqa: S311 (a look, not a secret)
            CHANGES[name](DriftedPage(soup, site, path, query, edition, numbers, self.seed))
        return soup.decode(formatter="minimal")

    def model(self, page: Page) -> Page:
        """Return a page's model as this drift has it, before a look draws it."""
        for name in self.changes:
            if name in stops.STOPS:
                page = stops.STOPS[name](page, self.seed, Random(f"{self.seed} {name} {page.key}"))  # noqa: S311
        return page

    def stylesheet(self, css: str) -> str:
        """Return a style sheet that fits the pages."""
        return names.stylesheet(css, self.seed) if "names" in self.changes else css

    @property
    def frames(self) -> bool:
        """Whether pages are shown inside a frame of the same site."""
        return "frame" in self.changes


def drifting(drift: Drift, edition: Edition) -> Middleware:
    """Return *drift* as a `middleware` of a `Portal` of *edition*."""
    return Middleware(_DriftMiddleware, drift=drift, edition=edition)


class _DriftMiddleware:
    def __init__(self, app: ASGIApp, drift: Drift, edition: Edition) -> None:
        self._app = app
        self._drift = drift
        self._edition: Edition = edition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        numbered = _ADDRESS_BY_NUMBER.match(scope["path"])
        if numbered:  # an address that doesn't say where it leads
            path = structure.address_of(int(numbered[1]))
            scope = {**scope, "path": path, "raw_path": path.encode()}
        change_pages(scope, self._drift.model)
        await self._app(scope, receive, _HeldAnswer(self, scope, send).send)

    def shown(self, scope: Scope, kind: str, text: str) -> str:
        """Return a page or style sheet as it is shown."""
        if kind == "text/css":
            return self._drift.stylesheet(text)
        headers = Headers(scope=scope)
        site = headers.get("host", "").split(".")[0]
        query = cast("bytes", scope["query_string"]).decode("latin-1")
        if self._drift.frames and structure.may_be_framed(site, scope) and headers.get("sec-fetch-dest") == "document":
            return structure.around_frame(scope["path"], query)
        return self._drift.page(text, site=site, path=scope["path"], query=query, edition=self._edition)


class _HeldAnswer:
    """One answer on its way out; we hold pages and style sheets back until they are complete."""

    def __init__(self, drifting: _DriftMiddleware, scope: Scope, send: Send) -> None:
        self._drifting = drifting
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body: list[bytes] = []

    async def send(self, message: Message) -> None:
        """Take one message of the application."""
        if message["type"] == "http.response.start" and _kind(message) in {"text/html", "text/css"}:
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._send_changed(self._start)

    async def _send_changed(self, start: Message) -> None:
        text = b"".join(self._body).decode()
        body = self._drifting.shown(self._scope, _kind(start), text).encode() if text else b""
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        for name in ("content-security-policy", "etag", "last-modified"):
            if name in headers:  # a drift brings inline styles and scripts of its own
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _kind(start: Message) -> str:
    headers: Iterable[tuple[bytes, bytes]] = start.get("headers", ())
    return next((v.decode("latin-1") for k, v in headers if k.lower() == b"content-type"), "").split(";")[0].strip()
