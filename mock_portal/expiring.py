"""A bounded store whose entries expire by the portal's clock: it keeps sessions and one-time tickets."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from mock_portal.clock import Clock

V = TypeVar("V")


class Expiring(Generic[V]):
    """Maps random tokens to values; each expires `lifetime` seconds after it was put in or last read.

    Keeps at most `limit` values: the least recently used one goes first. Thread-safe.
    """

    def __init__(self, clock: Clock, lifetime: float, limit: int = 10_000) -> None:
        self._clock = clock
        self._lifetime = timedelta(seconds=lifetime)
        self._limit = limit
        self._values: OrderedDict[str, tuple[datetime, V]] = OrderedDict()  # least recently used first
        self._lock = threading.Lock()

    def put(self, value: V) -> str:
        """Keep `value` and return a new token for it."""
        token = secrets.token_urlsafe(24)
        now = self._clock.now()
        with self._lock:
            self._drop_ended(now)
            while len(self._values) >= self._limit:
                self._values.popitem(last=False)
            self._values[token] = (now + self._lifetime, value)
        return token

    def get(self, token: str) -> V | None:
        """Return the value and restart its lifetime; None if there is none (any more)."""
        now = self._clock.now()
        with self._lock:
            found = self._values.get(token)
            if found is None or found[0] <= now:
                return None
            self._values[token] = (now + self._lifetime, found[1])
            self._values.move_to_end(token)
            return found[1]

    def take(self, token: str) -> V | None:
        """Return the value and forget it: a token is good for one use. None if there is none."""
        now = self._clock.now()
        with self._lock:
            found = self._values.pop(token, None)
        return None if found is None or found[0] <= now else found[1]

    def __len__(self) -> int:
        with self._lock:
            return len(self._values)

    def _drop_ended(self, now: datetime) -> None:
        # All lifetimes are equal, so the order of use is the order of expiry.
        while self._values:
            token, (ends, _) = next(iter(self._values.items()))
            if ends > now:
                return
            del self._values[token]
