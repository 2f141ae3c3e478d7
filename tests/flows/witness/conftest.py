"""One tab shows the pages of all the ways, one after another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from assistant.browser.launch import fresh_context
from tests.flows.witness.explore import Viewer


@pytest.fixture(scope="session")
def viewer(browser: Browser) -> Iterator[Viewer]:
    """One tab for all the pages."""
    with fresh_context(browser) as context:
        yield Viewer(context)
