"""Paper from HTML: Chromium lays the pages out and prints them; nothing of it touches a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from assistant.browser import BrowserOptions, open_browser
from assistant.settings import Settings
from assistant.setup import find_browser

ADDRESS = "http://guide.localhost/"
"""Where the pages are for the browser. Nothing listens there: every request is answered in this process."""

_NOTHING_HIDDEN = """all => all.every(
  (one) => getComputedStyle(one).overflowY === "visible" || one.scrollHeight <= one.clientHeight + 1)"""

_HEIGHTS = "all => all.map((one) => [one.id, one.getBoundingClientRect().height])"


class Press:
    """Prints pages in one browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def pdf(self, html: str, files: Mapping[str, Path] | None = None) -> bytes:
        """Return *html* as the PDF that Chromium makes of it. *files* are those the page names, by their names."""
        with self._open(html, files or {}) as page:
            return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)

    def png(self, html: str, width: int, height: int, scale: float) -> bytes:
        """Return *html* as a picture of *width* by *height* CSS pixels, each *scale* device pixels wide and high."""
        with self._open(html, {}, width, height, scale) as page:
            return page.screenshot(animations="disabled")

    def fits(self, html: str, width: int, height: int) -> bool:
        """Tell whether all of *html* is seen in a window of *width* by *height* CSS pixels: no box hides its end."""
        with self._open(html, {}, width, height) as page:
            return bool(page.locator("body, body *").evaluate_all(_NOTHING_HIDDEN))

    def heights(self, html: str, elements: str, width: int) -> dict[str, float]:
        """Return how high the *elements* (a selector) are on paper of *width*, by their names; all CSS pixels."""
        with self._open(html, {}, width) as page:
            page.emulate_media(media="print")
            found: dict[str, float] = dict(page.locator(elements).evaluate_all(_HEIGHTS))
            return found

    @contextmanager
    def _open(
        self, html: str, files: Mapping[str, Path], width: int = 1280, height: int = 800, scale: float = 1
    ) -> Iterator[Page]:
        def answer(route: Route) -> None:
            name = route.request.url.removeprefix(ADDRESS)
            if not name:
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            elif name in files:
                route.fulfill(path=files[name])
            else:
                route.abort()

        context = self._browser.new_context(
            locale="tr-TR",
            color_scheme="light",
            java_script_enabled=False,
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
        )
        try:
            context.route("**/*", answer)
            page = context.new_page()
            page.goto(ADDRESS, wait_until="load")
            yield page
        finally:
            context.close()


@contextmanager
def open_press() -> Iterator[Press]:
    """Start the browser of this machine for printing. Raises `SetupError` when there is none or it does not start."""
    settings = Settings.load()
    with open_browser(
        find_browser(settings.browser, unattended=True), BrowserOptions(extra_args=settings.browser_args)
    ) as browser:
        yield Press(browser)
