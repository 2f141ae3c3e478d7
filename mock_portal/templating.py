"""Where templates come from: compiled once per process, since every portal has the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def environment(folders: tuple[Path, ...]) -> Environment:
    """Return the templates of *folders*; the first that has one of a name wins. An undefined name is an error."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
