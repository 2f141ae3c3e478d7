"""The catalogue of steps: one place for what the person is told on each screen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["tr", "en"]


@dataclass(frozen=True, slots=True)
class Step:
    """What is said of one screen."""

    id: str
    title: str
    now: str
    """One sentence on what to do or what is being done."""
    help: str
    """What to do when it does not work."""


@cache
def steps(language: Language = "tr") -> dict[str, Step]:
    """Return the catalogue in *language*, by screen, in the order of the guide."""
    text = (resources.files("flows") / "steps.toml").read_text(encoding="utf-8")
    return {
        name: Step(name, entry["title"][language], entry["now"][language], entry["help"][language])
        for name, entry in tomllib.loads(text).items()
    }
