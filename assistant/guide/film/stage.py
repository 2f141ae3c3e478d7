"""How a scene looks: cards, pictures in their frame, the pointer. Everything is drawn on 1920 by 1080 pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from assistant.guide.film.fonts import typeface
from assistant.guide.film.story import Scene, step_count, stops
from assistant.guide.model import Bullets, Figure, Guide, Note, Paragraph, Section, Shot, plain

WIDTH, HEIGHT = 1920, 1080
INK, PAPER, SOFT, ACCENT, QUIET, GOOD = "#14213d", "#e9edf3", "#c7d0e0", "#ffb703", "#33415f", "#2a9d6f"
_DANGER = "#ff8fa3"
_PANEL = 500
_MARGIN = 56
_ROOM = (_PANEL + 44, 56, WIDTH - 44, HEIGHT - 150)
"""Where pictures stand; captions have the rest below."""
_RADIUS = 14

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A scene as it stands: without and with marks, and where the pointer goes."""

    clean: Image.Image
    marked: Image.Image
    stops: tuple[Point, ...] = ()
    """Where the pointer goes, on the stage."""
    is_pressed: bool = False
    """Whether it presses at the last of them."""


def view(guide: Guide, scene: Scene) -> View:
    """Draw *scene*."""
    if scene.kind == "cover":
        return _same(cover(guide))
    if scene.section is None:
        return _same(ending(guide))
    stage = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    _panel(stage, guide, scene.section)
    if scene.figure is None:
        _words(stage, scene.section)
        return _same(stage)
    return _picture(stage, scene.figure)


def _same(image: Image.Image) -> View:
    return View(image, image)


def cover(guide: Guide) -> Image.Image:
    """Draw the first card; it is also the poster."""
    stage = Image.new("RGB", (WIDTH, HEIGHT), INK)
    shown = next((figure for section in guide.steps for figure in section.figures if not figure.is_drawing), None)
    if shown:
        shot = shown.shot()
        with Image.open(shot.marked) as opened:
            scale = 1300 / shot.width
            picture = opened.convert("RGB").resize((1300, round(shot.height * scale)), Image.Resampling.LANCZOS)
        _framed(stage, picture, (1010, 190))
    draw = ImageDraw.Draw(stage)
    at = _text(draw, (110, 150), "\n".join(guide.brand.institution), 30, SOFT, 820)
    at = _text(draw, (110, max(at + 60, 360)), guide.title, 84, "white", 860, strong=True)
    draw.rectangle((110, at + 26, 230, at + 34), fill=ACCENT)
    _text(draw, (110, at + 74), guide.subtitle, 40, SOFT, 820)
    return stage


def ending(guide: Guide) -> Image.Image:
    """Draw the last card: what success looks like, and whom to ask."""
    stage = Image.new("RGB", (WIDTH, HEIGHT), INK)
    draw = ImageDraw.Draw(stage)
    _tick(stage, (WIDTH // 2, 250), 92)
    last = guide.steps[-1] if guide.steps else None
    at = _text(draw, (210, 400), last.title if last else guide.title, 68, "white", 1500, strong=True, centred=True)
    if last:
        at = _text(draw, (310, at + 24), last.lead, 38, SOFT, 1300, centred=True)
    draw.rectangle((WIDTH // 2 - 60, at + 44, WIDTH // 2 + 60, at + 50), fill=ACCENT)
    at = _text(draw, (310, at + 90), guide.words["support"], 36, "white", 1300, centred=True)
    _text(draw, (310, at + 14), guide.address, 30, SOFT, 1300, centred=True)
    return stage


def _panel(stage: Image.Image, guide: Guide, section: Section) -> None:
    draw = ImageDraw.Draw(stage)
    draw.rectangle((0, 0, _PANEL, HEIGHT), fill=INK)
    room = _PANEL - 2 * _MARGIN
    at: float = _MARGIN + 24
    if section.step:
        steps = step_count(guide)
        at = _text(
            draw, (_MARGIN, at), f"{guide.words['step']} {section.step} / {steps}", 30, ACCENT, room, strong=True
        )
        wide = room / steps
        for step in range(steps):
            left = _MARGIN + step * wide
            colour = ACCENT if step < section.step else QUIET
            draw.rounded_rectangle((left, at + 14, left + wide - 6, at + 21), 3, fill=colour)
        at += 48
    at = _text(draw, (_MARGIN, at), section.title, 46, "white", room, strong=True) + 26
    at = _text(draw, (_MARGIN, at), section.lead, 33, SOFT, room)
    warning = next((block for block in section.blocks if isinstance(block, Note) and block.kind == "danger"), None)
    if warning:
        _warning(draw, warning, at + 60, room)
    foot = guide.brand.institution[-1] if guide.brand.institution else ""
    _text(draw, (_MARGIN, HEIGHT - 76), foot, 22, "#8d9ab5", room)


def _warning(draw: ImageDraw.ImageDraw, note: Note, at: float, room: float) -> None:
    text = plain(note.text)
    lines = _lines(text, 27, room - 28)
    if at + 50 + len(lines) * 38 > HEIGHT - 100:
        lines = []
    top = at
    at = _text(draw, (_MARGIN + 28, at), note.title, 30, _DANGER, room - 28, strong=True)
    at = _text(draw, (_MARGIN + 28, at + 6), text, 27, SOFT, room - 28) if lines else at
    draw.rounded_rectangle((_MARGIN, top + 4, _MARGIN + 6, at), 3, fill=_DANGER)


def _words(stage: Image.Image, section: Section) -> None:
    """Put a card with the section's first list, or its first paragraphs, where a picture would stand."""
    left, top, right, bottom = _ROOM
    found = next((block for block in section.blocks if isinstance(block, Bullets)), None)
    texts = [plain(item) for item in found.items] if found else []
    texts = texts or [plain(block.text) for block in section.blocks if isinstance(block, Paragraph)]
    size, room = 36, right - left - 170
    while size > 26 and sum(len(_lines(text, size, room)) * size * 1.36 + 24 for text in texts) > bottom - top - 130:
        size -= 2
    card = Image.new("RGB", (right - left, bottom - top), "white")
    draw = ImageDraw.Draw(card)
    heights = [len(_lines(text, size, room)) * size * 1.36 + 24 for text in texts]
    at = max(60.0, (card.height - sum(heights)) / 2)
    for text, height in zip(texts, heights, strict=True):
        if at + height > card.height - 40:
            break
        middle = at + size * 0.68
        draw.ellipse((62, middle - 8, 78, middle + 8), fill="#1d4ed8")
        _text(draw, (104, at), text, size, INK, room)
        at += height
    _framed(stage, card, (left, top))


def _picture(stage: Image.Image, figure: Figure) -> View:
    shot = figure.shot()
    marks = stops(shot)
    window = _window(shot)
    left, top, right, bottom = _ROOM
    scale = min((right - left) / (window[2] - window[0]), (bottom - top) / (window[3] - window[1]))
    size = (round((window[2] - window[0]) * scale), round((window[3] - window[1]) * scale))
    corner = (left + (right - left - size[0]) // 2, top + (bottom - top - size[1]) // 2)
    stages = []
    for path in (shot.clean, shot.marked):
        with Image.open(path) as opened:
            picture = opened.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=window, reducing_gap=2)
        drawn = stage.copy()
        _framed(drawn, picture, corner)
        stages.append(drawn)
    targets = []
    for mark in marks:
        # Below the middle, so that the pointer leaves the control's words to be read.
        x = ((mark.box.x + mark.box.width * 0.6) * shot.scale - window[0]) * scale
        y = ((mark.box.y + mark.box.height * 0.75) * shot.scale - window[1]) * scale
        targets.append((corner[0] + min(max(x, 0), size[0]), corner[1] + min(max(y, 0), size[1])))
    return View(stages[0], stages[1], tuple(targets), bool(marks) and marks[-1].is_pressed)


def _window(shot: Shot) -> tuple[int, int, int, int]:
    """Return the part of the picture that is shown, device pixels: all, or what is around the mark if it is tall."""
    tallest = round(shot.width * 0.72)
    mark = next(iter(stops(shot)), None)
    if shot.height <= tallest:
        return (0, 0, shot.width, shot.height)
    middle = (mark.box.y + mark.box.height / 2) * shot.scale if mark else 0
    top = round(min(max(0, middle - tallest / 2), shot.height - tallest))
    return (0, top, shot.width, top + tallest)


# --- drawing -----------------------------------------------------------------------------------------------


def _lines(text: str, size: int, room: float, *, strong: bool = False) -> list[str]:
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


def _text(
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
    """Set *text* from its upper left corner on; a word wider than the room makes all of it smaller. Return its end."""
    while size > 18 and any(typeface(size, strong=strong).getlength(word) > room for word in text.split()):
        size -= 2
    font = typeface(size, strong=strong)
    x, y = at
    for line in _lines(text, size, room, strong=strong):
        shift = (room - font.getlength(line)) / 2 if centred else 0
        draw.text((x + shift, y), line, font=font, fill=colour)
        y += round(size * (1.22 if strong else 1.36))
    return y


def _framed(stage: Image.Image, picture: Image.Image, corner: tuple[int, int]) -> None:
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


def _tick(stage: Image.Image, middle: tuple[int, int], radius: int) -> None:
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


# --- the pointer -------------------------------------------------------------------------------------------

_ARROW = ((0, 0), (0, 17), (3.9, 13.4), (6.6, 19.6), (9.4, 18.4), (6.8, 12.4), (12, 12))
_SCALE = 2.9


def with_pointer(image: Image.Image, at: Point, ripple: float = 0) -> Image.Image:
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
