"""Pages as UI libraries draw them: each kind of trap, and its harmless twin."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.assistant.cases.harness import PAGES, Expectation, run_page
from tests.sampling import sampled

LONG = {"banner-spoken-of", "clock-longpoll", "skeleton-crumbs", "toast-over-button", "twin-of-code-for-another-deed"}
"""Pages that take long to watch; the others and the variants cover the same kinds."""
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


@pytest.mark.parametrize("name", sampled(NAMES, every_run=[name for name in NAMES if name not in LONG]))
def test_a_page_ends_as_it_says(browser: Browser, name: str) -> None:
    """A trap is left alone, its twin passes, and nothing is pressed that the page doesn't name."""
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    seen = run_page(html, browser)
    assert seen.differences(Expectation.of(html)) == []
