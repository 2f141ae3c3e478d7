"""Breaks of the JavaScript guard. Each is made in a copy of the checkout, and then its test must turn red."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tree import ROOT

PATIENCE_S = 600
_PACKAGES = ("assistant", "flows", "fixtures", "mock_portal", "tests", "docs")


@dataclass(frozen=True, slots=True)
class Break:
    """One break: *old* becomes *new* in *file*, and *test* must notice."""

    what: str
    file: str
    old: str
    new: str
    test: str


def breaks() -> list[Break]:
    """Return all breaks in file order."""
    text = Path(__file__).with_name("breaks.toml").read_text(encoding="utf-8")
    return [Break(**entry) for entry in tomllib.loads(text)["break"]]


@contextmanager
def copied(place: Path) -> Iterator[Path]:
    """Copy everything the tests need into *place*, and delete it at the end."""
    place.mkdir()
    try:
        for package in _PACKAGES:
            shutil.copytree(ROOT / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", place)
        yield place
    finally:
        shutil.rmtree(place)


def is_noticed(one: Break, place: Path) -> bool:
    """Break the copy at *place*, run the break's test and undo the break. Return True if a test failed."""
    path = place / one.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(one.old, one.new), encoding="utf-8")
    options = ("-q", "-x", "-n", "0", "-m", "", "-p", "no:cacheprovider")  # no -m: the whole of each matrix
    command = [sys.executable, "-m", "pytest", *options, *shlex.split(one.test)]
    try:
        ended = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    finally:
        path.write_text(whole, encoding="utf-8")
    if ended.returncode not in (0, 1):
        raise RuntimeError(f"{one.what}: pytest ended with {ended.returncode}\n{ended.stdout[-2000:]}")
    return ended.returncode == 1
