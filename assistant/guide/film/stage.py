"""What a scene looks like: cards, framed pictures, the pointer. We draw everything at 1920 by 1080 pixels."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from assistant.guide.film.drawing import (
    ACCENT,
    INK,
    PAPER,
    QUIET,
    SOFT,
    Point,
    break_lines,
    put_framed,
    put_tick,
    set_text,
)
from assistant.guide.film.part import Window, lost_ribbon, part
from assistant.guide.film.story import Scene, step_count, stops
from assistant.guide.film.word_card import word_card
from assistant.guide.model import Figure, Guide, Note, Section, Shot, plain

WIDTH, HEIGHT = 1920, 1080
_DANGER = "#ff8fa3"
_PANEL = 500
_MARGIN = 56
_ROOM = (_PANEL + 44, 56, WIDTH - 44, HEIGHT - 150)
"""Where pictures go; the captions get the space below."""
_COVER_ROOM = (940, 90, WIDTH - 80, HEIGHT - 90)
"""Where the cover's picture goes, next to the title."""
_TALLEST = 0.85
"""Height by width. Of a taller picture we only show a part, or its words would be too small."""


@dataclass(frozen=True, slots=True)
class FilmView:
    """A scene as it stands: without and with marks, and where the pointer goes."""

    clean: Image.Image
    marked: Image.Image
    stops: tuple[Point, ...] = ()
    """Where the pointer goes, on the stage."""
    is_pressed: bool = False
    """Whether it presses at the last one."""


def view(guide: Guide, scene: Scene) -> FilmView:
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


def _same(image: Image.Image) -> FilmView:
    return FilmView(image, image)


def cover(guide: Guide) -> Image.Image:
    """Draw the first card; it is also the poster."""
    stage = Image.new("RGB", (WIDTH, HEIGHT), INK)
    shown = next((figure for section in guide.steps for figure in section.figures if not figure.is_drawing), None)
    if shown:
        shot = shown.shot()
        left, top, right, bottom = _COVER_ROOM
        scale = min((right - left) / shot.width, (bottom - top) / shot.height)
        size = (round(shot.width * scale), round(shot.height * scale))
        picture = part(shot.marked, (0, 0, shot.width, shot.height), size)
        put_framed(stage, picture, (left, top + (bottom - top - size[1]) // 2))
    draw = ImageDraw.Draw(stage)
    at = set_text(draw, (110, 150), "\n".join(guide.brand.institution), 30, SOFT, 780)
    at = set_text(draw, (110, max(at + 60, 360)), guide.title, 84, "white", 780, strong=True)
    draw.rectangle((110, at + 26, 230, at + 34), fill=ACCENT)
    set_text(draw, (110, at + 74), guide.subtitle, 40, SOFT, 780)
    return stage


def ending(guide: Guide) -> Image.Image:
    """Draw the last card: what success looks like, and who to ask."""
    stage = Image.new("RGB", (WIDTH, HEIGHT), INK)
    draw = ImageDraw.Draw(stage)
    put_tick(stage, (WIDTH // 2, 250), 92)
    last = guide.steps[-1] if guide.steps else None
    at = set_text(draw, (210, 400), last.title if last else guide.title, 68, "white", 1500, strong=True, centred=True)
    if last:
        at = set_text(draw, (310, at + 24), last.lead, 38, SOFT, 1300, centred=True)
    draw.rectangle((WIDTH // 2 - 60, at + 44, WIDTH // 2 + 60, at + 50), fill=ACCENT)
    at = set_text(draw, (310, at + 90), guide.words["support"], 36, "white", 1300, centred=True)
    set_text(draw, (310, at + 14), guide.address, 30, SOFT, 1300, centred=True)
    return stage


def _panel(stage: Image.Image, guide: Guide, section: Section) -> None:
    draw = ImageDraw.Draw(stage)
    draw.rectangle((0, 0, _PANEL, HEIGHT), fill=INK)
    room = _PANEL - 2 * _MARGIN
    at: float = _MARGIN + 24
    if section.step:
        steps = step_count(guide)
        at = set_text(
            draw, (_MARGIN, at), f"{guide.words['step']} {section.step} / {steps}", 30, ACCENT, room, strong=True
        )
        wide = room / steps
        for step in range(steps):
            left = _MARGIN + step * wide
            colour = ACCENT if step < section.step else QUIET
            draw.rounded_rectangle((left, at + 14, left + wide - 6, at + 21), 3, fill=colour)
        at += 48
    at = set_text(draw, (_MARGIN, at), section.title, 46, "white", room, strong=True) + 26
    at = set_text(draw, (_MARGIN, at), section.lead, 33, SOFT, room)
    warning = next((block for block in section.blocks if isinstance(block, Note) and block.kind == "danger"), None)
    if warning:
        _warning(draw, warning, at + 60, room)
    foot = guide.brand.institution[-1] if guide.brand.institution else ""
    set_text(draw, (_MARGIN, HEIGHT - 76), foot, 22, "#8d9ab5", room)


def _warning(draw: ImageDraw.ImageDraw, note: Note, at: float, room: float) -> None:
    text = plain(note.text)
    lines = break_lines(text, 27, room - 28)
    if at + 50 + len(lines) * 38 > HEIGHT - 100:
        lines = []
    top = at
    at = set_text(draw, (_MARGIN + 28, at), note.title, 30, _DANGER, room - 28, strong=True)
    at = set_text(draw, (_MARGIN + 28, at + 6), text, 27, SOFT, room - 28) if lines else at
    draw.rounded_rectangle((_MARGIN, top + 4, _MARGIN + 6, at), 3, fill=_DANGER)


def _words(stage: Image.Image, section: Section) -> None:
    """Draw a card with the section's words in place of a picture."""
    left, top, right, bottom = _ROOM
    card = word_card(section, right - left, bottom - top)
    put_framed(stage, card, (left, top + (bottom - top - card.height) // 2))


def _picture(stage: Image.Image, figure: Figure) -> FilmView:
    shot = figure.shot()
    marks = stops(shot)
    window = _window(shot)
    left, top, right, bottom = _ROOM
    scale = min((right - left) / (window[2] - window[0]), (bottom - top) / (window[3] - window[1]))
    size = (round((window[2] - window[0]) * scale), round((window[3] - window[1]) * scale))
    corner = (left + (right - left - size[0]) // 2, top + (bottom - top - size[1]) // 2)
    ribbon = lost_ribbon(shot, window, scale)
    stages = []
    for path in (shot.clean, shot.marked):
        picture = part(path, window, size)
        if ribbon:
            picture.paste(ribbon, (size[0] - ribbon.width - 12, size[1] - ribbon.height - 12))
        drawn = stage.copy()
        put_framed(drawn, picture, corner)
        stages.append(drawn)
    targets = []
    for mark in marks:
        # Below the middle, so the pointer doesn't cover the control's words.
        x = ((mark.box.x + mark.box.width * 0.6) * shot.scale - window[0]) * scale
        y = ((mark.box.y + mark.box.height * 0.75) * shot.scale - window[1]) * scale
        targets.append((corner[0] + min(max(x, 0), size[0]), corner[1] + min(max(y, 0), size[1])))
    return FilmView(stages[0], stages[1], tuple(targets), bool(marks) and marks[-1].is_pressed)


def _window(shot: Shot) -> Window:
    """Return the part of the picture we show, in device pixels: all, or the area around the mark if it is tall."""
    tallest = round(shot.width * _TALLEST)
    mark = next(iter(stops(shot)), None)
    if shot.height <= tallest:
        return (0, 0, shot.width, shot.height)
    middle = (mark.box.y + mark.box.height / 2) * shot.scale if mark else 0
    top = round(min(max(0, middle - tallest / 2), shot.height - tallest))
    return (0, top, shot.width, top + tallest)
