"""What workers know of their trade; whoever has many tasks gives them one."""

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


# Scenarios hold read-only mappings, which Python cannot send to another process by itself.
pickle(MappingProxyType, lambda mapping: (_frozen_again, (dict(mapping),)))


class Craft(ABC, Generic[Task, Tool, Done]):
    """What workers know: sent to each of them, so it, its tasks and what is done must be picklable."""

    def here(self) -> Self:
        """Return it for workers on another machine than the command's: what it names of that one is found anew there.

        Raises `EonayError` or `UsageError` where something is missing.
        """
        return self

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
        """Do *task*. What it says with `say` on the way reaches the command at once.

        An `EonayError` that it raises ends the whole fleet.
        """

    @abstractmethod
    def deadline_s(self, task: Task) -> float:
        """Return the seconds after which *task* is given up, counted from when a worker gets it."""

    @abstractmethod
    def broken(self, task: Task, reason: str) -> Done:
        """Return what is told of a *task* that its worker tells nothing of.

        *reason*: ``internal_error`` where the worker broke down, ``deadline_passed``, or ``person_stopped`` where it
        did not end in time after Ctrl+C.
        """
