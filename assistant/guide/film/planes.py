"""A film's picture as it is coded: brightness and, at half the size, two colours (YUV 4:2:0 by BT.709).

A picture is converted once. What fades, moves or spreads on it is drawn on the planes: to convert every picture of it
took as long as to encode them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import av
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

_EVEN = 16
"""Pixels of a square of one colour, large enough for any converter."""


@dataclass(frozen=True, slots=True)
class Planes:
    """One picture."""

    images: tuple[Image.Image, Image.Image, Image.Image]

    @classmethod
    def of(cls, image: Image.Image) -> Planes:
        """Convert *image*, whose sides are even."""
        plain: av.VideoFrame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call] # the library leaves it open
        coded = plain.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
        one, two, three = (
            Image.frombytes("L", (plane.width, plane.height), bytes(plane), "raw", "L", plane.line_size, 1)
            for plane in coded.planes
        )
        return cls((one, two, three))

    def faded(self, into: Planes, share: float) -> Planes:
        """Return it as it gives way to *into*: at 0 itself, at 1 the other."""
        one, two, three = (
            Image.blend(mine, theirs, share) for mine, theirs in zip(self.images, into.images, strict=True)
        )
        return Planes((one, two, three))

    def copy(self) -> Planes:
        """Return one to draw on."""
        one, two, three = (image.copy() for image in self.images)
        return Planes((one, two, three))

    def paste(self, colour: str, corner: tuple[int, int], mask: Image.Image) -> None:
        """Draw *mask* in *colour* onto it, from *corner* on."""
        brightness, *colours = _values(colour)
        bright, *coloured = self.images
        bright.paste(brightness, corner, mask)
        half = mask.reduce(2)
        for image, value in zip(coloured, colours, strict=True):
            image.paste(value, (corner[0] // 2, corner[1] // 2), half)

    def frame(self) -> av.VideoFrame:
        """Return it for the encoder."""
        made = av.VideoFrame(*self.images[0].size, "yuv420p")
        made.colorspace, made.color_range = Colorspace.ITU709, ColorRange.MPEG
        for plane, image in zip(made.planes, self.images, strict=True):
            plane.update(image.tobytes())
        return made


@cache
def _values(colour: str) -> tuple[int, ...]:
    """Return *colour* as it is in each plane."""
    square = Planes.of(Image.new("RGB", (_EVEN, _EVEN), colour))
    return tuple(image.tobytes()[0] for image in square.images)
