"""Starts the card package's own Python processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import assistant

_MISREAD = frozenset("#=")
"""A comment and an assignment in SoftHSM2's configuration file, even inside a path."""
_SETTINGS = "EONAY_"
"""Settings can be secret (a PIN, a password), so children don't get variables with this prefix."""


def child_command(module: str) -> list[str]:
    """Return the command to run our *module*; Python won't look for modules in the current folder."""
    return [sys.executable, "-P", "-m", module]


def child_folder(added: Mapping[str, str]) -> Path | None:
    """Return the folder to start a child in that gets *added*; None: where we are.

    SoftHSM2 can't read a path with ``#`` or ``=`` from its configuration file. There the path is relative to that file.
    """
    configuration = added.get("SOFTHSM2_CONF")
    return Path(configuration).parent if configuration and is_misread(configuration) else None


def is_misread(path: str) -> bool:
    """Whether SoftHSM2 can't read *path* from its configuration file."""
    return not _MISREAD.isdisjoint(path)


def child_environment(added: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without our settings, plus *added*, with `assistant` importable."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_SETTINGS)}
    home = str(Path(assistant.__file__).resolve().parent.parent)
    path = [home, *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(path), **added}
