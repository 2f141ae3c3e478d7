"""Where templates come from: compiled once per process, because every portal has the same ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def environment(folders: tuple[Path, ...]) -> Environment:
    """Return the templates of *folders*; for each name the first folder with it wins. Undefined names are errors."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
