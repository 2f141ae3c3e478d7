"""Parts of the guide's pictures, made larger or smaller."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops

from assistant.guide.model import Shot

Window = tuple[int, int, int, int]
"""Left, top, right and bottom of the part that is shown, device pixels of the picture."""
_DRAWN = 64
"""A mark changes a pixel by more than this, out of 255; dimming the rest changes it by less."""


def part(path: Path, window: Window, size: tuple[int, int]) -> Image.Image:
    """Return the part of the picture at *path* inside *window*, scaled to *size*."""
    return opened(path).resize(size, Image.Resampling.LANCZOS, box=window, reducing_gap=2)


def opened(path: Path) -> Image.Image:
    """Return the picture at *path*. Don't change it: the next caller gets the same one."""
    return _opened(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)  # the one without marks and the one with them
def _opened(path: Path, changed: int) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def lost_ribbon(shot: Shot, window: Window, scale: float) -> Image.Image | None:
    """Return the ribbon that says "sample", *scale* times as large, if it isn't whole in *window*."""
    at = _ribbon(shot)
    if at is None or at == _common(at, window):
        return None
    return part(shot.clean, at, (round((at[2] - at[0]) * scale), round((at[3] - at[1]) * scale)))


def cuts_ribbon(shot: Shot, window: Window) -> bool:
    """Whether a part of the ribbon lies in *window*, but not all of it."""
    at = _ribbon(shot)
    return at is not None and _common(at, window) not in {None, at}


def _ribbon(shot: Shot) -> Window | None:
    if shot.ribbon is None:
        return None
    box, pixels = shot.ribbon, shot.scale
    left, top = round(box.x * pixels), round(box.y * pixels)
    return left, top, round((box.x + box.width) * pixels), round((box.y + box.height) * pixels)


def _common(one: Window, other: Window) -> Window | None:
    """Return the overlap; None if there is none."""
    left, top, right, bottom = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (left, top, right, bottom) if left < right and top < bottom else None


def marks_in(shot: Shot) -> Window | None:
    """Return where marks and their callouts are, as far as the pictures show any."""
    clean, marked = opened(shot.clean), opened(shot.marked)
    difference = ImageChops.difference(clean, marked)
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * _DRAWN + [255] * (256 - _DRAWN)).getbbox()
