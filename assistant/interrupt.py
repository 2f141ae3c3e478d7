"""A request to end, from the system, a closed terminal or the panel, is the same as Ctrl+C: the run ends in order."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""``kill`` and shutting down; closing the terminal; closing the console of Windows."""


@contextmanager
def ends_in_order() -> Iterator[None]:
    """Inside, the first such request raises `KeyboardInterrupt`; further ones do not cut the tidying up short.

    Does nothing outside the main thread, and leaves alone what whoever started the program wants ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    is_ending = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_ending
        if not is_ending:
            is_ending = True
            raise KeyboardInterrupt

    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in known}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Impatience:
    """Makes a wish to stop that nobody hears a Ctrl+C: whoever should hear it waits for a page that never answers.

    Does nothing where it was made outside the main thread, for only that one can be interrupted.
    """

    def __init__(self, seconds: float = 3.0) -> None:
        """*seconds* are given to be heard in."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._can_interrupt = threading.current_thread() is threading.main_thread()

    def wish(self) -> None:
        """Somebody wishes to stop; a wish that is under way counts from its beginning."""
        with self._lock:
            if self._timer is None and self._can_interrupt:
                self._timer = threading.Timer(self._seconds, self._interrupt)
                self._timer.daemon = True
                self._timer.start()

    def heard(self) -> None:
        """The wish was heard, or there is none."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _interrupt(self) -> None:
        with self._lock:
            if self._timer is not threading.current_thread():
                return
            self._timer = None
            if sys.platform == "win32":
                _thread.interrupt_main()
            else:  # a real signal, because only that wakes a thread that waits in the system
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
