"""The command line as a person starts it: in a process of its own, or in that of the tests where only its words matter."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.__main__ import main

ROOT = Path(__file__).parents[2]


def started(*args: str, home: Path, **more: str) -> subprocess.Popen[str]:
    """Start the command line in its own session, with its own home."""
    return _process([sys.executable, "-P", "-m", "assistant", *args], home, more)


def launched(*args: str, home: Path) -> subprocess.Popen[str]:
    """Start it as `started` does, but by ``./eonay``."""
    return _process([str(ROOT / "eonay"), *args], home, {})


def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command line here; return its exit code, what it printed and what it complained of."""
    monkeypatch.setattr(sys, "argv", ["eonay", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


@dataclass(frozen=True, slots=True)
class Command:
    """The command line in the tests' own process, a second quicker than `started`, with a home and settings of its own."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run it, with *more* in its environment; return what a process of its own would have come to."""
        with self.monkeypatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("EONAY_")]:
                patch.delenv(name)
            for name, value in (_homes(self.home) | more).items():
                patch.setenv(name, value)
            patch.chdir(self.home)
            code, told, complaint = say(patch, self.capsys, *arguments)
        return subprocess.CompletedProcess(arguments, code, told, complaint)


def _homes(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}


def _process(command: list[str], home: Path, more: dict[str, str]) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EONAY_")}
    return subprocess.Popen(
        command,
        env={**kept, **_homes(home), "PYTHONPATH": str(ROOT), **more},
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
