"""Many runs at once: workers in processes of their own, one task each at a time, in the order given.

Every task has a deadline, kept here and not in the worker: what hangs can't be asked to stop. A worker that is given up
is ended with its whole family (`assistant.family`), and another takes its place.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, ExitStack, suppress
from copyreg import pickle
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import Empty, SimpleQueue
from time import monotonic
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from assistant.errors import EonayError
from assistant.family import end_family, found_family
from assistant.interrupt import born_deaf, ends_in_order, forget, hold_interrupts, is_end_asked, release_interrupts
from assistant.log import configure_log

FAREWELL_S = 3.5
"""How long workers have to tell what came of their task after Ctrl+C, and then to take down what they have built up.

Twice as long is less than `assistant.interrupt.GIVE_UP_S`.
"""
_LONGEST_WAIT_S = 0.5 if sys.platform == "win32" else 3600.0
"""On Windows Ctrl+C does not wake a thread that waits for another."""
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
        """Do *task*. What it says with `say` on the way reaches the command at once."""

    @abstractmethod
    def deadline_s(self, task: Task) -> float:
        """Return the seconds after which *task* is given up, counted from when a worker gets it."""

    @abstractmethod
    def was_stopped(self, done: Done) -> bool:
        """Tell whether *done* was ended by Ctrl+C; nothing more is then given to its worker."""

    @abstractmethod
    def broken(self, task: Task, reason: str) -> Done:
        """Return what is told of a *task* that its worker tells nothing of.

        *reason*: ``internal_error`` where the worker broke down, ``deadline_passed``, or ``person_stopped`` where it
        did not end in time after Ctrl+C.
        """


@dataclass(frozen=True, slots=True)
class _Begun:
    """A worker has begun to work, and hears an interrupt from now on."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a worker says while it does a task."""

    note: Any


@dataclass(frozen=True, slots=True)
class _Unfit:
    """What a worker tells when it cannot work at all: a code of the error catalogue."""

    reason: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class _Gone:
    """The worker has ended, or nobody listens to it any more."""


# --- in the worker ---------------------------------------------------------------------------------------------------

_listener: list[Connection] = []
"""Where a worker's notes go; empty in any other process."""


def say(note: object) -> None:
    """Tell *note* to the command while a task is being done. Does nothing outside a worker."""
    for pipe in _listener:
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send(_Said(note))


def work(pipe: Connection, craft: Craft[Any, Any, Any], place: int, folder: str) -> None:
    """Do the tasks that come through *pipe*, one after the other, until it is closed. The body of the process.

    *folder* is for its temporary files; the command removes it.
    """
    # In a session of its own a terminal's Ctrl+C reaches the command alone, which then tells each worker once.
    found_family()
    forget()
    _end_with_the_command()
    if sys.platform == "linux":  # elsewhere its path leaves no room for the name of the browser's socket
        os.environ["TMPDIR"] = tempfile.tempdir = folder
    configure_log()
    # An interrupt between two tasks, or a command that is no more: nothing is left to tell, and nobody to tell it to.
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError), ends_in_order():
        pipe.send(_Begun())
        _listener.append(pipe)
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
            hold_interrupts()
            pipe.send(done)
            release_interrupts()
            if craft.was_stopped(done) or is_end_asked():
                return


def _end_with_the_command() -> None:
    """See to it that this worker does not outlive a command that was killed, whatever it is at by then."""
    command = parent_process()
    if command is None:
        return

    def watch() -> None:
        wait([command.sentinel])
        end_family(os.getpid())
        os._exit(1)

    threading.Thread(target=watch, name="watch-command", daemon=True).start()


# --- in the command --------------------------------------------------------------------------------------------------


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(Generic[Task]):
    """The parent's side of one worker."""

    def __init__(
        self, craft: Craft[Task, Any, Any], place: int, heard: SimpleQueue[tuple[_Worker[Task], object]]
    ) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._craft = craft
        self.place = place
        self.task: Task | None = None
        self.until = 0.0
        """When its task is given up (monotonic)."""
        self.has_begun = False
        self._folder = tempfile.TemporaryDirectory(prefix="eonay-run-", ignore_cleanup_errors=True)
        self._process: SpawnProcess = context.Process(
            target=work, args=(theirs, craft, place, self._folder.name), name=f"eonay-{place}", daemon=False
        )
        self._process.start()
        theirs.close()
        # In a thread, for a worker that freezes in the middle of a message must not stop the others' clock.
        self._reader = threading.Thread(target=self._listen, args=(heard,), name=f"hear-{place}", daemon=True)
        self._reader.start()

    def give(self, task: Task | None) -> None:
        """Send the next task; None ends the worker."""
        self.task = task
        if task is not None:
            self.until = monotonic() + self._craft.deadline_s(task)
        with suppress(BrokenPipeError, ConnectionResetError):
            self._pipe.send(task)

    def interrupt(self) -> bool:
        """Do to it what Ctrl+C does: its run ends as stopped. Returns whether it can hear that.

        On Windows the console has told it already.
        """
        if os.name == "posix" and self.has_begun:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid or 0, signal.SIGINT)
        return self.has_begun

    def end(self, until: float) -> None:
        """Wait for it until *until* (monotonic), then end it and all that it has left behind."""
        wait([self._process.sentinel], max(0.0, until - monotonic()))
        end_family(self._process.pid or 0)  # before it is collected, for then its number may be another's
        self._process.join()
        self._reader.join()
        self._pipe.close()
        self._folder.cleanup()

    def _listen(self, heard: SimpleQueue[tuple[_Worker[Task], object]]) -> None:
        with suppress(EOFError, OSError):
            while True:
                heard.put((self, self._pipe.recv()))
        heard.put((self, _Gone()))


class Fleet(Generic[Task, Done]):
    """Has many tasks done by several workers. Every task is done once, whatever comes of it."""

    def __init__(
        self,
        tasks: Iterable[Task],
        workers: int,
        craft: Craft[Task, Any, Done],
        on_done: Callable[[Done], None],
        on_said: Callable[[Any], None] = lambda _note: None,
    ) -> None:
        """*tasks* are begun in their order; *on_done* is called in this thread after each, *on_said* with each note."""
        self._waiting = deque(tasks)
        self._count = max(1, min(workers, len(self._waiting)))
        self._craft = craft
        self._on_done = on_done
        self._on_said = on_said
        self._workers: list[_Worker[Task]] = []
        self._heard: SimpleQueue[tuple[_Worker[Task], object]] = SimpleQueue()
        self._crashes = 0

    def run(self) -> bool:
        """Have everything done; return whether nothing was left out, as Ctrl+C does.

        Raises `EonayError` where workers cannot work at all: no browser, no server. From its end on a request to end
        raises nothing (`assistant.interrupt.hold_interrupts`): what was done is to be told.
        """
        release_interrupts()
        try:
            for place in range(self._count):
                self._begin(place)
            while busy := self._busy:
                if heard := self._hear(min(worker.until for worker in busy)):
                    self._take(*heard)
                for worker in [late for late in self._busy if late.until <= monotonic()]:
                    self._replace(worker, "deadline_passed")
        except KeyboardInterrupt:
            hold_interrupts()
            self._stop()
            return False
        else:
            return True
        finally:
            hold_interrupts()
            self._end()

    @property
    def _busy(self) -> list[_Worker[Task]]:
        return [worker for worker in self._workers if worker.task is not None]

    def _begin(self, place: int) -> None:
        if os.name == "posix":
            resource_tracker.ensure_running()  # started inside, it would have this process hear again (before 3.13)
        with born_deaf():  # and no worker is started without being known
            worker = _Worker(self._craft, place, self._heard)
            self._workers.append(worker)
            worker.give(self._waiting.popleft())

    def _hear(self, until: float) -> tuple[_Worker[Task], object] | None:
        """Return what a worker tells next, and which; None when none has by *until* (monotonic), or sooner."""
        try:
            worker, told = self._heard.get(timeout=min(max(0.0, until - monotonic()), _LONGEST_WAIT_S))
        except Empty:
            return None
        return (worker, told) if worker in self._workers else None  # it may have been given up

    def _take(self, worker: _Worker[Task], told: Any) -> None:
        match told:
            case _Begun():
                worker.has_begun = True
            case _Said(note):
                self._on_said(note)
            case _Gone():
                self._crashes += 1
                self._replace(worker, "internal_error")
                if self._crashes >= _CRASHES:
                    raise EonayError("internal_error")
            case _Unfit(reason, detail):
                worker.task = None
                raise EonayError(reason, detail)
            case _:
                self._crashes = 0
                worker.task = None
                self._on_done(told)
                if self._waiting:
                    worker.give(self._waiting.popleft())

    def _replace(self, worker: _Worker[Task], reason: str) -> None:
        """End *worker*, report the task that it was given, and let a new worker go on with the next."""
        self._workers.remove(worker)
        worker.end(monotonic())
        task, worker.task = worker.task, None
        if task is not None:
            self._on_done(self._craft.broken(task, reason))
        if self._waiting:
            self._begin(worker.place)

    def _stop(self) -> None:
        """End the tasks under way and take in what came of them."""
        self._waiting.clear()
        until = monotonic() + FAREWELL_S
        for worker in self._busy:
            if not worker.interrupt():
                self._replace(worker, "person_stopped")
        while self._busy and monotonic() < until:
            match self._hear(until):
                case worker, _Gone() | _Unfit():
                    self._replace(worker, "person_stopped")
                case worker, told:
                    self._take(worker, told)
        for worker in self._busy:
            self._replace(worker, "person_stopped")

    def _end(self) -> None:
        for worker in self._workers:
            worker.give(None)
        until = monotonic() + FAREWELL_S
        for worker in self._workers:
            worker.end(until)
