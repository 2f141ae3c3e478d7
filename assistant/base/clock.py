"""A clock that keeps running while the computer sleeps: ten minutes for a person are ten real minutes."""

from __future__ import annotations

import sys
import time


def real_seconds() -> float:
    """Return seconds since some moment, including sleep. Nobody can set this clock.

    `time.monotonic` stops during sleep on Linux and macOS: see clock_gettime(2) on each.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
