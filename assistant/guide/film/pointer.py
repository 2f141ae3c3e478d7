"""The pointer, and the ring that spreads where it presses."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from assistant.guide.film.drawing import Point
from assistant.guide.film.planes import Planes

_ARROW = ((0, 0), (0, 17), (3.9, 13.4), (6.6, 19.6), (9.4, 18.4), (6.8, 12.4), (12, 12))
_SCALE = 2.9


def with_pointer(image: Planes, at: Point, ripple: float = 0) -> Planes:
    """Return *image* with the pointer's tip at *at*; *ripple* from 0 to 1 is how far a press has spread."""
    stage = image.copy()
    if 0 < ripple < 1:
        ring = _ring(round(ripple * 20))
        stage.paste("#d9480f", (round(at[0]) - ring.width // 2, round(at[1]) - ring.height // 2), ring)
    fill, edge = _arrow()
    corner = (round(at[0]) - 8, round(at[1]) - 8)
    stage.paste("white", corner, edge)
    stage.paste("#111827", corner, fill)
    return stage


@cache
def _ring(twentieth: int) -> Image.Image:
    """Return a ring at *twentieth* twentieths of its way, fading as it grows."""
    big = Image.new("L", (640, 640), 0)
    radius = 80 + twentieth * 11
    strength = round(235 * (1 - twentieth / 24))
    box = (320 - radius, 320 - radius, 320 + radius, 320 + radius)
    ImageDraw.Draw(big).ellipse(box, fill=strength // 4, outline=strength, width=28)
    return big.resize((160, 160), Image.Resampling.LANCZOS)


@cache
def _arrow() -> tuple[Image.Image, Image.Image]:
    """Return the masks of the pointer's inside and of its white edge."""
    big = Image.new("L", (64 * 4, 80 * 4), 0)
    ImageDraw.Draw(big).polygon([((x * _SCALE + 8) * 4, (y * _SCALE + 8) * 4) for x, y in _ARROW], fill=255)
    edge = big.filter(ImageFilter.MaxFilter(21))
    half = (64, 80)
    inside, outside = big.resize(half, Image.Resampling.LANCZOS), edge.resize(half, Image.Resampling.LANCZOS)
    return inside, ImageChops.lighter(inside, outside)
