"""Places the portal's window and the panel side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.base.words import Words

PANEL_WIDTH = 500
NARROW_PANEL_WIDTH = 340
"""Minimum width of the panel, in CSS pixels, for small screens."""
PORTAL_WIDTH = 900
"""Minimum width for the portal's pages to look the way they do on any computer, in CSS pixels."""

FRAME_TOP, FRAME_SIDE, FRAME_BOTTOM = 40, 4, 8
"""Room for the frame that a window manager draws around a window, in CSS pixels. GNOME's title bar has 37."""

_PLACE = (
    "<!doctype html><title>{title}</title><style>html{{color-scheme:light dark}}"
    "body{{font:1.25rem system-ui,sans-serif;margin:15vh 2rem;text-align:center}}</style><p>{text}"
)
_OWN_SCREEN = "[screen.availLeft ?? 0, screen.availTop ?? 0, screen.availWidth, screen.availHeight]"
_IS_BARE = "outerWidth === innerWidth && outerHeight === innerHeight"
_HAS_OWN_FRAME = "outerWidth > innerWidth"
_SCREENS = """async () => {
  const one = (s) => [s.availLeft ?? 0, s.availTop ?? 0, s.availWidth, s.availHeight];
  const own = [one(screen)];
  try {
    // Without the permission the browser would lay a question over the panel.
    if ((await navigator.permissions.query({ name: 'window-management' })).state !== 'granted') return own;
    const details = await Promise.race([getScreenDetails(), new Promise((_, no) => setTimeout(no, 500))]);
    return [one(details.currentScreen), ...details.screens.filter((s) => s !== details.currentScreen).map(one)];
  } catch { return own; }
}"""


@dataclass(frozen=True, slots=True)
class Box:
    """A window or screen, in the desktop's CSS pixels."""

    left: int
    top: int
    width: int
    height: int


def side_by_side(screens: Sequence[Box]) -> tuple[Box, Box]:
    """Return where portal and panel go: on the first screen that fits both, else on the widest.

    The panel gives way first: if the portal would get too small for its pages, the panel becomes narrow.
    """
    fitting = next((s for s in screens if s.width >= PORTAL_WIDTH + NARROW_PANEL_WIDTH), None)
    screen = fitting or max(screens, key=lambda s: s.width)
    wanted = min(max(screen.width - PORTAL_WIDTH, NARROW_PANEL_WIDTH), PANEL_WIDTH)
    panel_width = min(wanted, screen.width // 2)
    portal = Box(screen.left, screen.top, screen.width - panel_width, screen.height)
    return portal, Box(screen.left + portal.width, screen.top, panel_width, screen.height)


def lay_out(portal: Page, panel: Page) -> None:
    """Put the two windows side by side. If the browser or the desktop refuses, they stay where they are."""
    with suppress(PlaywrightError):
        with _screens_allowed(panel):
            screens = [Box(*(round(n) for n in screen)) for screen in panel.evaluate(_SCREENS)]
        for_portal, for_panel = side_by_side(screens)
        if panel.evaluate(_IS_BARE) and portal.evaluate(_HAS_OWN_FRAME):
            for_panel = inside_frame(for_panel)
        width = _move(panel, for_panel)
        excess = max(0, width - for_panel.width)
        if excess:
            _move(panel, replace(for_panel, left=for_panel.left - excess, width=width))
        _move(portal, replace(for_portal, width=for_portal.width - excess))
        panel.bring_to_front()


def hold_place(portal: Page, words: Words) -> None:
    """Say in the portal's window what it is for: the person may have something to decide before the portal opens."""
    with suppress(PlaywrightError):
        portal.set_content(_PLACE.format(title=words("place.title"), text=words("place.text")))


def at_the_side(screen: Box) -> Box:
    """Return where the panel goes on its own: at the right edge, so the person's browser stays visible."""
    width = min(PANEL_WIDTH, screen.width * 2 // 5)
    return Box(screen.left + screen.width - width, screen.top, width, screen.height)


def lay_alone(panel: Page) -> None:
    """Put the panel at the side of the screen, next to a browser that isn't ours."""
    with suppress(PlaywrightError):
        box = at_the_side(Box(*(round(n) for n in panel.evaluate(_OWN_SCREEN))))
        _move(panel, inside_frame(box) if panel.evaluate(_IS_BARE) else box)


def inside_frame(box: Box) -> Box:
    """Return where a window goes so that a window manager's frame around it ends within *box*.

    Under X11 Chromium draws the frame of a browser's window itself, unless no window manager draws any. An app's window
    is always framed by the window manager. Chromium knows nothing of that frame and places what is inside it, so its
    title would lie above the screen, and its lower edge under a taskbar.
    """
    return Box(
        box.left + FRAME_SIDE,
        box.top + FRAME_TOP,
        box.width - 2 * FRAME_SIDE,
        box.height - FRAME_TOP - FRAME_BOTTOM,
    )


@contextmanager
def _screens_allowed(page: Page) -> Iterator[None]:
    """Let *page* see all screens for a moment, without asking the person."""
    session = page.context.new_cdp_session(page)
    try:
        with suppress(PlaywrightError):
            target = session.send("Target.getTargetInfo")["targetInfo"]
            grant = {"permissions": ["windowManagement"], "browserContextId": target["browserContextId"]}
            session.send("Browser.grantPermissions", {**grant, "origin": page.evaluate("origin")})
        yield
        with suppress(PlaywrightError):
            session.send("Browser.resetPermissions", {"browserContextId": target["browserContextId"]})
    finally:
        session.detach()


def _move(page: Page, box: Box) -> int:
    """Move *page*'s window and return the width it got."""
    session = page.context.new_cdp_session(page)
    try:
        window: dict[str, Any] = session.send("Browser.getWindowForTarget")
        # You can't resize a maximised window; make it a normal one first.
        for bounds in (
            {"windowState": "normal"},
            {"left": box.left, "top": box.top, "width": box.width, "height": box.height},
        ):
            session.send("Browser.setWindowBounds", {"windowId": window["windowId"], "bounds": bounds})
        return int(session.send("Browser.getWindowBounds", {"windowId": window["windowId"]})["bounds"]["width"])
    finally:
        session.detach()
