"""A process and everything it started: told apart from the rest of the machine, and ended together.

A worker's processes live in several sessions. Playwright's driver (Node.js) stays in the worker's own, but gives the
browser a new one, and either can outlive its parent. So we go by parent or session, and search and kill until nothing
is left.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from assistant.base.job_object import end_together

_PATIENCE_S = 3.0
"""How long killed processes may take to go away. One stuck in a kernel driver can't be killed at all."""
_PAUSE_S = 0.02


class _Process(NamedTuple):
    pid: int
    parent: int
    group: int
    session: int


def found_family() -> None:
    """Make this process the head of a family: its own session, out of reach of a terminal's Ctrl+C.

    Windows has no sessions; there it is a job object that ends with the head.
    """
    end_together()
    if hasattr(os, "setsid"):
        with suppress(PermissionError):  # it already leads a group
            os.setsid()


def end_family(head: int) -> None:
    """Kill *head*, dead or alive, and everything it started. Nobody gets time to clean up.

    We never touch the caller's own session. So *head* needs its own (see `found_family`), or we can't find processes
    whose parents are gone.
    """
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(head)]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)  # noqa: S603
        return
    pids, sessions = {head}, {head}
    until = monotonic() + _PATIENCE_S
    while (alive := _members(pids, sessions)) and monotonic() < until:
        for pid in alive:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        sleep(_PAUSE_S)


def end_children() -> None:
    """Kill everything this process started, but not the process itself."""
    for process in list(_processes()):
        if process.parent == os.getpid():
            end_family(process.pid)


def end_browsers_in(folder: Path, patience_s: float) -> None:
    """Wait for the browsers whose profile is in *folder*, and kill those that are still there after *patience_s*.

    They were asked to close, or whoever started them is gone: Chromium ends by itself then, but on a busy machine it
    takes its time, and writes its profile once more. On Windows we find none.
    """
    until = monotonic() + patience_s
    while (living := list(_browsers_in(folder))) and monotonic() < until:
        sleep(_PAUSE_S)
    for pid in living:
        end_family(pid)


def _browsers_in(folder: Path) -> Iterator[int]:
    wanted = f"--user-data-dir={folder}{os.sep}"
    return (pid for pid, command in _command_lines() if wanted in command)


def _command_lines() -> Iterator[tuple[int, str]]:
    """Yield the number and the command line of each of the machine's living processes."""
    if sys.platform == "linux":
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with suppress(OSError):
                    yield int(folder.name), (folder / "cmdline").read_bytes().decode(errors="replace")
    elif os.name == "posix":
        for pid, command in _told_by_ps("pid=,args="):
            yield int(pid), command


def _told_by_ps(columns: str) -> Iterator[list[str]]:
    """Yield what ``ps`` says of each process, the last column with its spaces; nothing if it can't be asked."""
    with suppress(OSError, subprocess.SubprocessError):
        command = ["ps", "-A", "-ww", "-o", columns]
        told = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True)  # noqa: S603
        rows = (line.split(maxsplit=columns.count(",")) for line in told.stdout.splitlines())
        yield from (row for row in rows if len(row) > columns.count(","))


def _members(pids: set[int], sessions: set[int]) -> frozenset[int]:
    """Return the living members of a family, adding what we find to *pids* and *sessions*."""
    table = list(_processes())
    ours = next(((p.group, p.session) for p in table if p.pid == os.getpid()), ())
    found: set[int] = set()
    while True:
        new = {
            process
            for process in table
            if process.pid not in found
            and process.pid != os.getpid()
            and (process.pid in pids or process.parent in pids or {process.group, process.session} & sessions)
        }
        if not new:
            return frozenset(found)
        found |= {process.pid for process in new}
        pids |= {process.pid for process in new}
        sessions |= {number for process in new for number in (process.group, process.session)} - {0, *ours}


def _processes() -> Iterator[_Process]:
    """Yield the machine's living processes. Zombies don't count."""
    if sys.platform == "linux":
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with suppress(OSError, ValueError):
                    # The process name, in brackets, can contain anything.
                    state, *numbers = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:4]
                    if state not in "ZX":
                        yield _Process(int(folder.name), *map(int, numbers))
    elif os.name == "posix":
        for pid, parent, group, state in _told_by_ps("pid=,ppid=,pgid=,state="):
            if not state.startswith("Z"):
                yield _Process(int(pid), int(parent), int(group), int(group))
