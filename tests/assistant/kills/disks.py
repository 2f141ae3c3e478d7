"""Disks that fill up or turn read-only under a run, by the operating system itself: folders of a mount namespace."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.assistant.kills.matrix import VICTIMS, Mode
from tests.assistant.kills.steps import STEPS

Failure = Literal["temporary full", "home full", "home read-only"]
FAILURES: tuple[Failure, ...] = ("temporary full", "home full", "home read-only")
_MOUNTS = """
set -e
mount --bind "$3" "$3"
for folder in /tmp /var/tmp; do mount --rbind "$folder" "$folder"; mount -o remount,bind,ro "$folder"; done
mount -t tmpfs -o size=4m tmpfs "$1"
mount -t tmpfs -o size=400m tmpfs "$2"
echo ready
read end
"""
"""The folders of the run are small disks, and there is nowhere else for temporary files."""
_READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
"""Lies over the home. The home itself can't be made read-only while a browser has a file of it open for writing."""
_ENTERED = 'cd "$HOME" && exec "$@"'


@dataclass(frozen=True, slots=True)
class DiskBlow:
    """One failure of a disk: from this step on every write to it fails."""

    mode: Mode
    failure: Failure
    step: str
    """A step of the run; nothing if it has failed before the run begins."""

    def __str__(self) -> str:
        return f"{self.mode}: {self.failure} from {self.step or 'the start'} on"


def disk_matrix(seed: int) -> list[DiskBlow]:
    """Return each failure at each step of each kind of run, shuffled by *seed*."""
    chance = random.Random(seed)  # noqa: S311 (the same every time)
    blows = [DiskBlow(mode, failure, step) for mode in VICTIMS for failure in FAILURES for step in ("", *STEPS)]
    chance.shuffle(blows)
    return blows


@dataclass
class Disks:
    """The small disks of one place, seen from outside."""

    keeper: int
    """The process that keeps them."""
    home: Path
    temporary: Path
    is_covered: bool = False
    """Whether the home is read-only just now."""

    @property
    def root(self) -> Path:
        """Where they are seen."""
        return Path(f"/proc/{self.keeper}/root")

    @property
    def words(self) -> tuple[str, ...]:
        """Words before a command that has them."""
        return (*_entering(self.keeper), "sh", "-c", _ENTERED, "sh")

    def fail(self, failure: Failure) -> None:
        """Let every write fail from now on."""
        if failure == "home read-only":
            self._inside("sh", "-c", _READ_ONLY, "sh", str(self.home))
            self.is_covered = True
            return
        folder = self.temporary if failure == "temporary full" else self.home
        with suppress(OSError), self._filler(folder).open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(1 << 16))
        with suppress(OSError), self._filler(folder).open("ab", buffering=0) as filler:
            while True:
                filler.write(b"\0")

    def mend(self) -> None:
        """Let there be room again."""
        if self.is_covered:
            self._inside("umount", str(self.home))
            self.is_covered = False
        for folder in (self.home, self.temporary):
            self._filler(folder).unlink(missing_ok=True)

    def _filler(self, folder: Path) -> Path:
        return self.root / folder.relative_to("/") / "filler"

    def _inside(self, *command: str) -> None:
        subprocess.run([*_entering(self.keeper), *command], check=True, capture_output=True)


@contextmanager
def disks(home: Path, temporary: Path, things: Path) -> Iterator[Disks]:
    """Make *home* and *temporary* small disks of their own; *things* stays as it is. Raises `OSError` if not allowed."""
    command = ["unshare", *([] if os.getuid() == 0 else ["-Ur"]), "-m", "sh", "-c", _MOUNTS, "sh"]
    with subprocess.Popen(
        [*command, str(home), str(temporary), str(things)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as keeper:
        assert keeper.stdout is not None
        try:
            if keeper.stdout.readline() != "ready\n":
                raise OSError("this machine lets nobody mount anything")
            yield Disks(keeper.pid, home, temporary)
        finally:
            keeper.kill()


def _entering(keeper: int) -> tuple[str, ...]:
    mine = () if os.getuid() == 0 else ("-U", "--preserve-credentials")
    return ("nsenter", "-t", str(keeper), *mine, "-m")
