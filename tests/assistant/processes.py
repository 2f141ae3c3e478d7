"""Counts the processes a command leaves behind."""

from __future__ import annotations

import os
import select
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path


def living(home: Path) -> dict[int, str]:
    """Return the living processes that were started with *home* as their home folder, by number, with their command.

    Of a browser's helpers, which write over their surroundings, their parents' home folder counts.
    """
    table = _table()
    found: set[int] = set()
    for pid in table:
        with suppress(OSError):
            if f"HOME={home}\0".encode() in Path(f"/proc/{pid}/environ").read_bytes():
                found.add(pid)
    return {pid: table[pid][1] for pid in _with_offspring(found, table)}


def offspring(head: int) -> set[int]:
    """Return the living processes that *head* and its children have started, without itself."""
    return _with_offspring({head}, _table()) - {head}


def left_over(home: Path, seconds: float = 10, may_stay: Collection[str] = ()) -> dict[int, str]:
    """Return who is still there *seconds* later; returns at once when all are gone.

    Whose command holds one of *may_stay* isn't waited for and isn't returned.
    """

    def counted() -> dict[int, str]:
        return {pid: line for pid, line in living(home).items() if not any(word in line for word in may_stay)}

    wait_for_the_end(counted(), seconds)
    return counted()


def wait_for_the_end(pids: Iterable[int], seconds: float = 10) -> set[int]:
    """Return which of *pids* still live *seconds* after each other; returns at once when all are gone."""
    for pid in pids:
        with suppress(ProcessLookupError):
            watched = os.pidfd_open(pid)
            try:
                select.select([watched], [], [], seconds)
            finally:
                os.close(watched)
    return set(pids) & _table().keys()


def _table() -> dict[int, tuple[int, str]]:
    """Return the parent and the command of every living process."""
    table: dict[int, tuple[int, str]] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            pid = int(folder.name)
            state, parent = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if state not in "ZX":
                table[pid] = int(parent), command[:120]
    return table


def _with_offspring(found: set[int], table: dict[int, tuple[int, str]]) -> set[int]:
    found = set(found)
    while more := {pid for pid, (parent, _) in table.items() if parent in found and pid not in found}:
        found |= more
    return found
