"""Showing something over a page without being part of it."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def over_page(package: str, script: str) -> str:
    """Return the function in *script* of *package* as one that needs only its first argument.

    The second is what ``top_layer.js`` holds: it makes the glass that the script draws on.
    """
    glass = (resources.files("assistant.browser") / "top_layer.js").read_text(encoding="utf-8")
    own = (resources.files(package) / script).read_text(encoding="utf-8")
    return f"about => ({own.strip()})(about, {glass.strip()})"
