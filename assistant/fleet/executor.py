"""Whoever has tasks done, on this machine (`assistant.fleet.local`) or on others, as the fleet sees them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic

from assistant.fleet.craft import Done, Task


class DeadlinePassedError(Exception):
    """A task took too long, and was ended with all that it had started."""


class WorkerLostError(Exception):
    """A worker ended under its task without a word."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A note of the executor's own: another worker does *task* again, because the first one was lost under it."""

    task: Any
    lost: str
    """Address of the worker that was lost."""
    by: str
    """Address of the one that does it now."""


class Executor(ABC, Generic[Task, Done]):
    """Has tasks done, each once, begun in the order in which they come."""

    @abstractmethod
    def submit(self, task: Task, deadline_s: float) -> Future[Done]:
        """Return what will come of *task*, which is given up *deadline_s* seconds after a worker got it.

        The future is cancelled where the task was not begun before `interrupt` or `close`. It ends with
        `DeadlinePassedError`, with `WorkerLostError`, or with the `EonayError` for which no worker can work at all.
        """

    @abstractmethod
    def interrupt(self) -> None:
        """Do what Ctrl+C does: leave out what has not begun, and ask what is under way to end and tell of it.

        Returns once it has, or was given up.
        """

    @abstractmethod
    def close(self) -> None:
        """End all workers, busy ones too where they don't end soon. Every future has ended then."""
