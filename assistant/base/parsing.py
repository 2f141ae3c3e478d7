"""Reading what others have written: whatever is wrong with it is a `ValueError`, and nothing else.

Python has limits of its own for the digits of a number and for lists in lists. Beyond them its readers raise a mere
`ValueError` or a `RecursionError`, which whoever reads a file forgets to catch.
"""

from __future__ import annotations

import json
import tomllib
from typing import Any


def read_toml(text: str) -> dict[str, Any]:
    """Return what *text* says. Raises `tomllib.TOMLDecodeError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError):
        raise tomllib.TOMLDecodeError("a number is too long, or lists lie too deep in each other") from None


def read_json(text: str | bytes) -> Any:
    """Return what *text* says. Raises `ValueError`."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("lists lie too deep in each other") from None
