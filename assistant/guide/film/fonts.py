"""The program's own letters, for what is drawn rather than set."""

from __future__ import annotations

from functools import cache
from importlib import resources

from PIL import ImageFont

LETTERS = "ÇĞİÖŞÜçğıöşüâîû“”’–…•"
"""What every typeface of the program has."""


@cache
def typeface(size: int, *, strong: bool = False) -> ImageFont.FreeTypeFont:
    """Return the font at *size* pixels."""
    path = resources.files("assistant.paper") / "fonts" / f"Arimo-{'Bold' if strong else 'Regular'}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
