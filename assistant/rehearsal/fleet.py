"""Many dry runs at once: workers in processes of their own, one job each at a time, the longest first."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from copyreg import pickle
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from time import monotonic
from types import MappingProxyType
from typing import Any

from assistant.errors import EonayError
from assistant.outcome import Outcome
from assistant.rehearsal.shard import Job
from assistant.rehearsal.worker import Equipment, Ran, Unfit, unmade, work
from assistant.report.record import record_of

FAREWELL_S = 10.0
"""How long workers have, after Ctrl+C or at the end, to take down what they have built up."""
_CRASHES = 3
"""Workers in a row that may end without a word before the fleet is given up."""


def _frozen_again(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


# Scenarios hold read-only mappings, which Python cannot send to another process by itself.
pickle(MappingProxyType, lambda mapping: (_frozen_again, (dict(mapping),)))


def cores() -> int:
    """Return how many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """The parent's side of one worker."""

    def __init__(self, equipment: Equipment, place: int) -> None:
        context = get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.job: Job | None = None
        self.process: SpawnProcess = context.Process(
            target=work, args=(theirs, equipment, place), name=f"eonay-{place}", daemon=False
        )
        self.process.start()
        theirs.close()

    def give(self, job: Job | None) -> None:
        """Send the next job; None ends the worker."""
        self.job = job
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(job)

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


class Fleet:
    """Makes many runs with several workers. Every run is made once, whatever comes of it."""

    def __init__(self, jobs: Iterable[Job], workers: int, equipment: Equipment, on_ran: Callable[[Ran], None]) -> None:
        """*jobs* are begun in their order; *on_ran* is called in this thread after each run."""
        self._waiting = deque(jobs)
        self._count = max(1, min(workers, len(self._waiting)))
        self._equipment = equipment
        self._on_ran = on_ran
        self._workers: list[_Worker] = []
        self._crashes = 0

    def run(self) -> bool:
        """Make all runs; return whether none was left out, as Ctrl+C does.

        Raises `EonayError` where workers cannot work at all: no browser, no server.
        """
        try:
            for place in range(self._count):
                self._workers.append(_Worker(self._equipment, place))
                self._workers[-1].give(self._waiting.popleft())
            while any(worker.job is not None for worker in self._workers):
                self._listen(self._workers, None)
        except KeyboardInterrupt:
            self._stop()
            return False
        else:
            return True
        finally:
            self._end()

    def _listen(self, workers: Sequence[_Worker], timeout: float | None) -> bool:
        """Take in what workers tell; return False when none did within *timeout* seconds."""
        by_pipe = {worker.pipe: worker for worker in workers}
        ready = wait(list(by_pipe), timeout)
        for pipe in ready:
            self._hear(by_pipe[pipe])  # type: ignore[index]  # only pipes were waited for
        return bool(ready)

    def _hear(self, worker: _Worker) -> None:
        try:
            told = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._replace(worker)
            return
        if isinstance(told, Unfit):
            worker.job = None
            raise EonayError(told.reason, told.detail)
        self._crashes = 0
        worker.job = None
        self._on_ran(told)
        if self._waiting:
            worker.give(self._waiting.popleft())

    def _replace(self, worker: _Worker) -> None:
        """Report the run under which *worker* broke down, and let a new worker go on with the next."""
        place = self._workers.index(worker)
        job, worker.job = worker.job, None
        worker.end(monotonic())
        self._crashes += 1
        if job is not None:
            report = unmade(job, Outcome.FAILED, "internal_error")
            self._on_ran(Ran(job.number, record_of(report, job.scenario, job.repetition), report.receipt, None))
        if self._crashes >= _CRASHES:
            raise EonayError("internal_error")
        if self._waiting:
            self._workers[place] = _Worker(self._equipment, place)
            self._workers[place].give(self._waiting.popleft())
        else:
            self._workers.remove(worker)

    def _stop(self) -> None:
        """End the runs under way and take in what came of them; a second Ctrl+C waits for nothing."""
        self._waiting.clear()
        busy = [worker for worker in self._workers if worker.job is not None]
        for worker in busy:
            worker.interrupt()
        until = monotonic() + FAREWELL_S
        with suppress(KeyboardInterrupt):
            while busy and monotonic() < until:
                for worker in [w for w in busy if w.pipe.poll(0.05)]:
                    busy.remove(worker)
                    with suppress(EOFError, ConnectionResetError):
                        told = worker.pipe.recv()
                        if isinstance(told, Ran):
                            self._on_ran(told)

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
