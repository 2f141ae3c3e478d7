"""Writes a guide in all its formats at once. It's apart from who takes the pictures: a writer needs none of that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from assistant.base.errors import GuideError
from assistant.fleet import Craft, Fleet, cores
from assistant.guide.formats import jobs, writer
from assistant.guide.model import Guide

_FORMATS_S = 900.0
"""Timeout for one worker, seconds: many times what the longest takes on a slow machine."""


@dataclass(frozen=True, slots=True)
class _Written:
    """The result of the formats one worker writes together."""

    names: tuple[str, ...]
    files: tuple[Path, ...] = ()
    problem: Exception | None = None


@dataclass(frozen=True)
class _Writing(Craft[tuple[str, ...], bool, _Written]):
    """How a worker writes some formats of a guide; it needs no tools."""

    guide: Guide
    folder: Path

    def tools(self, place: int) -> AbstractContextManager[bool]:
        """Open nothing."""
        return nullcontext(True)

    def is_usable(self, tool: bool) -> bool:
        """Always true: there is nothing to break."""
        return tool

    def do(self, task: tuple[str, ...], tool: bool) -> _Written:
        """Write the formats of *task*."""
        try:
            return _Written(task, tuple(path for name in task for path in writer(name)(self.guide, self.folder)))
        except Exception as error:  # noqa: BLE001 (raised again where the guide is made)
            return _Written(task, problem=error)

    def deadline_s(self, task: tuple[str, ...]) -> float:
        """Return the same timeout for all, seconds."""
        return _FORMATS_S

    def broken(self, task: tuple[str, ...], reason: str) -> _Written:
        """Return the result for formats whose worker couldn't report."""
        return _Written(task, problem=GuideError(reason))


def write_formats(
    guide: Guide, folder: Path, formats: Sequence[str], on_done: Callable[[str], None]
) -> tuple[Path, ...]:
    """Write *guide* in all *formats*, one per core at a time, longest first."""
    files: list[Path] = []

    def keep(written: _Written) -> None:
        if isinstance(written.problem, GuideError) and written.problem.code == "person_stopped":
            return  # the fleet says so too
        if written.problem is not None:
            raise written.problem
        files.extend(written.files)
        for name in written.names:
            on_done(name)

    wanted = jobs(tuple(formats))
    Fleet(wanted, min(cores(), len(wanted)), _Writing(guide, folder), keep).run_on()
    return tuple(sorted(files))
