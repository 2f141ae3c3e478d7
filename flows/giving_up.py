"""Giving up a Playwright call: evaluate has no timeout of its own, and a wait may have become pointless."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Give up the Playwright call inside after *seconds*, with `asyncio.CancelledError`.

    Playwright's evaluate has no timeout of its own: https://github.com/microsoft/playwright/issues/13253.
    """
    loop = _loop()
    if loop is None:
        yield
        return
    timer = loop.call_later(seconds, give_up, asyncio.all_tasks(loop))
    try:
        yield
    finally:
        timer.cancel()


def under_way() -> set[asyncio.Task[object]]:
    """Return the calls under way."""
    loop = _loop()
    return set() if loop is None else asyncio.all_tasks(loop)


def _loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop of Playwright's calls; None when its driver is gone, which each call reports at once."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def give_up(before: set[asyncio.Task[object]]) -> None:
    """Cancel the calls begun since *before*."""
    for task in asyncio.all_tasks() - before:
        if task is not asyncio.current_task():
            task.cancel()


class Call:
    """A Playwright call that an event handler can give up, and no other call with it."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[Any]] = []
        self.is_given_up = False

    @contextmanager
    def made(self) -> Iterator[None]:
        """Make the call inside this block: it raises `asyncio.CancelledError` when it is given up."""
        loop = _loop()
        if loop is None:
            yield
            return
        before, token = loop.get_task_factory(), _CALL.set(self)
        loop.set_task_factory(_noted)
        try:
            yield
        finally:
            loop.set_task_factory(before)
            _CALL.reset(token)
            self._tasks.clear()

    def give_up(self) -> None:
        """End the call now."""
        self.is_given_up = True
        for task in self._tasks:
            task.cancel()

    def note(self, task: asyncio.Task[Any]) -> None:
        """Note that *task* is part of the call."""
        self._tasks.append(task)


_CALL: ContextVar[Call | None] = ContextVar("call", default=None)
"""The call being made. Each event handler runs in a greenlet of its own, and so in its own context."""


def _noted(loop: asyncio.AbstractEventLoop, coroutine: Any, **more: Any) -> asyncio.Task[Any]:
    task: asyncio.Task[Any] = asyncio.Task(coroutine, loop=loop, **more)
    if (call := _CALL.get()) is not None:
        call.note(task)
    return task
