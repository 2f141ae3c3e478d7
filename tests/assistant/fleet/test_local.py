"""What happens to a worker only concerns its own task."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from multiprocessing import resource_tracker
from queue import SimpleQueue
from typing import Any

import pytest

from assistant.base.errors import EonayError
from assistant.fleet import Craft, DeadlinePassedError, Executor, WorkerLostError, say
from assistant.fleet.local import LocalExecutor
from assistant.fleet.worker import _listener
from tests.assistant.processes import offspring, wait_for_the_end
from tests.sampling import sampled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are frozen by a signal")

Act = Callable[[], object]
LONG_S = 60.0


@dataclass(frozen=True)
class Acting(Craft[Act, int, object]):
    """Does whatever the task is; the tool is the number of the worker's process."""

    reason: str = ""

    def tools(self, place: int) -> AbstractContextManager[int]:
        """Open nothing, or fail."""
        if self.reason:
            raise EonayError(self.reason)
        return nullcontext(os.getpid())

    def is_usable(self, tool: int) -> bool:
        """Keep it."""
        return tool > 0

    def do(self, task: Act, tool: int) -> object:
        """Say who does it, and do it."""
        say(tool)
        return task()

    def deadline_s(self, task: Act) -> float:
        """Be given one by the test instead."""
        return LONG_S

    def broken(self, task: Act, reason: str) -> object:
        """Be told by the future instead."""
        return reason


def half_a_word_then_frozen() -> None:
    """Begin a message of a thousand bytes, and freeze in the middle of it."""
    os.write(_listener[0].fileno(), struct.pack("!i", 1000) + bytes(10))
    os.kill(os.getpid(), signal.SIGSTOP)


def half_a_word_then_killed() -> None:
    """Begin a message of a thousand bytes, and be killed in the middle of it."""
    os.write(_listener[0].fileno(), struct.pack("!i", 1000) + bytes(10))
    os.kill(os.getpid(), signal.SIGKILL)


def who_works() -> tuple[int, set[int]]:
    """Return the worker that does this, and everything that the command has started."""
    return os.getpid(), offspring(os.getppid())


def killed() -> None:
    """Be killed at once."""
    os.kill(os.getpid(), signal.SIGKILL)


def until_interrupted() -> str:
    """Say that it waits for Ctrl+C, wait for it, and report it."""
    try:
        say("waiting")
        signal.pause()
    except KeyboardInterrupt:
        return "interrupted"
    return "woken"


@contextmanager
def working(
    craft: Acting, workers: int, *, is_fed: bool = False
) -> Iterator[tuple[Executor[Act, object], SimpleQueue[Any]]]:
    """Give an executor and what its workers say."""
    said: SimpleQueue[Any] = SimpleQueue()
    executor = LocalExecutor(craft, workers, said.put, is_fed=is_fed)
    try:
        yield executor, said
    finally:
        executor.close()


LOST = [
    (half_a_word_then_frozen, 3.0, DeadlinePassedError),
    (half_a_word_then_killed, LONG_S, WorkerLostError),
    (killed, LONG_S, WorkerLostError),
]


@pytest.mark.parametrize(("act", "deadline_s", "error"), sampled(LOST, every_run=LOST[:2]))
def test_one_worker_lost_is_one_task_lost(act: Act, deadline_s: float, error: type[Exception]) -> None:
    """A worker that freezes or dies, in the middle of a message too, loses its own task, is replaced and is gone."""
    with working(Acting(), 2) as (executor, said):
        bad = executor.submit(act, deadline_s)
        good = [executor.submit(os.getpid, LONG_S) for _ in range(6)]
        with pytest.raises(error):
            bad.result(LONG_S)
        told = [future.result(LONG_S) for future in good]
        again = [executor.submit(os.getpid, LONG_S) for _ in range(2)]
        told += [future.result(LONG_S) for future in again]
        everyone: set[Any] = set(told)
        while not said.empty():
            everyone.add(said.get())
    assert wait_for_the_end(everyone) == set()


def test_one_worker_does_all_in_order() -> None:
    """Tasks are begun in the order in which they came, and a worker is kept for the next one."""
    with working(Acting(), 1) as (executor, said):
        futures = [executor.submit(partial(say, number), LONG_S) for number in range(5)]
        for future in futures:
            future.result(LONG_S)
        told = [said.get() for _ in range(10)]
    assert told[1::2] == [0, 1, 2, 3, 4]
    assert len(set(told[::2])) == 1


def test_a_worker_is_renewed_without_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """After that many tasks another worker goes on, which was begun before the last of them; the first one is gone."""
    monkeypatch.setattr("assistant.fleet.local.RENEW_AFTER", 3)
    with working(Acting(), 1) as (executor, _):
        futures = [executor.submit(who_works, LONG_S) for _ in range(7)]
        told: list[Any] = [future.result(LONG_S) for future in futures]
    workers = [worker for worker, _ in told]
    assert [workers.count(worker) for worker in dict.fromkeys(workers)] == [3, 3, 1]
    for before, after in ((2, 3), (5, 6)):
        assert workers[after] in told[before][1]
    assert wait_for_the_end(workers) == set()


@pytest.mark.parametrize("end", sampled(["interrupt", "close"], every_run=["interrupt"]))
def test_a_successor_ends_with_the_others(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    """A worker started for a next task that never came is gone too."""
    monkeypatch.setattr("assistant.fleet.local.RENEW_AFTER", 1)
    others = offspring(os.getpid())  # a browser of other tests
    with working(Acting(), 1, is_fed=True) as (executor, said):
        running = executor.submit(until_interrupted, LONG_S)
        said.get(), said.get()
        everyone = offspring(os.getpid()) - others - {resource_tracker._resource_tracker._pid}  # type: ignore[attr-defined]
        if end == "interrupt":
            executor.interrupt()
            assert running.result(LONG_S) == "interrupted"
    assert len(everyone) == 2
    assert wait_for_the_end(everyone) == set()


def test_an_interrupt_reaches_what_is_under_way_and_leaves_out_the_rest() -> None:
    """Running tasks report how they ended, waiting ones are cancelled, and no worker is left."""
    with working(Acting(), 1) as (executor, said):
        running, waiting = executor.submit(until_interrupted, LONG_S), executor.submit(os.getpid, LONG_S)
        worker, _ = said.get(), said.get()
        executor.interrupt()
        assert running.result(LONG_S) == "interrupted"
        with pytest.raises(CancelledError):
            waiting.result(LONG_S)
    assert wait_for_the_end([worker]) == set()


def test_a_worker_that_cannot_work_says_why() -> None:
    """The reason of the catalogue comes through as it was raised."""
    with working(Acting("browser_failed"), 1) as (executor, _), pytest.raises(EonayError) as caught:
        executor.submit(os.getpid, LONG_S).result(LONG_S)
    assert caught.value.code == "browser_failed"
