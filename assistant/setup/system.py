"""What kind of machine this is: the facts behind every decision in this package."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Family = Literal["debian", "ubuntu", "fedora", "windows", "macos", "other"]
"""How you install software here. Pardus and Mint count as "debian"; "ubuntu" only has Chromium as a snap."""


@dataclass(frozen=True, slots=True)
class System:
    """One machine. `System.current()` is this one; tests make up others."""

    os: Literal["linux", "windows", "macos"]
    distro: tuple[str, ...] = ()
    """ID and the words of ID_LIKE from /etc/os-release; empty elsewhere."""
    euid: int | None = None
    """Effective user id; None on Windows."""
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The environment: it says where programs and caches are."""
    home: Path = Path("/nonexistent")
    """The person's home folder."""
    which: Callable[[str], str | None] = field(default=lambda name: None, repr=False)
    """Finds a program by name."""
    root: Path = Path("/")
    """Where absolute paths like /usr/lib start."""
    terminal: bool = False
    """Whether somebody at a terminal can answer sudo."""

    @classmethod
    def current(cls) -> System:
        """Describe this machine."""
        kind: dict[str, Literal["linux", "windows", "macos"]] = {"Windows": "windows", "Darwin": "macos"}
        return cls(
            os=kind.get(platform.system(), "linux"),
            distro=_distro(),
            euid=os.geteuid() if hasattr(os, "geteuid") else None,
            env=dict(os.environ),
            home=Path.home(),
            which=shutil.which,
            terminal=_has_terminal(),
        )

    @property
    def family(self) -> Family:
        """How you install software here."""
        if self.os != "linux":
            return self.os
        if self.distro[:1] == ("ubuntu",):
            return "ubuntu"
        families: tuple[Family, ...] = ("debian", "fedora")
        return next((family for family in families if family in self.distro), "other")

    @property
    def is_root(self) -> bool:
        """Whether we are root."""
        return self.euid == 0

    def place(self, path: str) -> Path:
        """Return an absolute path on this machine, like "/usr/lib"."""
        return self.root / path.lstrip("/")

    def program(self, *names: str) -> Path | None:
        """Return the first of these programs that is on the PATH."""
        return next((Path(found) for name in names if (found := self.which(name))), None)


def _distro() -> tuple[str, ...]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ()
    return (release.get("ID", ""), *release.get("ID_LIKE", "").split())


def _has_terminal() -> bool:
    try:
        with Path("/dev/tty").open():
            return True
    except OSError:
        return False
