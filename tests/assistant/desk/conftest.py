"""The panel for tests that only show it something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from assistant.base.words import words
from assistant.desk.panel import Panel, open_panel


@pytest.fixture(scope="module")
def panel(browser: Browser) -> Iterator[Panel]:
    """One panel in Turkish for the tests of a file."""
    with open_panel(browser, words("desk")) as opened:
        yield opened
