"""What all tests share: the machine's browser, kept off every network but loopback."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

_BROWSERS = ("google-chrome", "google-chrome-stable", "microsoft-edge", "chromium", "chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that the program itself would start, and let it reach loopback only."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    return {**browser_type_launch_args, "args": args, **({"executable_path": found} if found else {})}
