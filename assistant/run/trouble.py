"""When the browser fails a run, or the run is asked to end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from loguru import logger
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.base.errors import RunError
from assistant.base.interrupt import Watchdog, is_end_asked
from assistant.run.events import Stop

_UNREACHABLE = (
    ("ERR_CERT_", "portal_untrusted"),
    ("ERR_BLOCKED_BY_ADMINISTRATOR", "portal_blocked"),
    ("ERR_PROXY_", "proxy_unreachable"),
    ("ERR_TUNNEL_CONNECTION_FAILED", "proxy_unreachable"),
)
"""What the browser says about a page that doesn't open, and the reason it means."""


class CrashWatch:
    """Knows whether a page of a browser context has crashed."""

    def __init__(self, context: BrowserContext, ring: Callable[[], None]) -> None:
        """*ring* is called when one crashes, so that a wait for the page ends."""
        self.has_come = False
        self._ring = ring
        context.on("page", self._watch)
        for page in context.pages:
            self._watch(page)

    def _watch(self, page: Page) -> None:
        page.on("crash", self._on_crash)

    def _on_crash(self, _page: Page) -> None:
        self.has_come = True
        self._ring()


def let_go(context: BrowserContext, attend: Callable[[], None], watchdog: Watchdog) -> tuple[Stop, bool]:
    """Close the pages; one may be hung. Return how the run ends, and whether it wasn't the person at the desk.

    All at once: a page closed on its own while a navigation comes in may never report that it is closed.
    *attend* raises `RunError` when the person wanted to stop. A Ctrl+C sent by the *watchdog* means a frozen page.
    """
    with suppress(PlaywrightError):
        context.close()
    try:
        attend()
    except RunError as error:
        stop, was_interrupted = Stop(error.code), False
    else:
        stop, was_interrupted = Stop("person_stopped"), True
    if watchdog.has_barked and stop.reason == "person_stopped" and not is_end_asked():
        return Stop("page_frozen"), False
    return stop, was_interrupted


def browser_trouble(error: PlaywrightError) -> Stop:
    """Say what a browser that is gone means: a closed window is the person's word."""
    if "crash" in error.message.lower():
        return Stop("browser_crashed")
    if "closed" in error.message:
        return Stop("window_closed")
    logger.debug("the browser failed: {}", type(error).__name__)
    return Stop("browser_failed")


def why_unreachable(said: str) -> str:
    """Return the reason why a page couldn't be opened, from what the browser *said* about it.

    The codes are Chromium's: https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h.
    """
    return next((reason for code, reason in _UNREACHABLE if code in said), "portal_unreachable")


def is_browser_gone(context: BrowserContext) -> bool:
    """Return whether the browser itself is gone and not just a window: closing one doesn't do that."""
    try:
        if context.browser is not None:
            context.browser.new_browser_cdp_session().detach()
    except Exception:  # noqa: BLE001 (without its driver Playwright raises all sorts of things)
        return True
    return False
