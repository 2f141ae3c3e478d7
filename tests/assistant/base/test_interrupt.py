"""A request to end is heard: one that Python drops, and a wish that nobody hears, which becomes a Ctrl+C."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable

import pytest

from assistant.base.interrupt import Impatience, ends_in_order, is_end_asked


def test_an_unheard_wish_interrupts() -> None:
    """A wait for something that never comes is interrupted once the wish to stop has waited long enough."""
    impatience = Impatience(0.05)
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 (the wait is what is interrupted)
        impatience.wish()
        threading.Event().wait(20)


_IN_THE_BACKGROUND = """
import os, signal, threading
from assistant.base.interrupt import Impatience
impatience = Impatience(0.05)
os.kill(os.getpid(), signal.SIGINT)
try:
    impatience.wish()
    threading.Event().wait(20)
except KeyboardInterrupt:
    print("heard")
os.kill(os.getpid(), signal.SIGINT)
print("ignored")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a shell there starts nothing with signals ignored")
def test_a_program_in_the_background_hears_its_own_wish() -> None:
    """Born with Ctrl+C ignored, as a shell's background jobs are, it hears its own wish all the same, and no other."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        started = subprocess.run(
            [sys.executable, "-c", _IN_THE_BACKGROUND], capture_output=True, text=True, timeout=60, check=False
        )
    finally:
        signal.signal(signal.SIGINT, before)
    assert started.stdout.split() == ["heard", "ignored"], started.stderr


def test_a_wish_that_is_heard_interrupts_nothing() -> None:
    """A wish that is heard in time interrupts nobody, and neither does one from outside the main thread."""
    impatience = Impatience(0.05)
    impatience.wish()
    timer = impatience._timer
    assert timer is not None
    impatience.heard()
    timer.join()
    made: list[Impatience] = []
    beside = threading.Thread(target=lambda: made.append(Impatience(0.05)))
    beside.start()
    beside.join()
    made[0].wish()
    assert made[0]._timer is None


class Litter:
    """Something during whose end Ctrl+C comes."""

    def __del__(self) -> None:
        """It takes a while, so that what is raised once more may fall into the end of another."""
        signal.raise_signal(signal.SIGINT)
        threading.Event().wait(0.1)


def drop_one() -> None:
    """Drop a piece of litter."""
    Litter()


def drop_several() -> None:
    """Drop one after the other."""
    for _ in range(3):
        Litter()


def drop_what_is_watched() -> None:
    """Drop something whose weak reference has a callback."""
    watched = threading.Event()
    told = weakref.ref(watched, lambda _: signal.raise_signal(signal.SIGINT))
    del watched
    assert told() is None


@pytest.mark.parametrize("clear_up", [drop_one, drop_several, drop_what_is_watched])
def test_a_request_that_python_drops_is_raised_again(
    capfd: pytest.CaptureFixture[str], clear_up: Callable[[], None]
) -> None:
    """Ctrl+C while Python clears something up is an end all the same, and there is no stack trace."""
    with ends_in_order(), pytest.raises(KeyboardInterrupt):  # noqa: PT012 (the wait is what is interrupted)
        clear_up()
        assert is_end_asked()
        threading.Event().wait(20)
    assert capfd.readouterr() == ("", "")


def test_what_else_python_drops_is_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a request to end is ours; and afterwards all is as before."""
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: told.append(lost.exc_type))
    ours = sys.unraisablehook
    with ends_in_order():
        watched = threading.Event()
        reference = weakref.ref(watched, lambda _: 1 // 0)
        del watched
        assert reference() is None
    assert told == [ZeroDivisionError]
    assert sys.unraisablehook is ours
