"""The steps as a short GIF or WebP, for messaging apps where nobody opens a film or document.

Each picture is shown as close up as its marks allow, first without and then with them, so you can read it on a phone. A
GIF starts by itself everywhere and loops. It stays below the size limit of such apps: if it is too large we reduce the
colours first and then the size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops, ImageDraw

from assistant.guide.film.drawing import ACCENT, INK, PAPER, QUIET, SOFT, break_lines, put_tick, set_text
from assistant.guide.film.part import Window, cuts_ribbon, lost_ribbon, marks_in, opened, part
from assistant.guide.film.story import step_count
from assistant.guide.model import Figure, Guide, Section, Shot

WIDTH, HEIGHT = 960, 720
LIMIT = 3_000_000
"""Bytes."""
_HEAD = 150
"""Height of the words above a picture."""
_MARGIN = 32
_CLOSEST = 760
"""Width in CSS pixels of the smallest part of a page we show: any narrower and you don't know where you are."""
_NEARLY_ALL = 0.75
"""If we show this share of a page's width anyway, we show all of it."""
_AROUND = 28
"""CSS pixels around the marks."""
_EDGE = 40
"""Two pixels that differ by more than this, out of 255, are an edge."""
_PER_EDGE, _PER_RIBBON = 15, 3000
"""How many pixels we move aside rather than cut through one edge (a line of words has dozens), or a ribbon."""
_COVER, _END = 160, 220
"""How long the cards are shown, in hundredths of a second, the format's unit."""
_PICTURE = 210
"""How long a picture is shown, unless there are few or many steps."""
_SHORTEST, _LONGEST = 1200, 2600
"""All pictures together."""
_MARKS_COME = 0.3
"""How much of its time a picture is shown before its marks appear."""
_TRIES = ((1.0, 128), (1.0, 64), (0.75, 64), (0.75, 32), (0.5, 32), (0.5, 16))
"""Size and number of colours, best first."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the animation."""

    image: Image.Image
    length: int
    """Hundredths of a second."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the animation as GIF, at most `LIMIT` bytes."""
    path = folder / f"{guide.words['file.guide']}.gif"
    all_frames = tuple(frames(guide))
    content = b""
    for scale, colours in _TRIES:
        content = _gif(all_frames, scale, colours)
        if len(content) <= LIMIT:
            break
    path.write_bytes(content)
    return (path,)


def write_webp(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the animation as WebP: half the size, for apps that show it."""
    path = folder / f"{guide.words['file.guide']}.webp"
    all_frames = tuple(frames(guide))
    images, lengths = [frame.image for frame in all_frames], _milliseconds(all_frames)
    images[0].save(path, save_all=True, append_images=images[1:], duration=lengths, loop=0, quality=75, method=2)
    return (path,)


def frames(guide: Guide) -> Iterator[Frame]:
    """Draw a cover, each step's picture without and with marks, and an end."""
    pictures = [(section, figure) for section in guide.steps for figure in section.figures or (None,)]
    each = min(max(_PICTURE * len(pictures), _SHORTEST), _LONGEST) // max(1, len(pictures))
    first = round(each * _MARKS_COME)
    yield Frame(_cover(guide), _COVER)
    for section, figure in pictures:
        if figure is None:
            yield Frame(_words(guide, section), each)
            continue
        clean, marked = _picture(guide, section, figure)
        yield Frame(clean, first)
        yield Frame(marked, each - first)
    yield Frame(_end(guide), _END)


def _gif(all_frames: Sequence[Frame], scale: float, colours: int) -> bytes:
    size = (round(WIDTH * scale), round(HEIGHT * scale))
    images = [
        frame.image.resize(size, Image.Resampling.LANCZOS).quantize(
            colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        for frame in all_frames
    ]
    file = BytesIO()
    lengths = _milliseconds(all_frames)
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=lengths, loop=0)
    return file.getvalue()


def _milliseconds(all_frames: Sequence[Frame]) -> list[int]:
    return [frame.length * 10 for frame in all_frames]


# --- what is drawn -----------------------------------------------------------------------------------------


def _cover(guide: Guide) -> Image.Image:
    stage = Image.new("RGB", (WIDTH, HEIGHT), INK)
    draw = ImageDraw.Draw(stage)
    set_text(draw, (64, 64), "\n".join(guide.brand.institution), 26, SOFT, WIDTH - 128)
    at = set_text(draw, (64, 250), guide.title, 72, "white", WIDTH - 128, strong=True)
    draw.rectangle((64, at + 20, 164, at + 27), fill=ACCENT)
    set_text(draw, (64, at + 56), guide.subtitle, 36, SOFT, WIDTH - 128)
    return stage


def _end(guide: Guide) -> Image.Image:
    stage = Image.new("RGB", (WIDTH, HEIGHT), INK)
    draw = ImageDraw.Draw(stage)
    put_tick(stage, (WIDTH // 2, 150), 78)
    room, at = WIDTH - 128, 270.0
    if guide.steps:
        at = set_text(draw, (64, at), guide.steps[-1].title, 54, "white", room, strong=True, centred=True)
    at = set_text(draw, (64, at + 40), guide.words["support"], 34, SOFT, room, centred=True)
    set_text(draw, (64, at + 30), guide.address, 28, ACCENT, room, centred=True)
    return stage


def _headed(guide: Guide, section: Section) -> Image.Image:
    """Draw the step's number, the progress and its title, leaving the rest free."""
    stage = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(stage)
    draw.rectangle((0, 0, WIDTH, _HEAD - 1), fill=INK)
    steps, room = step_count(guide), WIDTH - 2 * _MARGIN
    number = f"{guide.words['step']} {section.step} / {steps}"
    set_text(draw, (_MARGIN, 18), number, 30, ACCENT, room, strong=True)
    wide = room / steps
    for step in range(steps):
        left = _MARGIN + step * wide
        colour = ACCENT if step < section.step else QUIET
        draw.rounded_rectangle((left, 62, left + wide - 6, 69), 3, fill=colour)
    size = 44
    while size > 26 and len(break_lines(section.title, size, room, strong=True)) > 1:
        size -= 2
    set_text(draw, (_MARGIN, 110 - size * 0.58), section.title, size, "white", room, strong=True)
    return stage


def _words(guide: Guide, section: Section) -> Image.Image:
    stage = _headed(guide, section)
    set_text(ImageDraw.Draw(stage), (64, _HEAD + 80), section.lead, 42, INK, WIDTH - 128)
    return stage


def _picture(guide: Guide, section: Section, figure: Figure) -> tuple[Image.Image, Image.Image]:
    shot = figure.shot()
    window = window_of(shot)
    wide, high = window[2] - window[0], window[3] - window[1]
    scale = min(WIDTH / wide, (HEIGHT - _HEAD) / high)
    size = (round(wide * scale), round(high * scale))
    corner = ((WIDTH - size[0]) // 2, _HEAD + (HEIGHT - _HEAD - size[1]) // 2)
    stage = _headed(guide, section)
    # Next to the number, to stay clear of the page's own words and marks.
    if ribbon := lost_ribbon(shot, window, 0.5):
        stage.paste(ribbon, (WIDTH - _MARGIN - ribbon.width, 18))
    clean, marked = stage, stage.copy()
    clean.paste(part(shot.clean, window, size), corner)
    marked.paste(part(shot.marked, window, size), corner)
    return clean, marked


def window_of(shot: Shot) -> Window:
    """Return the part of the picture we show: as much of its middle as fits with all of its marks."""
    found = marks_in(shot) or (0, 0, shot.width, shot.height)
    around = round(_AROUND * shot.scale)
    left, top, right, bottom = found[0] - around, found[1] - around, found[2] + around, found[3] + around
    shape = WIDTH / (HEIGHT - _HEAD)
    wide = round(min(shot.width, max(right - left, (bottom - top) * shape, _CLOSEST * shot.scale)))
    if wide > shot.width * _NEARLY_ALL:
        wide = shot.width
    high = round(min(shot.height, max(bottom - top, wide / shape)))
    x = _start(shot.width, wide, left, right)
    first, last = max(0, bottom - high), max(0, min(top, shot.height - high))
    y = _quiet(shot, (x, x + wide), high, _start(shot.height, high, top, bottom), range(min(first, last), last + 1))
    return (x, y, x + wide, y + high)


def _quiet(shot: Shot, across: tuple[int, int], high: int, wanted: int, allowed: range) -> int:
    """Return where in *allowed* a part *high* pixels high is close to *wanted* without cutting through words.

    *across* is its left and right edge.
    """
    page = opened(shot.clean).crop((across[0], 0, across[1], shot.height)).convert("L")
    steps = ImageChops.difference(page, ImageChops.offset(page, 1, 0)).point([0] * _EDGE + [255] * (256 - _EDGE))
    rows = steps.convert("F").resize((1, shot.height), Image.Resampling.BOX)
    edges = [float(cast("float", rows.getpixel((0, row)))) * page.width / 255 for row in range(shot.height)]

    def cut_at(row: int) -> float:
        if row in {0, shot.height}:
            return 0
        return max(edges[max(0, row - 4)], edges[row], edges[min(shot.height - 1, row + 4)])

    def cost(y: int) -> float:
        lost = _PER_RIBBON if cuts_ribbon(shot, (across[0], y, across[1], y + high)) else 0
        return abs(y - wanted) + _PER_EDGE * (cut_at(y) + cut_at(y + high)) + lost

    return min(allowed, key=cost, default=wanted)


def _start(whole: int, part_of_it: int, first: int, last: int) -> int:
    """Return where a part of *whole* starts that contains *first* to *last*, as close to the middle as possible."""
    wanted = min(max((whole - part_of_it) // 2, last - part_of_it), first)
    return min(max(0, wanted), whole - part_of_it)
