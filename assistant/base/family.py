"""A process and all that it has started, told apart from the rest of the machine and ended together.

A worker's family lives in several sessions: Playwright's driver (Node.js) stays in the worker's, the browser is put
into one of its own by the driver, and either may outlive whoever started it. So a member is known by its parent or by
its session, and what is killed is looked for again until nothing is left.
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
"""How long killed processes may take to be gone; one in the grip of a kernel driver can't be ended at all."""
_PAUSE_S = 0.02


class _Process(NamedTuple):
    pid: int
    parent: int
    group: int
    session: int


def found_family() -> None:
    """Make this process the head of a family: a session of its own, which no terminal's Ctrl+C reaches.

    On Windows, where there are no sessions, the family is a job object that ends with its head.
    """
    end_together()
    if hasattr(os, "setsid"):
        with suppress(PermissionError):  # it leads a group already
            os.setsid()


def end_family(head: int) -> None:
    """Kill *head*, whether or not it still lives, and all that it has started. Nothing is given time to tidy up.

    The caller's own session is never touched, so *head* needs one of its own (see `found_family`) for those to be
    found whose parents are gone.
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
    """Kill all that this process has started, but not itself."""
    for process in list(_processes()):
        if process.parent == os.getpid():
            end_family(process.pid)


def _members(pids: set[int], sessions: set[int]) -> frozenset[int]:
    """Return who lives of a family; *pids* and *sessions* grow by those that are found."""
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
    """Yield the living processes of the machine; those that only wait to be collected by their parent are dead."""
    if sys.platform == "linux":
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with suppress(OSError, ValueError):
                    # The name, in brackets, may hold anything.
                    state, *numbers = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:4]
                    if state not in "ZX":
                        yield _Process(int(folder.name), *map(int, numbers))
    elif os.name == "posix":
        with suppress(OSError, subprocess.SubprocessError, ValueError):
            command = ["ps", "-A", "-o", "pid=,ppid=,pgid=,state="]
            told = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True)  # noqa: S603
            for line in told.stdout.splitlines():
                pid, parent, group, state = line.split()[:4]
                if not state.startswith("Z"):
                    yield _Process(int(pid), int(parent), int(group), int(group))
