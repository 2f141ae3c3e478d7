"""Finding, among the processes of one command, those that are to be killed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tests.assistant.processes import offspring


def found(head: int, victim: str) -> list[int]:
    """Return the processes of the command *head* that play the part of *victim*, by number."""
    if victim == "program":
        return [head]
    return sorted(pid for pid in offspring(head) if _part(pid) == victim)


def _part(pid: int) -> str:
    line = ""
    with suppress(OSError):
        line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if "assistant.card.worker" in line:
        return "card"
    if "run-driver" in line:
        return "driver"
    if "multiprocessing" in line:
        return "worker" if "spawn_main" in line else "tracker"
    if "--type=renderer" in line:
        return "renderer"
    is_browser = "--remote-debugging-pipe" in line or "--remote-debugging-port" in line
    return "browser" if is_browser and "--type=" not in line else ""
