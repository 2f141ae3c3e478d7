"""The commonest problems and their official remedies, read from ``problems.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.outcome import Language, reasons

_FILE = "problems.toml"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, as the person meets it."""

    id: str
    at: str
    """Where one meets it: ``login``, ``app``, ``card``."""
    what: str
    remedy: str


@cache
def problems(language: Language) -> tuple[Problem, ...]:
    """Return all problems in the order of the way. Raises `KeyError` where one names a reason that is not there."""
    text = (resources.files("assistant") / _FILE).read_text(encoding="utf-8")
    return tuple(_problem(entry, language) for entry in tomllib.loads(text)["problem"])


def _problem(entry: Mapping[str, Any], language: Language) -> Problem:
    if "reason" in entry:
        reason = reasons(language)[entry["reason"]]
        what, remedy = reason.what, reason.remedy
    else:
        what, remedy = entry["what"][language], entry["do"][language]
    if "more" in entry:
        remedy = f"{remedy} {entry['more'][language]}"
    return Problem(entry["id"], entry["at"], what, remedy)
