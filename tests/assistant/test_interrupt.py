"""A wish to stop that nobody hears becomes a Ctrl+C."""

from __future__ import annotations

import threading

import pytest

from assistant.interrupt import Impatience


def test_an_unheard_wish_interrupts() -> None:
    """Whoever waits for something that never comes is interrupted once the wish to stop has waited long enough."""
    impatience = Impatience(0.05)
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 (the wait is what is interrupted)
        impatience.wish()
        threading.Event().wait(20)


def test_a_wish_that_is_heard_interrupts_nothing() -> None:
    """A wish that was heard in time leaves whoever heard it alone, and so does one from beside the main thread."""
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
