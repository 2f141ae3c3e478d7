"""A card with words, for a section of which there is no picture."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from assistant.guide.film.drawing import INK, Point, break_lines, set_text
from assistant.guide.model import Bullets, Paragraph, Section, Table, plain

_POINT, _TEXT = "#1d4ed8", "#3d4a63"
_LARGEST, _SMALLEST = 38, 24
_EDGE, _INDENT, _APART = 62, 104, 26
_LINE = 1.36


@dataclass(frozen=True, slots=True)
class _CardPoint:
    """One point of the card."""

    head: str
    """Strong, in a line of its own; empty for none."""
    text: str = ""

    def height(self, size: int, room: float) -> float:
        lines = len(break_lines(self.text, size, room))
        return len(break_lines(self.head, size, room, strong=True)) * round(size * 1.22) + lines * round(size * _LINE)


def word_card(section: Section, width: int, tallest: int) -> Image.Image:
    """Return a card as high as what the section says needs, at most *tallest* pixels; what is too much is left out."""
    entries = _entries(section)
    room = width - _INDENT - _EDGE
    size = _LARGEST
    while size > _SMALLEST and _height(entries, size, room) > tallest:
        size -= 2
    while _height(entries, size, room) > tallest:
        entries = entries[:-1]
    card = Image.new("RGB", (width, round(_height(entries, size, room))), "white")
    draw = ImageDraw.Draw(card)
    at: float = _EDGE
    for entry in entries:
        below = at + entry.height(size, room)
        middle = at + size * 0.6
        draw.ellipse((_EDGE, middle - 8, _EDGE + 16, middle + 8), fill=_POINT)
        _set(draw, (_INDENT, at), entry, size, room)
        at = below + _APART
    return card


def _entries(section: Section) -> tuple[_CardPoint, ...]:
    """Return the rows of its first table, else the points of its first list, else its paragraphs; then its parts.

    A table stands for the whole section: what its parts tell doesn't belong into the row.
    """
    parts = tuple(_CardPoint(part.title) for part in section.parts)
    for block in section.blocks:
        if isinstance(block, Table):
            return tuple(_CardPoint(plain(row[0]), "\n".join(map(plain, row[1:]))) for row in block.rows)
    for block in section.blocks:
        if isinstance(block, Bullets):
            return (*(_CardPoint("", plain(item)) for item in block.items), *parts)
    said = tuple(_CardPoint("", plain(block.text)) for block in section.blocks if isinstance(block, Paragraph))
    return (*said, *parts)


def _height(entries: tuple[_CardPoint, ...], size: int, room: float) -> float:
    return 2 * _EDGE + sum(entry.height(size, room) + _APART for entry in entries) - _APART


def _set(draw: ImageDraw.ImageDraw, at: Point, entry: _CardPoint, size: int, room: float) -> None:
    x, y = at
    if entry.head:
        y = set_text(draw, (x, y), entry.head, size, INK, room, strong=True)
    set_text(draw, (x, y), entry.text, size, _TEXT if entry.head else INK, room)
