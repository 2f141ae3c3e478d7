"""The words of the commands about snapshots, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.base.outcome import Language


def told(name: str, language: Language, /, **values: object) -> str:
    """Return the text *name*, such as ``compare.label``, with its places filled in. Raises `KeyError`."""
    group, _, key = name.partition(".")
    text: str = _texts()[group][key][language]
    return text.format(**values)


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((resources.files("assistant.snapshot") / "words.toml").read_text(encoding="utf-8"))
