"""The portal's clock: every lifetime and validity in the mock portal goes by it; a test can move it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whatever the portal asks for the time."""

    def now(self) -> datetime:
        """Return the current moment as an aware datetime in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until it is moved; safe to move from another thread.

    `start` is an aware datetime; without one the clock stops at the moment it was made.
    """

    def __init__(self, start: datetime | None = None) -> None:
        moment = start if start is not None else datetime.now(UTC)
        if moment.tzinfo is None:
            raise ValueError("the clock needs an aware datetime")
        self._now = moment.astimezone(UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the moment the clock was last moved to, in UTC."""
        with self._lock:
            return self._now

    def advance(self, seconds: float) -> datetime:
        """Move the clock on by `seconds` (not negative: time doesn't run backwards) and return the new moment."""
        if seconds < 0:
            raise ValueError("the clock cannot be moved back")
        with self._lock:
            self._now += timedelta(seconds=seconds)
            return self._now
