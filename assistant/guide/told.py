"""What ``eonay guide`` tells the person at the command line, read from ``told.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.base.errors import UsageError
from assistant.base.outcome import Language


def told(name: str, language: Language, /, **values: object) -> str:
    """Return the text *name*, such as ``out.foreign``, with its places filled in."""
    group, _, key = name.partition(".")
    text: str = _texts()[group][key][language]
    return text.format(**values)


def wrong(name: str, language: Language, where: str, /, **values: object) -> UsageError:
    """Return the error that tells the text *name* of *where*: an option, a file."""
    return UsageError(f"{where}: {told(name, language, **values)}")


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((resources.files("assistant.guide") / "told.toml").read_text(encoding="utf-8"))
