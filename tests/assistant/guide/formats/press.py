"""The sample guide in one format, written twice; and what the system's own tools read in it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.guide.model import Guide
from tests.assistant.guide.samples import sample_guide

Write = Callable[[Guide, Path], tuple[Path, ...]]


@dataclass(frozen=True)
class Made:
    """What a format wrote."""

    guide: Guide
    files: tuple[Path, ...]
    again: tuple[Path, ...]
    """The same, written a second time."""

    @property
    def differing(self) -> list[str]:
        """Names of the files that aren't the same to the byte."""
        pairs = zip(self.files, self.again, strict=True)
        return [one.name for one, other in pairs if one.read_bytes() != other.read_bytes()]


def make(write: Write, folder: Path, guide: Guide) -> tuple[Path, ...]:
    """Write *guide* into *folder*, in its own thread: this one may already run the tests' browser."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(write, guide, folder).result()


def make_twice(write: Write, folder: Path, guide: Guide | None = None) -> Made:
    """Write *guide*, or the sample, twice."""
    given = guide or sample_guide(folder / "pictures")
    one, two = folder / "one", folder / "two"
    for into in (one, two):
        into.mkdir()
    return Made(given, make(write, one, given), make(write, two, given))


def tool(*command: str | Path) -> str:
    """Return what a system program says; a test that needs it is skipped if it isn't installed."""
    name = str(command[0])
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, check=False, encoding="utf-8", errors="replace"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
