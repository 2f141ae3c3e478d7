"""Pages in the shapes that UI libraries draw: each kind of trap, and its harmless twin."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.assistant.cases.harness import PAGES, Expectation, run_page


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_a_page_ends_as_it_says(browser: Browser, name: str) -> None:
    """A trap is left alone, its twin is passed, and nothing is pressed that the page does not name."""
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    seen = run_page(html, browser)
    assert seen.differences(Expectation.of(html)) == []
