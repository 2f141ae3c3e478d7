"""How we look at a page: as a PNG of the window, in the browser's own dark mode if we want that."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from assistant.base.errors import GuideError

_TRIES = 3
_PATIENCE_MS = 15_000.0


class Lens:
    """Looks at one page; the dark mode goes through DevTools (chromedevtools.github.io/devtools-protocol)."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)

    def darken(self, dark: bool) -> None:
        """Have the browser darken pages without a dark look, or stop doing so."""
        # An older browser may not have this method and then shows such a page unchanged.
        with suppress(PlaywrightError):
            self._session.send("Emulation.setAutoDarkModeOverride", {"enabled": dark})

    def picture(self) -> bytes:
        """Return a PNG of what the window shows; the same page gives the same bytes.

        Raises `GuideError` if the browser makes none: a capture that is late is asked for again, not waited for.
        """
        for _ in range(_TRIES):
            with suppress(PlaywrightTimeoutError):
                return self._page.screenshot(animations="disabled", caret="hide", timeout=_PATIENCE_MS)
        raise GuideError("picture_restless")


def png_size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG file, pixels (from its IHDR chunk)."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
