"""How a page is seen: as a PNG of the window, in the browser's own dark look where that is wanted."""

from __future__ import annotations

import base64
from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.errors import GuideError

_TRIES = 20


class Lens:
    """Sees one page through the browser's debugging protocol (chromedevtools.github.io/devtools-protocol).

    It stays with the page until that is closed: the window's measures would be forgotten with it.
    """

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

        Raises `GuideError` when the window does not take the size it was given.
        """
        scale, width, height = self._page.evaluate("[devicePixelRatio, innerWidth, innerHeight]")
        measures = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self._session.send("Emulation.setDeviceMetricsOverride", measures)
        for _ in range(_TRIES):
            # Compressed quickly: several times as fast as a usual screenshot, with the same pixels.
            shot = self._session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
            png = base64.b64decode(shot["data"])
            # The first frame after a change of the window may still have its old size.
            if png_size(png) == (round(width * scale), round(height * scale)):
                return png
        raise GuideError("picture_restless", f"{png_size(png)}")


def png_size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG file, pixels (from its IHDR chunk)."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
