"""The mock portal's own pages behind the shield, and every way a person's hand can set off a control."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from fixtures import Look
from flows import HostRule, Observer
from flows.dangers import Danger
from flows.shield import Shield
from mock_portal import Portal, serve
from mock_portal.online import set_options
from mock_portal.portal import Edition
from tests.flows.shield.taken import take_held
from tests.mock_portal.online_visitor import ticket_for

PERSON = "kemal"
"""This person's certificate is suspended. With a consent too, there is something to lose on every page."""


SEEN = ("cerez", "duyuru", "anket", "bilgi")
"""The windows that lie over one look's pages; we close them for good at the start."""


class Visits:
    """Notes method and path of every request to the portal, including those that a page's own parts make."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return *app* with every request counted."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                self.made.append(f"{scope['method']} {scope['path']}")
            await app(scope, receive, send)

        return counted


@dataclass
class Guarded:
    """A person on the portal's pages, with the shield up."""

    portal: Portal
    visits: Visits
    observer: Observer
    shield: Shield
    page: Page
    held: list[Danger] = field(default_factory=list)

    def visit(self, path: str) -> None:
        """Open a page of the portal and wait until it can be pressed."""
        self.page.goto(self.portal.origin("onlineislemler") + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the page draws and fetches nothing more and no toast lies over it."""
        self.page.wait_for_function(
            "() => document.readyState === 'complete' && !document.querySelector('[aria-busy=true], .toast')"
        )
        self.observer.observe()

    def reaches(self, visit: str, found: Locator) -> None:
        """Press *found* with the mouse and wait until the portal gets *visit* once more."""
        before = self.visits.made.count(visit)
        with self.page.context.expect_event("response", lambda _answer: self.visits.made.count(visit) > before):
            self.page.mouse.click(*middle(found))

    def take_held(self) -> Danger | None:
        """Return what the shield has held since the last call."""
        return take_held(self.observer, self.shield, self.page)


@contextmanager
def guarded(browser: Browser, look: Look, edition: Edition) -> Iterator[Guarded]:
    """Serve the portal with the person logged in and the shield up."""
    visits = Visits()
    portal = Portal(edition=edition, people=[PERSON], look=look, middleware=[Middleware(_Around, visits)])
    set_options(portal, cookie_bar=False)
    portal.state.give_consent(PERSON)
    context = browser.new_context(locale="tr-TR", has_touch=True)
    with serve(portal) as served:
        shield = Shield(HostRule.for_loopback(served.entry_url))
        observer = Observer(context, HostRule.for_loopback(served.entry_url), shield)
        page = observer.new_page()
        page.set_default_timeout(20_000)
        origin = portal.origin("onlineislemler")
        context.add_cookies([{"name": f"pencere_{name}", "value": "1", "url": origin} for name in SEEN])
        page.goto(f"{portal.origin('onlineislemler')}/oturum?ticket={ticket_for(portal, PERSON)}")
        try:
            yield Guarded(portal, visits, observer, shield, page)
        finally:
            context.close()


class _Around:
    """The middleware that counts."""

    def __init__(self, app: ASGIApp, visits: Visits) -> None:
        self._app = visits.around(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


def control(page: Page, *labels: str) -> Locator:
    """Return the link or button whose name or first line starts with one of *labels*; the editions differ."""
    name = re.compile(
        rf"^\W*(?:{'|'.join(re.escape(label).replace('/', '.') for label in labels)})(?!\w)", re.IGNORECASE
    )
    return page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first


Point = tuple[float, float]
Way = Callable[[Page, Locator, Point], None]


def middle(found: Locator) -> Point:
    """Scroll *found* into view and return where a person would press it."""
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _with_ctrl(page: Page, _found: Locator, point: Point) -> None:
    page.keyboard.down("Control")
    page.mouse.click(*point)
    page.keyboard.up("Control")


def _by_key(key: str) -> Way:
    def press(page: Page, found: Locator, _point: Point) -> None:
        found.focus()
        page.keyboard.press(key)

    return press


def _by_access_key(page: Page, found: Locator, _point: Point) -> None:
    found.evaluate("el => { el.accessKey = 'q'; }")
    session = page.context.new_cdp_session(page)  # Playwright sends no text for a key pressed with Alt
    key = {"modifiers": 1, "key": "q", "code": "KeyQ", "windowsVirtualKeyCode": 81, "unmodifiedText": "q", "text": "q"}
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, **key})
    session.detach()
    found.evaluate("el => { el.removeAttribute('accesskey'); }")


def _dragged(page: Page, _found: Locator, point: Point) -> None:
    page.mouse.move(*point)
    page.mouse.down()
    page.mouse.move(point[0] + 40, point[1] + 40, steps=4)
    page.mouse.up()


WAYS: dict[str, Way] = {
    "press": lambda page, _found, point: page.mouse.click(*point),
    "double click": lambda page, _found, point: page.mouse.dblclick(*point),
    "middle click": lambda page, _found, point: page.mouse.click(*point, button="middle"),
    "ctrl click": _with_ctrl,
    "touch": lambda page, _found, point: page.touchscreen.tap(*point),
    "enter": _by_key("Enter"),
    "space": _by_key("Space"),
    "access key": _by_access_key,
    "context menu": lambda page, _found, point: page.mouse.click(*point, button="right"),
    "drag": _dragged,
    "click by script": lambda _page, found, _point: found.evaluate("el => el.click()"),
}
"""How to set off a control. A link's context menu, or a drag, could open it in a tab we aren't in."""

FORM_WAYS: dict[str, str] = {
    "requestSubmit()": "form => form.requestSubmit()",
    "form.submit()": "form => HTMLFormElement.prototype.submit.call(form)",
}
"""How a script sends a form, or Enter in one of its fields does."""
