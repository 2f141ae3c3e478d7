"""A wish to stop that nobody hears becomes a Ctrl+C."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from assistant.base.interrupt import Impatience


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
