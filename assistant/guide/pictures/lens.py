"""How a page is seen: as a PNG of the window, in the browser's own dark look where that is wanted."""

from __future__ import annotations

import base64
from asyncio import CancelledError
from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from assistant.errors import GuideError
from flows.giving_up import given_up_after

_TRIES = 3
_PATIENCE_MS = 15_000.0
_AT_REST = """() => {
  for (const one of document.getAnimations()) {
    if (one.effect?.getComputedTiming().endTime === Infinity) one.cancel();
    else one.finish();
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { caret-color: transparent !important; }');
  document.adoptedStyleSheets.push(sheet);
  return {
    window: [devicePixelRatio, innerWidth, innerHeight],
    clear: () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet); },
  };
}"""
"""Ends what moves and hides the caret, as a usual screenshot does; returns the window's measures."""


class Lens:
    """Sees one page; its look is chosen by the debugging protocol (chromedevtools.github.io/devtools-protocol)."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)

    def darken(self, dark: bool) -> None:
        """Let the browser draw pages that have no dark look of their own in its dark look, or no longer."""
        # The method may be missing in an older browser, which then shows such a page as it is.
        with suppress(PlaywrightError):
            self._session.send("Emulation.setAutoDarkModeOverride", {"enabled": dark})

    def picture(self) -> bytes:
        """Return a PNG of what the window shows; the same page gives the same bytes.

        Raises `GuideError` when the browser makes none: a capture that is late is asked for again, not waited for.
        """
        for _ in range(_TRIES):
            if png := self._quick():
                return png
        with suppress(PlaywrightTimeoutError):
            return self._page.screenshot(animations="disabled", caret="hide", timeout=_PATIENCE_MS)
        raise GuideError("picture_restless")

    def _quick(self) -> bytes | None:
        """Return the picture, compressed quickly: the pixels of a usual screenshot in half the time. None if late.

        Once such a capture was never answered, so it is given up. The first one after a change of the window may still
        have the old size.
        """
        with suppress(CancelledError), given_up_after(_PATIENCE_MS / 1000):
            stills = [frame.evaluate_handle(_AT_REST) for frame in self._page.frames]
            scale, width, height = stills[0].evaluate("still => still.window")
            window = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
            how = {"format": "png", "optimizeForSpeed": True, "clip": window}
            png = base64.b64decode(self._session.send("Page.captureScreenshot", how)["data"])
            for still in stills:
                still.evaluate("still => still.clear()")
            if png_size(png) == (round(width * scale), round(height * scale)):
                return png
        return None


def png_size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG file, pixels (from its IHDR chunk)."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
