"""A run's browser, as it appears on the screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

from assistant.browser.launch import LOOPBACK_ONLY, keep_untranslated
from assistant.setup import find_browser
from tests.assistant.official_app.display import missing
from tests.assistant.real_desk.screen import Screen, screen

GREEN = (0, 160, 0)
TURKISH = f"""<!doctype html><html lang="tr"><title>Deneme</title><body style="margin:0;background:rgb{GREEN}">
<p style="padding-top:200px">{"E-imza başvurularımda kâğıt form göndermemek için elektronik onay veriyorum. " * 20}</p>"""
_PATIENCE_S = 8
_CORNER = """() => new Promise((done) => requestAnimationFrame(() => done(
  [screenX + innerWidth - 100, screenY + outerHeight - innerHeight + 12])))"""


@pytest.fixture(scope="module")
def display() -> Iterator[Screen]:
    """A screen."""
    if reason := missing("Xvfb"):
        pytest.skip(reason)
    with screen(1300, 600) as shown:
        yield shown


@pytest.fixture(scope="module")
def english(browser_type: BrowserType, display: Screen) -> Iterator[Browser]:
    """The program's browser on that screen, for somebody whose computer speaks English."""
    found = find_browser(os.environ.get("EONAY_BROWSER"))
    surroundings: dict[str, str | float | bool] = {
        **os.environ,
        "DISPLAY": display.name,
        "LANG": "en_US.UTF-8",
        "LANGUAGE": "en_US",
    }
    with browser_type.launch(**found.launch_options(*LOOPBACK_ONLY), headless=False, env=surroundings) as opened:
        yield opened


def turkish_page(context: BrowserContext, left: int) -> Page:
    """Return a page in Turkish whose window begins at *left*, pixels."""
    context.route("**/*", lambda route: route.fulfill(body=TURKISH, content_type="text/html; charset=utf-8"))
    page = context.new_page()
    session = context.new_cdp_session(page)
    window = session.send("Browser.getWindowForTarget")["windowId"]
    bounds = {"left": left, "top": 0, "width": 600, "height": 500}
    session.send("Browser.setWindowBounds", {"windowId": window, "bounds": bounds})
    page.goto("http://portal.localhost/")
    return page


def shows(page: Page, display: Screen) -> str:
    """Return what can be seen of the page: nothing, ``all`` of it, or a page that is ``covered`` at its top."""
    x, top = (round(n) for n in page.evaluate(_CORNER))
    corner, below = (display.picture().getpixel((x, top + down)) == GREEN for down in (0, 150))
    return ("all" if corner else "covered") if below else ""


def comes(wanted: str, page: Page, display: Screen) -> bool:
    """Whether *page* shows what is *wanted* within the time."""
    until = monotonic() + _PATIENCE_S
    while shows(page, display) != wanted:
        if monotonic() > until:
            return False
    return True


def test_no_offer_to_translate_lies_over_the_portal(english: Browser, display: Screen) -> None:
    """In a browser that speaks English a Turkish page is offered for translation; the portal's pages aren't."""
    with english.new_context(no_viewport=True) as ours, english.new_context(no_viewport=True) as any_other:
        keep_untranslated(ours)
        portal = turkish_page(ours, 0)
        assert comes("all", portal, display)
        if not comes("covered", turkish_page(any_other, 640), display):
            pytest.skip("this browser offers no translation")
        assert shows(portal, display) == "all"
