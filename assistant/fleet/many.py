"""Many tasks, done by an executor and reported as they end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Generic, Protocol

from assistant.base.errors import EonayError
from assistant.base.interrupt import hold_interrupts, is_end_asked, release_interrupts
from assistant.fleet.craft import Craft, Done, Task
from assistant.fleet.executor import DeadlinePassedError, Executor, WorkerLostError
from assistant.fleet.local import LocalExecutor

_LONGEST_WAIT_S = 0.5 if sys.platform == "win32" else 3600.0
"""On Windows Ctrl+C doesn't wake a thread that waits for another."""
_CRASHES = 3
"""How many workers in a row may die without a word before we give the fleet up."""


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Engine(Protocol):
    """Makes an executor."""

    def __call__(
        self, craft: Craft[Task, Any, Done], workers: int, on_said: Callable[[Any], None]
    ) -> Executor[Task, Done]:
        """Return one with that many *workers*, which calls *on_said* with their notes in another thread."""


class Fleet(Generic[Task, Done]):
    """Has many tasks done by several workers. Every task is done once, whatever comes of it."""

    def __init__(
        self,
        tasks: Iterable[Task],
        workers: int,
        craft: Craft[Task, Any, Done],
        on_done: Callable[[Done], None],
        on_said: Callable[[Any], None] = lambda _note: None,
        engine: Engine = LocalExecutor,
    ) -> None:
        """*tasks* start in their order; *on_done* is called in this thread after each, *on_said* with each note.

        *engine* gets them done, on this machine or on others.
        """
        self._tasks = list(tasks)
        self._craft = craft
        self._on_done = on_done
        self._on_said = on_said
        self._heard: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._executor: Executor[Task, Done] = engine(
            craft, max(1, min(workers, len(self._tasks))), lambda note: self._heard.put(lambda: on_said(note))
        )
        self._open: dict[Future[Done], Task] = {}
        self._crashes = 0
        self._is_stopped = False

    def run(self) -> bool:
        """Have everything done; return whether nothing was left out, as Ctrl+C does.

        Raises `EonayError` when workers can't work at all: no browser, no server. Once it ends, a request to end raises
        nothing (`assistant.base.interrupt.hold_interrupts`): what was done must be told.
        """
        release_interrupts()
        try:
            for task in self._tasks:
                future = self._executor.submit(task, self._craft.deadline_s(task))
                self._open[future] = task
                future.add_done_callback(lambda ended: self._heard.put(lambda: self._take(ended)))
            while self._open:
                self._hear()
        except BaseException as error:
            hold_interrupts()
            self._executor.interrupt()
            if not isinstance(error, KeyboardInterrupt):
                raise
            self._is_stopped = True
            self._executor.close()
            while self._open:
                self._hear()
        finally:
            hold_interrupts()
            self._executor.close()
        return not self._is_stopped

    def run_on(self) -> None:
        """Have everything done when more is to come: like `run`, but afterwards Ctrl+C is heard and raises.

        Raises `KeyboardInterrupt`, `EonayError`, and whatever *on_done* does.
        """
        is_complete = self.run()
        release_interrupts()
        if not is_complete or is_end_asked():
            raise KeyboardInterrupt

    def _hear(self) -> None:
        with suppress(Empty):
            self._heard.get(timeout=_LONGEST_WAIT_S)()

    def _take(self, ended: Future[Done]) -> None:
        task = self._open.pop(ended)
        if ended.cancelled():
            return
        try:
            done = ended.result()
            self._crashes = 0
        except (DeadlinePassedError, WorkerLostError, EonayError) as error:
            if isinstance(error, EonayError) and not self._is_stopped:
                raise
            self._crashes += isinstance(error, WorkerLostError)
            reason = "deadline_passed" if isinstance(error, DeadlinePassedError) else "worker_lost"
            done = self._craft.broken(task, "person_stopped" if self._is_stopped else reason)
        self._on_done(done)
        if self._crashes >= _CRASHES and not self._is_stopped:
            raise EonayError("worker_lost")
