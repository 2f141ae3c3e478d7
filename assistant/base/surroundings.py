"""A home folder and a current folder for programs that are started without one.

Without a home (a container's user whom the system doesn't know) libraries would create a folder called ``~`` in the
current one, or raise. If the current folder has been deleted, we couldn't start any other program.
"""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = "/nonexistent"
"""Debian's word for "no home" (base-passwd): nothing can be kept there, and that is said where it is tried."""


def stand_firm() -> None:
    """See to it that this process, and those that it starts, have a home and stand in a folder that exists."""
    if expanded("~") == Path("~"):
        os.environ["HOME"] = NOWHERE
    try:
        os.getcwd()  # noqa: PTH109 (Path.cwd would do the same)
    except OSError:
        os.chdir(Path.home().anchor)


def expanded(path: Path | str) -> Path:
    """Return *path* with ``~`` written out; as it is where nobody knows whose home is meant."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)
