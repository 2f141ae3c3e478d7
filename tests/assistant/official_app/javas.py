"""Javas of all ages: small scripts that answer as a real one would, in a folder that plays the machine."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from assistant.setup.system import System

_WORDS = {
    6: ('java version "1.6.0_45"', "Java HotSpot(TM) 64-Bit Server VM (build 20.45-b01, mixed mode)"),
    7: ('java version "1.7.0_80"', "Java HotSpot(TM) 64-Bit Server VM (build 24.80-b11, mixed mode)"),
    8: ('openjdk version "1.8.0_402"', "OpenJDK 64-Bit Server VM (Temurin)(build 25.402-b06, mixed mode)"),
}
_NEWER = ('openjdk version "{}.0.2" 2024-01-16', "OpenJDK 64-Bit Server VM Temurin (build {}.0.2+8, mixed mode)")
SILENT = "echo 'no version here'"
BROKEN = "echo 'error while loading shared libraries: libjli.so' >&2; exit 127"
HANGING = "exec tail -f /dev/null"


def answer(version: int, bits: int = 64) -> str:
    """Return a script that answers ``-version`` as this Java does, on its channel of errors."""
    first, machine = _WORDS.get(version, (_NEWER[0].format(version), _NEWER[1].format(version)))
    if bits == 32:
        machine = machine.replace("64-Bit Server", "Client")
    return f"cat >&2 <<'END'\n{first}\nRuntime Environment\n{machine}\nEND"


def lay(root: Path, place: str, script: str) -> Path:
    """Put a program on the machine. *place* is below its root; its folder for programs is ``usr/bin``."""
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def machine(root: Path, **facts: Any) -> System:
    """Return a Debian machine whose root is a folder and whose search path is its ``usr/bin``."""
    here: dict[str, Any] = {
        "os": "linux",
        "distro": ("debian",),
        "root": root,
        "home": root / "home",
        "env": {},
        "which": partial(shutil.which, path=str(root / "usr/bin")),
    }
    return System(**{**here, **facts})


def search_path(*folders: Path) -> str:
    """Return a PATH of these folders."""
    return os.pathsep.join(map(str, folders))
