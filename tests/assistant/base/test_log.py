"""What may reach the terminal of the person."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TROUBLED_LIBRARY = """
from assistant.base.log import configure_log
configure_log()
import logging
logging.getLogger("playwright").error("968121968799342", exc_info=ValueError("968121968799342"))
"""


@pytest.mark.parametrize("level", ["", "DEBUG"])
def test_what_a_library_logs_is_no_message(level: str) -> None:
    """A library that logs an error puts neither a stack trace nor what it was about on the terminal."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "EONAY_LOG": level}
    command = [sys.executable, "-P", "-c", TROUBLED_LIBRARY]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("", "")
