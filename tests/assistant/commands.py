"""Starting the command line as a person would, in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def started(*args: str, home: Path, **more: str) -> subprocess.Popen[str]:
    """Start the command line in its own session, with its own home."""
    return _process([sys.executable, "-P", "-m", "assistant", *args], home, more)


def launched(*args: str, home: Path) -> subprocess.Popen[str]:
    """Start it as `started` does, but by ``./eonay``."""
    return _process([str(ROOT / "eonay"), *args], home, {})


def _process(command: list[str], home: Path, more: dict[str, str]) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EONAY_")}
    homes = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
    return subprocess.Popen(
        command,
        env={**kept, **homes, "PYTHONPATH": str(ROOT), **more},
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
