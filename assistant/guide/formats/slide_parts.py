"""What slides are made of, as plain data. Lengths in points, from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.guide.formats.office import note_title
from assistant.guide.formats.typeface import count_lines, longest_word
from assistant.guide.model import Figure, Guide, Note, Text, parse_text

WIDE, HIGH = 960.0, 540.0
MARGIN = 44.0
TOP, BOTTOM = 100.0, 494.0
"""The body, below the title and above the foot."""
PAD = 9.0
"""Between the edge of a note or cell and its words."""
_SURE = 0.96
"""How much of a line is counted on: programs differ a little in how wide they set letters."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a slide."""

    left: float
    top: float
    width: float
    height: float


TITLE = Place(MARGIN, 24, WIDE - 2 * MARGIN, 56)
RULE = Place(MARGIN, 84, WIDE - 2 * MARGIN, 1.5)
BODY = Place(MARGIN, TOP, WIDE - 2 * MARGIN, BOTTOM - TOP)
FOOT = Place(MARGIN, 508, 600, 16)
COVER_TITLE = Place(80, 170, WIDE - 160, 96)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a text box."""

    text: Text
    size: float
    strong: bool = False
    bullet: str = ""
    """What stands before it."""
    left: float = 0
    after: float = 0
    is_head: bool = False
    """Stands over what follows."""

    @property
    def leading(self) -> float:
        """Height of a line."""
        return round(self.size * 1.32)

    def height(self, room: float) -> float:
        """Return how high it stands in a box of *room* points."""
        return (
            count_lines(self.text, self.size, (room - self.left) * _SURE, strong=self.strong) * self.leading
            + self.after
        )

    def is_whole(self, room: float) -> bool:
        """Return whether every word fits on a line of a box of *room* points."""
        return longest_word(self.text, self.size, strong=self.strong) <= (room - self.left) * _SURE


@dataclass(frozen=True, slots=True)
class Words:
    """A text box without a frame."""

    place: Place
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class NoteBox:
    """A note, the title line first."""

    place: Place
    note: Note
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or as much of it as fits; the head first."""

    place: Place
    rows: tuple[tuple[Line, ...], ...]
    heights: tuple[float, ...]
    columns: tuple[float, ...]


Part = Words | NoteBox | Grid


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its caption."""

    figure: Figure
    place: Place
    caption: Words


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide."""

    title: str
    title_size: float
    spoken: str
    parts: tuple[Part, ...] = ()
    """In reading order; on a slide with a picture they stand beside it."""
    shown: Shown | None = None


def empty_slide(title: str, spoken: str) -> Slide:
    """Return a slide with nothing but its *title*, set as large as fits, and what is *spoken*."""
    size = next((size for size in (28, 25) if count_lines(title, size, TITLE.width * _SURE, strong=True) == 1), 20)
    return Slide(title, size, spoken)


def note_box(note: Note, guide: Guide, left: float, top: float, width: float, size: float) -> NoteBox:
    """Return *note* in a box of its own, as high as its words need at *size* points."""
    lines = (Line(parse_text(note_title(note, guide)), size, strong=True, after=2), Line(note.text, size))
    height = sum(line.height(width - 2 * PAD - 4) for line in lines) + 2 * PAD
    return NoteBox(Place(left, top, width, height), note, lines)
