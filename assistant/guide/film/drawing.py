"""Words, frames and signs on a picture, drawn with Pillow."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from assistant.guide.film.fonts import typeface

INK, PAPER, SOFT, ACCENT, QUIET, GOOD = "#14213d", "#e9edf3", "#c7d0e0", "#ffb703", "#33415f", "#2a9d6f"
Point = tuple[float, float]

_RADIUS = 14


def break_lines(text: str, size: int, room: float, *, strong: bool = False) -> list[str]:
    """Return *text* in lines of at most *room* pixels."""
    font = typeface(size, strong=strong)
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for piece in paragraph.split():
            longer = f"{line} {piece}".lstrip()
            if line and font.getlength(longer) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
        lines.append(line)
    return lines


def set_text(
    draw: ImageDraw.ImageDraw,
    at: Point,
    text: str,
    size: int,
    colour: str,
    room: float,
    *,
    strong: bool = False,
    centred: bool = False,
) -> float:
    """Draw *text* from its upper left corner; a word that is too wide makes all of it smaller. Return where it ends."""
    while size > 18 and any(typeface(size, strong=strong).getlength(word) > room for word in text.split()):
        size -= 2
    font = typeface(size, strong=strong)
    x, y = at
    for line in break_lines(text, size, room, strong=strong):
        shift = (room - font.getlength(line)) / 2 if centred else 0
        draw.text((x + shift, y), line, font=font, fill=colour)
        y += round(size * (1.22 if strong else 1.36))
    return y


def put_framed(stage: Image.Image, picture: Image.Image, corner: tuple[int, int]) -> None:
    """Put *picture* on the stage with round corners and a soft shadow."""
    shadow, mask = _frame(picture.size)
    around = (corner[0] - 40, corner[1] - 28)
    stage.paste("#0b1220", around, shadow)
    stage.paste(picture, corner, mask)


@cache
def _frame(size: tuple[int, int]) -> tuple[Image.Image, Image.Image]:
    width, height = size
    mask = _rounded(size, _RADIUS)
    shadow = Image.new("L", (width + 80, height + 80), 0)
    ImageDraw.Draw(shadow).rounded_rectangle((40, 40, width + 40, height + 40), _RADIUS, fill=90)
    return shadow.filter(ImageFilter.GaussianBlur(16)), mask


def _rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """Return a mask with round corners, smooth at the edges."""
    mask = Image.new("L", size, 255)
    corner = Image.new("L", (radius * 4, radius * 4), 0)
    ImageDraw.Draw(corner).ellipse((0, 0, radius * 8, radius * 8), fill=255)
    corner = corner.resize((radius, radius), Image.Resampling.BOX)
    for turn, place in enumerate(
        ((0, 0), (0, size[1] - radius), (size[0] - radius, size[1] - radius), (size[0] - radius, 0))
    ):
        mask.paste(corner.rotate(90 * turn), place)
    return mask


def put_tick(stage: Image.Image, middle: tuple[int, int], radius: int) -> None:
    """Draw a tick in a disc."""
    big = Image.new("L", (radius * 8, radius * 8), 0)
    ImageDraw.Draw(big).ellipse((0, 0, radius * 8 - 1, radius * 8 - 1), fill=255)
    line = Image.new("L", big.size, 0)
    points = [(radius * x, radius * y) for x, y in ((2.3, 4.1), (3.5, 5.3), (5.8, 2.8))]
    ImageDraw.Draw(line).line(points, fill=255, width=round(radius * 0.62), joint="curve")
    small = (radius * 2, radius * 2)
    corner = (middle[0] - radius, middle[1] - radius)
    stage.paste(GOOD, corner, big.resize(small, Image.Resampling.LANCZOS))
    stage.paste("white", corner, line.resize(small, Image.Resampling.LANCZOS))
