"""What all tests share: the machine's browser, kept off every network but loopback."""

from __future__ import annotations

import os
from typing import Any

import pytest

from assistant.browser import LOOPBACK_ONLY
from assistant.setup import find_browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that the program itself would start, and let it reach loopback only."""
    found = find_browser(os.environ.get("EONAY_BROWSER"))
    return {**browser_type_launch_args, **found.launch_options(*LOOPBACK_ONLY)}
