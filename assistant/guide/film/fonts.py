"""A typeface of this machine that has every Turkish letter."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from PIL import ImageFont

from assistant.errors import SetupError
from assistant.setup.parts import Part, install_command

LETTERS = "ÇĞİÖŞÜçğıöşüâîû“”’–…•"
"""What a typeface must have to be taken."""

_PAIRS = (
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("Ubuntu-R.ttf", "Ubuntu-B.ttf"),
    ("Roboto-Regular.ttf", "Roboto-Bold.ttf"),
)
"""Regular and bold, the first that is there wins. Linux first, then Windows and macOS."""


@cache
def typeface(size: int, *, strong: bool = False) -> ImageFont.FreeTypeFont:
    """Return the font at *size* pixels. Raises `SetupError` ("setup_incomplete") if none here will do."""
    return ImageFont.truetype(_found()[strong], size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _found() -> tuple[str, str]:
    return find_pair(_folders())


def find_pair(folders: Iterable[Path]) -> tuple[str, str]:
    """Return the files of the first regular and bold font below *folders* that have every letter."""
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.ttf")):
            files.setdefault(path.name, path)
    for pair in _PAIRS:
        if all(name in files and _has_letters(files[name]) for name in pair):
            return str(files[pair[0]]), str(files[pair[1]])
    raise SetupError("setup_incomplete", install_command((Part.TYPEFACE,)))


def _has_letters(path: Path) -> bool:
    try:
        # Not by its name: Pillow would take a font of this name from elsewhere if this one is broken.
        with path.open("rb") as file:
            font = ImageFont.truetype(file, 24)
    except OSError:
        return False
    unknown = bytes(font.getmask("\U0010fffe"))
    return all(bytes(font.getmask(letter)) != unknown for letter in LETTERS)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        if local := os.environ.get("LOCALAPPDATA"):
            yield Path(local) / "Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts")
    else:
        data = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
        yield from (Path(folder) / "fonts" for folder in data if folder)
        yield from (Path.home() / ".local/share/fonts", Path.home() / ".fonts")
