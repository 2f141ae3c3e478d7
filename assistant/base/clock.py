"""A clock that goes on while the computer sleeps, so that ten minutes for a person are ten minutes."""

from __future__ import annotations

import sys
import time


def real_seconds() -> float:
    """Return seconds since some moment, sleep included; nobody can set this clock.

    `time.monotonic` stands still during sleep on Linux and macOS (clock_gettime(2) of each).
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
