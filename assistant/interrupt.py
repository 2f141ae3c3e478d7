"""A request to end, from the system or from a closed terminal, is the same as Ctrl+C: the run ends in good order."""

from __future__ import annotations

import signal
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
