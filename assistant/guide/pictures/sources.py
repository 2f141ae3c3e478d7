"""The files that declare pictures, for the live preview to watch."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from assistant.guide.pictures.catalogue import picture_specs
from assistant.guide.pictures.drawings import drawing_names, forget_drawings


def picture_sources() -> tuple[Path, ...]:
    """Return the files."""
    folder = resources.files("assistant.guide.pictures")
    return tuple(Path(str(folder / name)) for name in ("pictures.toml", "drawings.toml", "drawings.html"))


def reread_pictures() -> None:
    """Read them again. Raises `ValueError` or `KeyError` for a file that isn't right."""
    picture_specs.cache_clear()
    forget_drawings()
    picture_specs()
    drawing_names()
