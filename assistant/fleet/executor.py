"""What gets tasks done, on this machine (`assistant.fleet.local`) or on others, as the fleet sees it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic

from assistant.fleet.craft import Done, Task


class DeadlinePassedError(Exception):
    """A task took too long; it was ended with everything it had started."""


class WorkerLostError(Exception):
    """A worker died during its task without a word."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The executor's own note: another worker is doing *task* again because the first one was lost."""

    task: Any
    lost: str
    """Address of the lost worker."""
    by: str
    """Address of the one that does it now."""


class Executor(ABC, Generic[Task, Done]):
    """Gets tasks done, each once, started in the order they come."""

    @abstractmethod
    def submit(self, task: Task, deadline_s: float) -> Future[Done]:
        """Return the future of *task*, which is given up *deadline_s* seconds after a worker got it.

        The future is cancelled if the task hadn't begun before `interrupt` or `close`. It can end with
        `DeadlinePassedError`, with `WorkerLostError`, or with the `EonayError` that keeps every worker from working.
        """

    @abstractmethod
    def interrupt(self) -> None:
        """Do what Ctrl+C does: drop what hasn't begun, and ask what is in progress to end and report.

        Returns once it has, or was given up.
        """

    @abstractmethod
    def close(self) -> None:
        """End all workers, busy ones too if they don't end soon. By then every future has ended."""
