"""Pictures of a whole screen: of what a page holds by then, and not of what it held some frames before."""

from __future__ import annotations

import os

from playwright.sync_api import Playwright

from assistant.browser.launch import LOOPBACK_ONLY
from assistant.setup import find_browser
from tests.assistant.real_desk.screen import Screen

_PAINT = """colour => {
  document.body.style.background = colour;
  return [screenX + innerWidth / 2, screenY + outerHeight - innerHeight / 2];
}"""


def test_a_picture_shows_the_page_as_it_is_by_then(playwright: Playwright, small_screen: Screen) -> None:
    """Each colour that a page takes is in the very next picture, in the page's middle, and no spot is left in it."""
    surroundings: dict[str, str | float | bool] = {**os.environ, "DISPLAY": small_screen.name}
    found = find_browser(os.environ.get("EONAY_BROWSER"))
    browser = playwright.chromium.launch(**found.launch_options(*LOOPBACK_ONLY), headless=False, env=surroundings)
    page = browser.new_page(no_viewport=True)
    for colour in ((200, 30, 40), (20, 160, 60), (30, 50, 210)) * 3:
        x, y = page.evaluate(_PAINT, f"rgb{colour}")
        small_screen.await_paint(page)
        picture = small_screen.picture()
        assert picture.getpixel((round(x), round(y))) == colour
        assert (1, 254, 77) not in {shown for _, shown in picture.getcolors(1 << 20) or []}
    browser.close()
