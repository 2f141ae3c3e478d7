"""What workers need to know; the caller with the tasks provides it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from copyreg import pickle
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar

Task = TypeVar("Task")
Tool = TypeVar("Tool")
Done = TypeVar("Done")


def _frozen_again(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


# Scenarios hold read-only mappings, which Python can't send to another process by itself.
pickle(MappingProxyType, lambda mapping: (_frozen_again, (dict(mapping),)))


class Craft(ABC, Generic[Task, Tool, Done]):
    """What workers know. It is sent to each of them, so it, its tasks and their results must be picklable."""

    def here(self) -> Self:
        """Return it for workers on another machine than the command's: whatever it names must be found again there.

        Raises `EonayError` or `UsageError` when something is missing.
        """
        return self

    @abstractmethod
    def tools(self, place: int) -> AbstractContextManager[Tool]:
        """Open what the worker at *place* (from 0) reuses for all its tasks.

        Raises `EonayError` when it can't work at all.
        """

    @abstractmethod
    def is_usable(self, tool: Tool) -> bool:
        """Return whether *tool* still works; if not, the worker opens another for its next task."""

    @abstractmethod
    def do(self, task: Task, tool: Tool) -> Done:
        """Do *task*. Whatever it passes to `say` on the way reaches the command at once.

        If it raises an `EonayError`, that ends the whole fleet.
        """

    @abstractmethod
    def deadline_s(self, task: Task) -> float:
        """Return how many seconds after a worker got it we give *task* up."""

    @abstractmethod
    def broken(self, task: Task, reason: str) -> Done:
        """Return the result to report for a *task* whose worker reports none.

        *reason*: ``internal_error`` when the worker crashed, ``deadline_passed``, or ``person_stopped`` when it didn't
        end in time after Ctrl+C.
        """
