"""Reads what others wrote. Whatever is wrong with it becomes a `ValueError`, never anything else.

Python limits the digits of a number and the nesting of lists. Beyond that its parsers raise a plain `ValueError` or a
`RecursionError`, which callers forget to catch.
"""

from __future__ import annotations

import json
import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """Parse *text*. Raises `tomllib.TOMLDecodeError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError):
        raise tomllib.TOMLDecodeError("a number is too long, or lists lie too deep in each other") from None


def read_json(text: str | bytes) -> Any:
    """Parse *text*. Raises `ValueError`."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("lists lie too deep in each other") from None
