"""The panel's window: a page of our own with no server, port or network, separate from the portal's pages.

It has its own browser context. A route serves its few files and aborts every other request; its
Content-Security-Policy allows none. It talks to us through one binding that only this page has.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Page, Route
from playwright.sync_api import Error as PlaywrightError

from assistant.base.errors import SetupError
from assistant.base.interrupt import Impatience
from assistant.base.words import Words
from assistant.card.pin import Pin
from assistant.desk.surface import Event
from assistant.desk.view import View

ORIGIN = "https://panel.invalid"
"""An address that can't exist on any network (RFC 6761, section 6.4)."""
ADDRESS = f"{ORIGIN}/"
_OPENING = (
    "<!--?--><title>{window}</title><style>html{{color-scheme:light dark;background:#fbfaf7}}"
    "@media(prefers-color-scheme:dark){{html{{background:#14191f}}}}</style>"
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_FILES = {
    "/": ("panel.html", "text/html"),
    "/panel.css": ("panel.css", "text/css"),
    "/panel.js": ("panel.js", "text/javascript"),
}
_LONGEST_MESSAGE = 1000
_KINDS = frozenset({"yes", "no", "stop", "action", "close", "more"})


def opening(words: Words) -> str:
    """Return the address that the app window starts with: the panel's name on the panel's paper.

    The window opens before its requests can be answered, and would show the browser's own error page at `ADDRESS`.
    Until a page has a title Chromium names the window after its address up to the question mark: that comes early.
    """
    page = _OPENING.format(window=words("ui.window")).encode("ascii", "xmlcharrefreplace")
    return "data:text/html," + quote(page, safe="<>!?/;:(){}&=-")


@contextmanager
def open_panel(browser: Browser, words: Words, *, headed: bool = False) -> Iterator[Panel]:
    """Open the panel in *browser* and close it afterwards.

    *headed*: in the app window the browser was started with (`opening`), before we make any other context.
    """
    shape: dict[str, Any] = {"viewport": {"width": 460, "height": 900}}
    context = (
        browser.contexts[0]
        if headed
        else browser.new_context(locale="tr-TR", accept_downloads=False, service_workers="block", **shape)
    )
    panel = None
    try:
        panel = Panel(context, words)
        yield panel
    finally:
        if panel is not None:
            panel.leave()
        with suppress(PlaywrightError):  # closing it ends the browser, but the portal's pages may stay open
            if headed and panel is not None:
                panel.page.close()
            else:
                context.close()


class Panel:
    """The window as a `Surface`."""

    def __init__(self, context: BrowserContext, words: Words) -> None:
        """Load the panel. Raises `SetupError` ``browser_policy`` if the institution's policies close its address."""
        self._events: deque[Event] = deque()
        self._shown: dict[str, Any] = {}
        self._impatience = Impatience()
        self._is_over = False
        self._is_gone = False
        context.route("**/*", _answer)
        context.route_web_socket("**/*", lambda socket: socket.close())
        context.expose_binding("eonayTell", self._on_tell)
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        """The panel's only page."""
        self._visit()
        context.new_cdp_session(self.page).send("Page.resetNavigationHistory")  # nothing to go back to
        context.on("page", lambda other: other.close())
        self.page.on("close", lambda _page: self._add(Event("gone")))
        self.page.on("crash", lambda _page: self._lost())
        self.page.evaluate("([language, words]) => eonayBegin(language, words)", [words.language, words.group("ui")])

    def _visit(self) -> None:
        try:
            self.page.goto(ADDRESS)
        except PlaywrightError as error:
            if "ERR_BLOCKED_BY_ADMINISTRATOR" in error.message:
                raise SetupError("browser_policy", f"URLBlocklist: {ADDRESS}") from error
            raise

    def show(self, view: View) -> None:
        """See `Surface.show`. We only send what has changed."""
        shown = view.as_json()
        if shown == self._shown or self.page.is_closed():
            return
        self._shown = shown
        self._is_over = view.end is not None
        try:
            self.page.evaluate("view => eonayShow(view)", shown)
        except PlaywrightError:
            self._lost()

    def events(self) -> list[Event]:
        """See `Surface.events`."""
        self._impatience.heard()
        events = list(self._events)
        self._events.clear()
        return events or ([Event("gone")] if self._is_gone or self.page.is_closed() else [])

    def pause(self, seconds: float) -> None:
        """See `Surface.pause`."""
        with suppress(PlaywrightError):
            self.page.wait_for_timeout(seconds * 1000)

    def take_focus(self) -> None:
        """Bring the window to the front: the portal's page may have taken the keyboard."""
        with suppress(PlaywrightError):
            self.page.bring_to_front()

    def put_away(self) -> None:
        """Close the window and leave the portal's to the person."""
        self.leave()
        with suppress(PlaywrightError):
            self.page.close()

    def leave(self) -> None:
        """Stop listening; called before we close the window."""
        self._is_over = True
        self._impatience.heard()

    def _lost(self) -> None:
        self._is_gone = True
        self._events.append(Event("gone"))

    def _add(self, event: Event) -> None:
        self._events.append(event)
        if event.kind in {"stop", "gone"} and not self._is_over:
            self._impatience.wish()

    def _on_tell(self, source: Any, message: object) -> None:
        if source["page"] is not self.page or source["frame"] != self.page.main_frame:
            return
        if self.page.url == ADDRESS and isinstance(message, str) and (event := parse_event(message)):
            self._add(event)


def parse_event(message: str) -> Event | None:
    """Parse what the page tells us; None for anything our page wouldn't say."""
    if len(message) > _LONGEST_MESSAGE:
        return None
    try:
        told = json.loads(message)
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("kind") not in _KINDS:
        return None
    number, pin, action = told.get("id", 0), told.get("pin"), told.get("action", "")
    if type(number) is not int or not isinstance(pin, str | None) or not isinstance(action, str):
        return None
    return Event(told["kind"], number, Pin(pin) if pin else None, action)


def _answer(route: Route) -> None:
    url = route.request.url
    file = _FILES.get(url.removeprefix(ORIGIN)) if url.startswith(ORIGIN) else None
    if file is None:
        route.abort()
        return
    name, kind = file
    route.fulfill(
        body=(resources.files("assistant.desk") / name).read_text(encoding="utf-8"),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "content-security-policy": POLICY,
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
        },
    )
