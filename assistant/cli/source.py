"""What only a checkout has: code for developers, kept with the tests and not shipped."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.base.errors import UsageError

_CHECKOUT = Path(__file__).resolve().parents[2]


def from_tests(module: str, complaint: str) -> Any:
    """Import ``tests.``\\ *module*. Raises the `UsageError` called *complaint* if this isn't a checkout."""
    if not (_CHECKOUT / "tests" / f"{module.replace('.', '/')}.py").is_file():
        raise UsageError.of(complaint)
    if str(_CHECKOUT) not in sys.path:
        sys.path.insert(0, str(_CHECKOUT))
    return import_module(f"tests.{module}")
