"""Many runs at once: workers in processes of their own, one task each at a time, in the order given."""

from __future__ import annotations

import os
import signal
import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from copyreg import pickle
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from time import monotonic
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from assistant.errors import EonayError
from assistant.log import configure_log

FAREWELL_S = 10.0
"""How long workers have, after Ctrl+C or at the end, to take down what they have built up."""
_CRASHES = 3
"""Workers in a row that may end without a word before the fleet is given up."""


def _frozen_again(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


# Scenarios hold read-only mappings, which Python cannot send to another process by itself.
pickle(MappingProxyType, lambda mapping: (_frozen_again, (dict(mapping),)))


Task = TypeVar("Task")
Tool = TypeVar("Tool")
Done = TypeVar("Done")


class Craft(ABC, Generic[Task, Tool, Done]):
    """What workers know: sent to each of them, so it, its tasks and what is done must be picklable."""

    @abstractmethod
    def tools(self, place: int) -> AbstractContextManager[Tool]:
        """Open what the worker at *place* (from 0) reuses for all its tasks.

        Raises `EonayError` where it cannot work at all.
        """

    @abstractmethod
    def is_usable(self, tool: Tool) -> bool:
        """Tell whether *tool* still works; otherwise the worker opens another for its next task."""

    @abstractmethod
    def do(self, task: Task, tool: Tool) -> Done:
        """Do *task*."""

    @abstractmethod
    def was_stopped(self, done: Done) -> bool:
        """Tell whether *done* was ended by Ctrl+C; nothing more is then given to its worker."""

    @abstractmethod
    def broken(self, task: Task) -> Done:
        """Return what is told of a *task* under which a worker broke down."""


@dataclass(frozen=True, slots=True)
class _Unfit:
    """What a worker tells when it cannot work at all: a code of the error catalogue."""

    reason: str
    detail: str | None


def work(pipe: Connection, craft: Craft[Any, Any, Any], place: int) -> None:
    """Do the tasks that come through *pipe*, one after the other, until it is closed. The body of the process."""
    # In a session of its own a terminal's Ctrl+C reaches the command alone, which then tells each worker once.
    if hasattr(os, "setsid"):
        os.setsid()
    configure_log()
    # An interrupt between two tasks, or a command that is no more: nothing is left to tell, and nobody to tell it to.
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError):
        try:
            _work(pipe, craft, place)
        except EonayError as error:
            pipe.send(_Unfit(error.code, error.detail))


def _work(pipe: Connection, craft: Craft[Any, Tool, Any], place: int) -> None:
    with ExitStack() as stack:
        tool: Tool | None = None
        while (task := pipe.recv()) is not None:
            if tool is None or not craft.is_usable(tool):
                stack.close()
                tool = stack.enter_context(craft.tools(place))
            done = craft.do(task, tool)
            pipe.send(done)
            if craft.was_stopped(done):
                return


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(Generic[Task]):
    """The parent's side of one worker."""

    def __init__(self, craft: Craft[Task, Any, Any], place: int) -> None:
        context = get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.task: Task | None = None
        self.process: SpawnProcess = context.Process(
            target=work, args=(theirs, craft, place), name=f"eonay-{place}", daemon=False
        )
        self.process.start()
        theirs.close()

    def give(self, task: Task | None) -> None:
        """Send the next task; None ends the worker."""
        self.task = task
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(task)

    def interrupt(self) -> None:
        """Do to it what Ctrl+C does: its run ends as stopped. On Windows the console has told it already."""
        if os.name == "posix" and self.process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.process.pid or 0, signal.SIGINT)

    def end(self, until: float) -> None:
        """Wait for it until *until* (monotonic), then end it."""
        self.process.join(max(0.0, until - monotonic()))
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


class Fleet(Generic[Task, Done]):
    """Has many tasks done by several workers. Every task is done once, whatever comes of it."""

    def __init__(
        self, tasks: Iterable[Task], workers: int, craft: Craft[Task, Any, Done], on_done: Callable[[Done], None]
    ) -> None:
        """*tasks* are begun in their order; *on_done* is called in this thread after each."""
        self._waiting = deque(tasks)
        self._count = max(1, min(workers, len(self._waiting)))
        self._craft = craft
        self._on_done = on_done
        self._workers: list[_Worker[Task]] = []
        self._crashes = 0

    def run(self) -> bool:
        """Have everything done; return whether nothing was left out, as Ctrl+C does.

        Raises `EonayError` where workers cannot work at all: no browser, no server.
        """
        try:
            for place in range(self._count):
                self._workers.append(_Worker(self._craft, place))
                self._workers[-1].give(self._waiting.popleft())
            while any(worker.task is not None for worker in self._workers):
                self._listen(self._workers, None)
        except KeyboardInterrupt:
            self._stop()
            return False
        else:
            return True
        finally:
            self._end()

    def _listen(self, workers: Sequence[_Worker[Task]], timeout: float | None) -> bool:
        """Take in what workers tell; return False when none did within *timeout* seconds."""
        by_pipe = {worker.pipe: worker for worker in workers}
        ready = wait(list(by_pipe), timeout)
        for pipe in ready:
            self._hear(by_pipe[pipe])  # type: ignore[index]  # only pipes were waited for
        return bool(ready)

    def _hear(self, worker: _Worker[Task]) -> None:
        try:
            told = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._replace(worker)
            return
        if isinstance(told, _Unfit):
            worker.task = None
            raise EonayError(told.reason, told.detail)
        self._crashes = 0
        worker.task = None
        self._on_done(told)
        if self._waiting:
            worker.give(self._waiting.popleft())

    def _replace(self, worker: _Worker[Task]) -> None:
        """Report the task under which *worker* broke down, and let a new worker go on with the next."""
        place = self._workers.index(worker)
        task, worker.task = worker.task, None
        worker.end(monotonic())
        self._crashes += 1
        if task is not None:
            self._on_done(self._craft.broken(task))
        if self._crashes >= _CRASHES:
            raise EonayError("internal_error")
        if self._waiting:
            self._workers[place] = _Worker(self._craft, place)
            self._workers[place].give(self._waiting.popleft())
        else:
            self._workers.remove(worker)

    def _stop(self) -> None:
        """End the tasks under way and take in what came of them; a second Ctrl+C waits for nothing."""
        self._waiting.clear()
        busy = [worker for worker in self._workers if worker.task is not None]
        for worker in busy:
            worker.interrupt()
        until = monotonic() + FAREWELL_S
        with suppress(KeyboardInterrupt):
            while busy and monotonic() < until:
                for worker in [w for w in busy if w.pipe.poll(0.05)]:
                    busy.remove(worker)
                    with suppress(EOFError, ConnectionResetError):
                        told = worker.pipe.recv()
                        if not isinstance(told, _Unfit):
                            self._on_done(told)

    def _end(self) -> None:
        for worker in self._workers:
            worker.give(None)
        until = monotonic() + FAREWELL_S
        for worker in self._workers:
            with suppress(KeyboardInterrupt):
                worker.end(until)
        for worker in self._workers:
            if worker.process.is_alive():
                worker.process.kill()
