"""How the card package starts Python processes of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import assistant

_SETTINGS = "EONAY_"
"""Settings may be secret (a PIN, a password); what begins like this is kept from children."""


def child_command(module: str) -> list[str]:
    """Return the command that runs *module* of this program; the current folder is not searched for modules."""
    return [sys.executable, "-P", "-m", module]


def child_environment(added: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without its settings, with *added*, and so that `assistant` is found."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_SETTINGS)}
    home = str(Path(assistant.__file__).resolve().parent.parent)
    path = [home, *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(path), **added}
