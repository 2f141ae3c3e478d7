"""What all tests share: the machine's browser, kept off every network but loopback."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from assistant.base.answer import begin
from assistant.browser.launch import LOOPBACK_ONLY
from assistant.setup import find_browser
from tests import claims

# Background jobs may start with Ctrl+C and Ctrl+\ ignored, and every program they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32" and signal.getsignal(signal.SIGQUIT) is signal.SIG_IGN:
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)


settings.register_profile("any machine", deadline=None)  # a busy machine is no failure
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Have a whole run watch the promises of SECURITY.md."""
    claims.watch(config)


@pytest.fixture(autouse=True)
def own_command() -> Iterator[None]:
    """Treat each test as a separate command: what one said, or how it handles signals, doesn't reach the next."""
    begin()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser the way unattended runs do, and let it reach loopback only."""
    found = find_browser(os.environ.get("EONAY_BROWSER"), unattended=True)
    return {**browser_type_launch_args, **found.launch_options(*LOOPBACK_ONLY)}
