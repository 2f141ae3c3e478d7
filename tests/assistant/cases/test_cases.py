"""Pages as UI libraries draw them: each kind of trap, and its harmless twin."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.assistant.cases.harness import PAGES, Expectation, run_page
from tests.sampling import sampled

BY_NIGHT = {
    *("banner-spoken-of", "clock-longpoll", "skeleton-crumbs", "toast-over-button", "twin-of-code-for-another-deed"),
    *("alert-after-press", "aria-tabs", "canvas-where-it-is-decided", "display-contents", "gone-after-all"),
    *("icon-only-taken-for-close", "link-nested-in-tile", "otp-zero-width", "primefaces-checkbox", "sidebar-and-tile"),
    *("success-told-by-dialog", "twin-of-closed-tree-says-otherwise", "twin-of-value-around-a-component"),
}
"""Pages that take long to watch, or have another of the same kind among the rest or the variants."""
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


@pytest.mark.parametrize("name", sampled(NAMES, every_run=[name for name in NAMES if name not in BY_NIGHT]))
def test_a_page_ends_as_it_says(browser: Browser, name: str) -> None:
    """A trap is left alone, its twin passes, and nothing is pressed that the page doesn't name."""
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    seen = run_page(html, browser)
    assert seen.differences(Expectation.of(html)) == []
