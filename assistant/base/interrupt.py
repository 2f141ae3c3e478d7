"""A request to end, from the keyboard, the system, a closed terminal or the panel, ends the run cleanly, and soon.

The first one raises `KeyboardInterrupt`; further ones don't cut the cleanup short. If the cleanup hangs, the program
ends anyway after `GIVE_UP_S` and takes with it whatever it started.
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
from time import sleep
from types import FrameType
from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
"""Ctrl+C; ``kill`` and shutdown; closing the terminal; Ctrl+\\; closing the console on Windows."""
GIVE_UP_S = 9.0
"""How long a clean end may take, seconds; longer than we wait for the workers of a fleet."""
_MOMENT_S = 0.02
"""How long Python has to be done with what dropped our exception."""


def _known() -> list[signal.Signals]:
    return [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


class _State:
    """What this process knows about a request to end."""

    def __init__(self) -> None:
        self.is_asked = False
        self.is_wish = False
        """Whether the next SIGINT is our own: see `Impatience`."""
        self.is_held = False


_state = _State()


def is_end_asked() -> bool:
    """Return whether this process was asked to end."""
    return _state.is_asked


def hold_interrupts() -> None:
    """From now on a request to end raises nothing and only shows in `is_end_asked`: the known outcome must be told."""
    _state.is_held = True


def release_interrupts() -> None:
    """The outcome has been told: a request to end raises `KeyboardInterrupt` again."""
    _state.is_held = False


@contextmanager
def ends_in_order(last_words: Callable[[], int] | None = None) -> Iterator[None]:
    """Inside, the first request to end raises `KeyboardInterrupt`; further ones don't cut the cleanup short.

    With *last_words* the program ends `GIVE_UP_S` after the first one at the latest, with everything it started: they
    say what there is to say, in a thread of their own, and return the exit code.

    Does nothing outside the main thread, and leaves signals alone that whoever started the program wants ignored.
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

    def notice(lost: Any) -> None:
        if lost.exc_type is not KeyboardInterrupt:
            before_ours(lost)
        elif not _state.is_held:
            # Without a Thread object, whose locks the main thread may hold just now.
            _thread.start_new_thread(_ask_again, ())

    _state.is_asked = _state.is_held = _state.is_wish = False
    before = {number: signal.getsignal(number) for number in _known()}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, end)
    before_ours, sys.unraisablehook = sys.unraisablehook, notice
    try:
        yield
    finally:
        sys.unraisablehook = before_ours
        if last_words is None:
            for number, handler in before.items():
                signal.signal(number, handler)
        else:  # the program is ending: a signal now changes nothing, and would only print a stack trace
            hold_interrupts()
            atexit.register(_ignore)


def _ask_again() -> None:
    """Raise the `KeyboardInterrupt` once more, a moment later.

    Where Python is just clearing something up (``__del__``, a weak reference's callback), it drops an exception, prints
    its stack trace and goes on.
    """
    sleep(_MOMENT_S)
    _interrupt_main()


def _ignore() -> None:
    """Python forgets its own handlers while it ends, but not this."""
    for number in _known():
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def born_deaf() -> Iterator[None]:
    """Processes started inside hear no request to end until they call `hear`.

    A terminal's Ctrl+C reaches them too, and while Python starts it would print a stack trace. This process hears
    afterwards whatever came meanwhile. On Windows there is nothing to block.
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
    """Hear requests to end, including those that came since this process began."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _known())


def forget() -> None:
    """Forget the requests to end that came since this process began: its parent heard them and decides."""
    if sys.platform != "win32":
        for number in _known():
            handler = signal.getsignal(number)
            signal.signal(number, signal.SIG_IGN)  # that discards whatever is pending (POSIX, sigaction)
            signal.signal(number, handler)
    hear()


def _hear_wishes(_number: int, _frame: FrameType | None) -> None:
    """Hear only our own wish: whoever started the program wants every other SIGINT ignored."""
    is_wish, _state.is_wish = _state.is_wish, False
    if is_wish and not _state.is_held:
        raise KeyboardInterrupt


class Impatience:
    """Turns a wish to stop that nobody hears into a Ctrl+C: whoever should hear it is waiting for a hung page.

    Does nothing if it was made outside the main thread: only that one can be interrupted.
    """

    def __init__(self, seconds: float = 3.0) -> None:
        """A wish has *seconds* to be heard."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._can_interrupt = threading.current_thread() is threading.main_thread()
        if self._can_interrupt:
            _hear_own_wishes()

    def wish(self) -> None:
        """Somebody wants to stop; repeating the wish doesn't restart its time."""
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
    """Raises a Ctrl+C when the main thread has given no sign for *seconds*: it hangs.

    A thread of its own counts the seconds one by one, so that neither a sleeping computer nor a suspended program sets
    it off. Does nothing if it was made outside the main thread.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._left = seconds
        self._is_over = threading.Event()
        self.has_barked = False
        """Whether this watchdog sent the Ctrl+C."""
        if threading.current_thread() is threading.main_thread():
            _hear_own_wishes()
            threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def alive(self) -> None:
        """Say that the main thread is still going."""
        self._left = self._seconds

    def close(self) -> None:
        """Stop watching."""
        self._is_over.set()

    def _watch(self) -> None:
        while not self._is_over.wait(1):
            self._left -= 1
            if self._left <= 0:
                self.has_barked = True
                _interrupt_main()
                return


def _hear_own_wishes() -> None:
    """A shell's background job is born with SIGINT ignored, and would never hear its own wish."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, _hear_wishes)


def _interrupt_main() -> None:
    _state.is_wish = True
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:  # a real signal: only that wakes a thread waiting in the system
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
