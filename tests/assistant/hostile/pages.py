"""Pages that take the browser, the driver or the program as long as they like: each stands in for one of the portal's."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from functools import cache

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HEAD = "<!doctype html><html lang=tr><meta charset=utf-8><title>Kamu SM</title><body><h1>Kamu SM</h1>"
_MEGABYTE = 1 << 20


def _script(text: str) -> Response:
    return HTMLResponse(f"{_HEAD}<a href=/nes>NES İşlemleri</a><script>{text}</script>")


def _frozen() -> Response:
    return _script("addEventListener('load', () => setTimeout(() => { while (true); }, 100))")


def _frozen_at_once() -> Response:
    return _script("while (true);")


def _alerts() -> Response:
    return _script("setTimeout(() => { while (true) alert('Dikkat'); }, 100)")


def _windows() -> Response:
    return _script("setInterval(() => open(location.href, '', 'popup'), 50)")


def _leaving() -> Response:
    return _script("setInterval(() => location.replace(location.pathname + '?' + Math.random()), 20)")


def _console() -> Response:
    return _script("setInterval(() => { for (let i = 0; i < 2000; i++) console.log('x'.repeat(500)); }, 1)")


def _restless() -> Response:
    return _script("setInterval(() => document.querySelector('h1').textContent = Math.random(), 5)")


def _text() -> Response:
    return HTMLResponse(f"{_HEAD}<p>{'Bu sayfa çok uzundur. ' * (20 * _MEGABYTE // 22)}</p>")


def _elements() -> Response:
    return HTMLResponse(f"{_HEAD}{'<a href=/nes><b>NES</b></a>' * 200_000}")


def _nested() -> Response:
    return HTMLResponse(f"{_HEAD}{'<div>' * 100_000}")


@cache
def _zeros() -> bytes:
    return gzip.compress(gzip.compress(b" " * (700 * _MEGABYTE), 9), 9)


def _bomb() -> Response:
    return Response(
        gzip.decompress(_zeros()), headers={"content-encoding": "gzip"}, media_type="text/html; charset=utf-8"
    )


def _endless() -> Response:
    async def drips() -> object:
        yield _HEAD.encode()
        while True:
            yield b"<p>."
            await asyncio.sleep(0.2)

    return StreamingResponse(drips(), media_type="text/html; charset=utf-8")  # type: ignore[arg-type]


HOSTILE: Mapping[str, Callable[[], Response]] = {
    "frozen": _frozen,
    "frozen at once": _frozen_at_once,
    "alerts": _alerts,
    "windows": _windows,
    "leaving": _leaving,
    "console": _console,
    "restless": _restless,
    "text": _text,
    "elements": _elements,
    "nested": _nested,
    "bomb": _bomb,
    "endless": _endless,
}


class _Instead:
    def __init__(self, app: ASGIApp, kind: str, path: str) -> None:
        self._app = app
        self._kind = kind
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self._path and Request(scope).method == "GET":
            await HOSTILE[self._kind]()(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def instead(kind: str, path: str) -> Middleware:
    """Return what answers each request for *path* with the page *kind*."""
    return Middleware(_Instead, kind=kind, path=path)
