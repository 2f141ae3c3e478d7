"""The ring in the portal's page, in the real browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from PIL import Image
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.desk.highlight import Highlight
from flows import Hand, HostRule, Observer, TabView
from flows.controls import find
from mock_portal.server import serve_app

PAGE = """<!doctype html><meta charset=utf-8><style>* { display: block; outline: 9px solid red; pointer-events: auto !important;
 position: static !important; opacity: .9 } div { display: none !important }</style>
<body><p>Kamu SM</p><p style='height:2000px'>…</p><button onclick="document.title='basıldı'">Devam</button><button>İptal</button></body>"""


@contextmanager
def pointed(browser: Browser) -> Iterator[tuple[Page, TabView, Hand, Highlight]]:
    """Serve the page and point at its control."""

    async def page_of(request: Request) -> HTMLResponse:
        return HTMLResponse(PAGE)

    with serve_app(Starlette(routes=[Route("/landing", page_of)])) as port:
        context = browser.new_context()
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}")
        observer = Observer(context, rule)
        page = context.new_page()
        page.goto(rule.entry)
        hand, highlight = Hand(observer), Highlight()
        tab = observer.observe().tabs[0]
        highlight.point(tab, find(tab, rule.look.controls["proceed"]), hand)
        yield page, tab, hand, highlight
        context.close()


def test_the_ring_points_and_is_no_part_of_the_page(browser: Browser) -> None:
    """The ring scrolls the control into view, lies around it, lets clicks through, and changes nothing observed."""
    with pointed(browser) as (page, tab, hand, highlight):
        observer, proceed = hand.observer, hand.observer.rule.look.controls["proceed"]
        box = page.get_by_role("button", name="Devam").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= page.viewport_size["height"]  # type: ignore[index]
        assert page.evaluate("document.querySelectorAll('html > [aria-hidden]').length") == 1
        while observer.wait(200):  # the bell rings for the ring once or twice, then falls silent
            observer.observe()
        seen = observer.observe().tabs[0]
        assert seen.fingerprint() == tab.fingerprint()
        assert [c.text for c in seen.controls] == [c.text for c in tab.controls]
        highlight.point(seen, find(seen, proceed), hand)
        assert not observer.wait(200), "pointing at the same control again touches nothing"
        assert hand.press(seen, find(seen, proceed)), "nothing lies over the control"
        assert page.title() == "basıldı"
        highlight.clear()
        assert page.evaluate("document.querySelectorAll('html > [aria-hidden]').length") == 0


def test_tab_goes_to_what_the_ring_points_at(browser: Browser) -> None:
    """Scrolling to the control leaves the keyboard just before it, not behind it at the next button."""
    with pointed(browser) as (page, _tab, _hand, _highlight):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Devam"


def test_the_ring_is_seen_whatever_the_page_allows(browser: Browser) -> None:
    """A page whose policy forbids every style and script but its own shows the ring all the same."""

    async def page_of(request: Request) -> HTMLResponse:
        policy = {"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'"}
        return HTMLResponse("<!doctype html><meta charset=utf-8><p>Kamu SM</p><a href='#'>Devam</a>", headers=policy)

    with serve_app(Starlette(routes=[Route("/landing", page_of)])) as port:
        context = browser.new_context(reduced_motion="reduce")
        rule = HostRule.for_loopback(f"http://onlineislemler.localhost:{port}")
        observer = Observer(context, rule)
        page = context.new_page()
        page.goto(rule.entry)
        tab = observer.observe().tabs[0]
        control = find(tab, rule.look.controls["proceed"])
        Highlight().point(tab, control, Hand(observer))
        x, y, width, _height = control.box
        pixels = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        assert pixels.getpixel((round(x + width / 2), round(y) - 4)) == (0xD9, 0x48, 0x0F)
        context.close()


def test_a_ring_in_a_page_that_runs_for_ever_is_let_go(browser: Browser) -> None:
    """Taking the ring away from a page that answers nobody comes back soon: the end of a run is shown all the same."""
    with pointed(browser) as (page, _tab, _hand, highlight):
        with page.expect_console_message():
            page.evaluate("void setTimeout(() => { console.log('hangs'); while (true); }, 0)")
        began = monotonic()
        highlight.clear()
        assert monotonic() - began < 30
