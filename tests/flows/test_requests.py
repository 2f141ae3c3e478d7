"""Which of a page's requests we listen to, and which of those the page waits for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from flows import HostRule
from flows.requests import CUT_OFF, NEWS_S, PageRequests
from mock_portal.server import serve_app


class Site:
    """Answers ``/slow/NAME`` when told to, and everything else at once with an empty page."""

    def __init__(self) -> None:
        self.may_answer = False
        self.bodies: list[bytes] = []
        self.app = Starlette(
            routes=[
                Route("/slow/{name}", self._slow, methods=["GET", "POST"]),
                Route("/stream", self._stream),
                Route("/quick", lambda _request: PlainTextResponse("")),
                Route("/cut", self._cut),
                Route("/busy", lambda _request: HTMLResponse("<p>busy</p>", status_code=503)),
                Route("/{path:path}", lambda _request: HTMLResponse("<title>Kamu SM</title><p>…</p>")),
            ]
        )

    async def _cut(self, request: Request) -> Response:
        request.scope["mock_portal.cut"]()
        return PlainTextResponse("")

    async def _slow(self, request: Request) -> Response:
        while not self.may_answer:
            await asyncio.sleep(0.01)
        return PlainTextResponse("")

    async def _stream(self, request: Request) -> Response:
        async def lines() -> AsyncIterator[bytes]:
            while not self.may_answer:
                yield b"data: 1\n\n"
                await asyncio.sleep(0.05)

        return StreamingResponse(lines(), media_type="text/event-stream")


@contextmanager
def serving(context: BrowserContext) -> Iterator[tuple[Site, PageRequests, Page, str]]:
    """Serve a site, open its portal and follow its requests."""
    site = Site()
    with serve_app(site.app) as port:
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}/landing")
        page = context.new_page()
        requests = PageRequests(context, rule)
        page.goto(rule.entry)
        try:
            yield site, requests, page, f"localhost:{port}"
        finally:
            site.may_answer = True
            page.goto("about:blank")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the browser's events arrive until *holds* returns true."""
    end = monotonic() + 5
    while not holds():
        assert monotonic() < end, "it never came"
        page.evaluate("new Promise((soon) => setTimeout(soon, 5))")


def test_a_page_waits_for_the_data_it_has_asked_for(context: BrowserContext) -> None:
    """An open request to the page's own site counts until the answer comes."""
    with serving(context) as (site, requests, page, _host):
        assert not requests.awaits_data(page)
        page.evaluate("void fetch('/slow/state')")
        until(page, lambda: requests.awaits_data(page))
        assert requests.is_busy(page)
        site.may_answer = True
        until(page, lambda: not requests.awaits_data(page))
        assert not requests.is_busy(page)


def test_what_stays_open_is_a_channel(context: BrowserContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request open for more than five seconds is a long poll, and the page isn't waiting for it."""
    with serving(context) as (_site, requests, page, _host):
        page.evaluate("void fetch('/slow/news')")
        until(page, lambda: requests.awaits_data(page))
        later = monotonic() + NEWS_S
        monkeypatch.setattr("flows.requests.monotonic", lambda: later)
        assert not requests.awaits_data(page)


def test_streams_and_other_sites_do_not_count(context: BrowserContext) -> None:
    """We wait neither for an event stream nor for a request to another host."""
    with serving(context) as (_site, requests, page, host):
        other = host.rpartition(":")[0].replace("localhost", "127.0.0.1") + ":9"
        page.evaluate("void new EventSource('/stream')")
        page.evaluate(f"void fetch('http://{other}/', {{mode: 'no-cors'}}).catch(() => 0)")
        page.evaluate("fetch('/quick').then((answer) => answer.text())")
        assert not requests.awaits_data(page)


def test_what_a_page_asked_for_in_vain_is_known_until_it_fares_better(context: BrowserContext) -> None:
    """The newest answer says whether the server fails or doesn't answer. A cancelled request says nothing."""
    with serving(context) as (site, requests, page, _host):
        for path, failure in (("/busy", 503), ("/quick", 0), ("/cut", CUT_OFF), ("/quick", 0), ("/busy", 503)):
            page.evaluate("path => void fetch(path).catch(() => null)", path)
            until(page, lambda wanted=failure: requests.failure(page) == wanted)  # type: ignore[misc]
        requests.note_press(page)
        assert requests.failure(page) == 0
        page.evaluate(
            "window.asked = new AbortController(); void fetch('/slow/1', { signal: asked.signal }).catch(() => null)"
        )
        until(page, lambda: requests.awaits_data(page))
        page.evaluate("asked.abort()")
        until(page, lambda: not requests.awaits_data(page))
        assert requests.failure(page) == 0
        page.evaluate("void fetch('/busy')")
        until(page, lambda: requests.failure(page) == 503)
        page.goto(page.url)
        assert requests.failure(page) == 0
        site.may_answer = True


def test_polling_of_one_address_does_not_count_until_somebody_presses(context: BrowserContext) -> None:
    """The third request to one address counts as polling. After a press it may be the answer to that press."""
    with serving(context) as (_site, requests, page, _host):
        for _ in range(2):
            page.evaluate("fetch('/quick?' + Math.random()).then((answer) => answer.text())")
        page.evaluate("window.third = () => { void fetch('/quick', {body: 'x', method: 'POST'}); }")
        page.route("**/quick", lambda _route: None)
        page.evaluate("third()")
        until(page, lambda: len(requests._open) == 1)
        assert not requests.awaits_data(page)
        requests.note_press(page)
        page.evaluate("third()")
        until(page, lambda: requests.awaits_data(page))


@pytest.mark.parametrize("name", ["giris", "bank"])
def test_nothing_is_heard_at_the_gateway_nor_elsewhere(context: BrowserContext, name: str) -> None:
    """Requests from a page at the gateway, or at another host, never reach the program."""
    with serving(context) as (_site, requests, page, host), serve_app(Site().app) as bank:
        address = f"http://giris.{host}/" if name == "giris" else f"http://localhost:{bank}/"
        page.goto(address)
        assert not requests.is_heard
        page.evaluate("fetch('/quick', {method: 'POST', body: 'secret'}).then((answer) => answer.text())")
        other = context.new_page()
        other.goto(f"http://onlineislemler.{host}/tiles")
        assert not requests.is_heard
        other.evaluate("fetch('/quick').then((answer) => answer.text())")
        assert "/quick" not in crossed(context)
        page.goto(f"http://onlineislemler.{host}/home")
        assert requests.is_heard
        page.evaluate("void fetch('/slow/state')")
        until(page, lambda: requests.awaits_data(page))
        assert "/slow/state" in crossed(context)
        other.close()


def crossed(context: BrowserContext) -> set[str]:
    """Return the paths of all requests that the driver passed on to the program, whether we listened or not."""
    known = context._impl_obj._connection._objects.values()
    return {urlsplit(one._initializer["url"]).path for one in known if one._type == "Request"}
