"""Mutation testing of the safety core: small changes of the code that a test must notice, or a committed reason why not.

``mutation.toml`` says which modules, which tests each is tried with, and which kinds of change are made;
``equivalent.toml`` lists the changes that no test can notice, each with its reason. ``mutants`` makes the changes with
Cosmic Ray, ``trial`` tries them in copies of the checkout.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Target:
    """One module of the core."""

    file: str
    tests: tuple[str, ...]
    """What pytest is given, quickest first; the first test that fails ends a trial."""
    functions: tuple[str, ...] = ()
    """Those that are mutated, such as ``Driver.sign``; empty for the whole module."""


@dataclass(frozen=True, slots=True)
class Change:
    """A mutant by what a reader sees of it, so that it stays the same when lines move."""

    file: str
    where: str
    """The function or class it is in, such as ``Driver.sign``; empty at the top of the module."""
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed module."""

    change: Change
    text: str
    """The whole module with the change."""
    function: str
    """The outermost function whose body holds the change, such as ``Driver.sign``; empty if none does."""


def targets() -> list[Target]:
    """Return the modules, the quickest and most important first."""
    found = _read("mutation.toml")["module"]
    return [Target(m["file"], tuple(m["tests"]), tuple(m.get("functions", ()))) for m in found]


def operators() -> list[str]:
    """Return the names of Cosmic Ray's operators that are used."""
    return [str(name) for name in _read("mutation.toml")["operators"]]


def equivalent() -> dict[Change, str]:
    """Return the changes that no test can notice, each with its reason."""
    listed = _read("equivalent.toml").get("change", [])
    return {Change(e["file"], e["where"], e["was"], e["becomes"]): e["why"] for e in listed}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
