"""Parts of the guide's pictures, made larger or smaller."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

from assistant.guide.model import Shot

Window = tuple[int, int, int, int]
"""Left, top, right and bottom of the part that is shown, device pixels of the picture."""
_DRAWN = 64
"""A mark changes a picture by more than that, of 255; the dimming of the rest by less."""


def part(path: Path, window: Window, size: tuple[int, int]) -> Image.Image:
    """Return what lies in *window* of the picture at *path*, as large as *size*."""
    with Image.open(path) as opened:
        return opened.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=window, reducing_gap=2)


def lost_ribbon(shot: Shot, window: Window, scale: float) -> Image.Image | None:
    """Return the ribbon that says "sample", *scale* times as large, if it is not whole in *window*."""
    if shot.ribbon is None:
        return None
    box, pixels = shot.ribbon, shot.scale
    left, top = round(box.x * pixels), round(box.y * pixels)
    right, bottom = round((box.x + box.width) * pixels), round((box.y + box.height) * pixels)
    if left >= window[0] and top >= window[1] and right <= window[2] and bottom <= window[3]:
        return None
    return part(shot.clean, (left, top, right, bottom), (round((right - left) * scale), round((bottom - top) * scale)))


def marks_in(shot: Shot) -> Window | None:
    """Return where marks and their callouts are, as far as the pictures show any."""
    with Image.open(shot.clean) as clean, Image.open(shot.marked) as marked:
        difference = ImageChops.difference(clean.convert("RGB"), marked.convert("RGB"))
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * _DRAWN + [255] * (256 - _DRAWN)).getbbox()
