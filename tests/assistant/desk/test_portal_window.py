"""The portal's window of a guided run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

import mock_portal
from assistant.desk.guided_run import first_page, portal_context


@pytest.mark.parametrize("path", ["/landing", "/e-devlet"])
def test_no_translation_of_the_portal_is_offered(browser: Browser, path: str) -> None:
    """Each of its pages tells the browser once that it isn't to be translated, for all its own policy."""
    portal = mock_portal.Portal(people=["ayse"])
    with mock_portal.serve(portal) as served, portal_context(browser, headed=False) as context:
        page = first_page(context)
        page.goto(served.entry_url.replace("/landing", path))
        assert page.locator('head > meta[name="google"][content="notranslate"]').count() == 1
