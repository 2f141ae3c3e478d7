"""Giving up a Playwright call: an evaluate has no limit of its own, and a wait may have become needless."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Give up the Playwright call within that takes longer than *seconds*, by `asyncio.CancelledError`.

    Playwright's evaluate has no time limit of its own: https://github.com/microsoft/playwright/issues/13253.
    """
    before = asyncio.all_tasks()
    timer = asyncio.get_running_loop().call_later(seconds, give_up, before)
    try:
        yield
    finally:
        timer.cancel()


def give_up(before: set[asyncio.Task[object]], only: str = "") -> None:
    """Cancel the calls that were begun since *before*; with *only*, those whose coroutine has that in its name."""
    for task in asyncio.all_tasks() - before:
        if task is not asyncio.current_task() and only in getattr(task.get_coro(), "__qualname__", ""):
            task.cancel()
