"""What a process holds: its memory and its surroundings."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.assistant.canaries import shapes

_PIECE = 16 << 20
"""Bytes of memory that are read at once."""


def held_by(pid: int, *secrets: str) -> set[str]:
    """Return the shapes in which the memory of process *pid* holds one of *secrets*; the process may go on meanwhile."""
    wanted = {shape: name for secret in secrets for name, shape in _named(secret)}  # many shapes are the same
    overlap = max(map(len, wanted))
    found: set[str] = set()
    for piece in _memory(pid, overlap):
        found |= {name for shape, name in wanted.items() if shape in piece}
    return found


def never_forgotten(pid: int, *secrets: str, seconds: float = 15) -> set[str]:
    """Return the shapes in which *pid* still holds one of *secrets* after *seconds*; at once when none is left."""
    give_up = time.monotonic() + seconds
    while (found := held_by(pid, *secrets)) and time.monotonic() < give_up:
        pass
    return found


def _named(secret: str) -> Iterator[tuple[str, bytes]]:
    for name, shape in shapes(secret).items():
        yield f"{secret[:3]}… as {name}", shape


def _memory(pid: int, overlap: int) -> Iterator[bytes]:
    """Yield the memory of *pid* in pieces, each of which starts with the end of the one before."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            area, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(edge, 16) for edge in area.split("-"))
            for place in range(start, end, _PIECE):
                with suppress(OSError, ValueError):
                    memory.seek(place)
                    yield memory.read(min(_PIECE + overlap, end - place))


def surroundings_of(home: Path) -> dict[int, tuple[str, dict[str, str]]]:
    """Return command line and environment of all processes that were started with *home* as their home."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            entries = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
            given = dict(entry.split("=", 1) for entry in entries if "=" in entry)
            if given.get("HOME") == str(home):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace"), given
    return found
