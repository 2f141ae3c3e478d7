"""Machines of all kinds: described by their facts, with real files in a separate folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assistant.setup import System

Machine = Callable[..., System]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Describe a machine whose root is a folder and whose programs are those put into its /usr/bin."""
    bin_folder = tmp_path / "usr" / "bin"
    bin_folder.mkdir(parents=True)

    def describe(**facts: Any) -> System:
        here: dict[str, Any] = {
            "os": "linux",
            "euid": 1000,
            "env": {"PATH": f"{bin_folder}{os.pathsep}/usr/bin{os.pathsep}/bin", "HERE": str(tmp_path)},
            "home": tmp_path / "home",
            "which": partial(shutil.which, path=str(bin_folder)),
            "root": tmp_path,
        }
        return System(**{**here, **facts})

    return describe


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Path]:
    """Put a program on the machine: into its /usr/bin, or where the path says."""

    def put(path: str, script: str = "exit 0") -> Path:
        place = tmp_path / (path if "/" in path else f"usr/bin/{path}")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        place.chmod(0o755)
        return place

    return put
