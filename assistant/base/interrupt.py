"""A request to end, from the keyboard, the system, a closed terminal or the panel, ends the run in order, and soon.

The first one raises `KeyboardInterrupt`; further ones do not cut the tidying up short. Where the tidying up hangs, the
program ends all the same after `GIVE_UP_S`, and takes with it what it has started.
"""

from __future__ import annotations

import _thread
import atexit
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C; ``kill`` and shutting down; closing the terminal; closing the console of Windows."""
GIVE_UP_S = 9.0
"""How long an end in order may take, seconds; longer than the workers of a fleet are waited for."""


def _known() -> list[signal.Signals]:
    return [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


class _State:
    """What this process knows of a request to end."""

    def __init__(self) -> None:
        self.is_asked = False
        self.is_wish = False
        """Whether the next SIGINT is our own: see `Impatience`."""
        self.is_held = False


_state = _State()


def is_end_asked() -> bool:
    """Tell whether this process was asked to end."""
    return _state.is_asked


def hold_interrupts() -> None:
    """From now on a request to end raises nothing, and `is_end_asked` says it: the outcome is known and gets told."""
    _state.is_held = True


def release_interrupts() -> None:
    """The outcome was told: a request to end raises `KeyboardInterrupt` again."""
    _state.is_held = False


@contextmanager
def ends_in_order(last_words: Callable[[], int] | None = None) -> Iterator[None]:
    """Inside, the first such request raises `KeyboardInterrupt`; further ones do not cut the tidying up short.

    With *last_words* the program is ended `GIVE_UP_S` after the first one at the latest, with all that it has started:
    they say what there is to say, in a thread of their own, and return the exit code.

    Does nothing outside the main thread, and leaves alone what whoever started the program wants ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(last_words: Callable[[], int]) -> None:
        threading.Event().wait(GIVE_UP_S)
        with suppress(Exception):
            from assistant.base.family import end_children  # here, because this module comes before all others

            end_children()
        os._exit(last_words())

    def end(_number: int, _frame: FrameType | None) -> None:
        is_wish, _state.is_wish = _state.is_wish, False
        if not is_wish:
            if _state.is_asked:
                return
            _state.is_asked = True
            if last_words is not None:
                threading.Thread(target=give_up, args=(last_words,), name="give-up", daemon=True).start()
        if not _state.is_held:
            raise KeyboardInterrupt

    _state.is_asked = _state.is_held = False
    before = {number: signal.getsignal(number) for number in _known()}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, end)
    try:
        yield
    finally:
        if last_words is None:
            for number, handler in before.items():
                signal.signal(number, handler)
        else:  # the program ends: what comes now changes nothing, and would be answered with a stack trace
            hold_interrupts()
            atexit.register(_ignore)


def _ignore() -> None:
    """Python forgets its own handlers while it ends, but not this."""
    for number in _known():
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def born_deaf() -> Iterator[None]:
    """Processes that are started inside hear no request to end until they call `hear`.

    A terminal's Ctrl+C reaches them too, and while Python starts it would answer with a stack trace. What comes
    meanwhile is heard by this process afterwards. On Windows there is nothing to block.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _known())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hear() -> None:
    """Hear requests to end, those as well that have come since this process began."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _known())


def forget() -> None:
    """Forget the requests to end that have come since this process began: its parent has heard them and decides."""
    if sys.platform != "win32":
        for number in _known():
            handler = signal.getsignal(number)
            signal.signal(number, signal.SIG_IGN)  # what waits to be heard is gone with that (POSIX, sigaction)
            signal.signal(number, handler)
    hear()


def _hear_wishes(_number: int, _frame: FrameType | None) -> None:
    """Hear a wish of our own alone: whoever started the program wants every other SIGINT ignored."""
    is_wish, _state.is_wish = _state.is_wish, False
    if is_wish and not _state.is_held:
        raise KeyboardInterrupt


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
        if self._can_interrupt:
            _hear_own_wishes()

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
            _interrupt_main()


class Watchdog:
    """Makes it a Ctrl+C when the main thread has given no sign for *seconds*: it waits for what never answers.

    The seconds are counted by a thread of its own, one by one, so that a computer that sleeps or a program that is held
    meanwhile wakes nobody. Does nothing where it was made outside the main thread.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._left = seconds
        self._is_over = threading.Event()
        self.has_barked = False
        """Whether it was it that made the Ctrl+C."""
        if threading.current_thread() is threading.main_thread():
            _hear_own_wishes()
            threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def alive(self) -> None:
        """Say that the main thread goes on."""
        self._left = self._seconds

    def close(self) -> None:
        """Watch no more."""
        self._is_over.set()

    def _watch(self) -> None:
        while not self._is_over.wait(1):
            self._left -= 1
            if self._left <= 0:
                self.has_barked = True
                _interrupt_main()
                return


def _hear_own_wishes() -> None:
    """What a shell starts in the background is born with SIGINT ignored, and would never hear its own wish."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, _hear_wishes)


def _interrupt_main() -> None:
    _state.is_wish = True
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:  # a real signal, because only that wakes a thread that waits in the system
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
