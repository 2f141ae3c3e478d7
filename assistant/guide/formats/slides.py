"""Which slides a guide becomes, and where everything stands on them. Lengths in points, from the upper left corner.

What does not fit is first set a little smaller and then carried to another slide; nothing ever hangs over an edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.guide.formats.office import caption, note_title, picture, table_texts
from assistant.guide.formats.typeface import column_widths, count_lines
from assistant.guide.model import (
    Block,
    Bullets,
    Figure,
    Guide,
    Note,
    Paragraph,
    Section,
    Span,
    Table,
    Terms,
    Text,
    parse_text,
)
from assistant.guide.wording import heading

WIDE, HIGH = 960.0, 540.0
MARGIN = 44.0
TOP, BOTTOM = 100.0, 494.0
"""The body, below the title and above the foot."""
PAD = 9.0
"""Between the edge of a note or cell and its words."""
_GAP = 26.0
_PICTURE = 590.0
_CAPTION = 34.0
_SMALLER = (1.0, 0.93, 0.86)
_ASIDE_SMALLER = (1.0, 0.92, 0.84, 0.76)


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

    @property
    def leading(self) -> float:
        """Height of a line."""
        return round(self.size * 1.32)

    def height(self, room: float) -> float:
        """Return how high it stands in a box of *room* points."""
        return count_lines(self.text, self.size, room - self.left, strong=self.strong) * self.leading + self.after


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
class Slide:
    """One slide."""

    title: str
    title_size: float
    spoken: str
    parts: tuple[Part, ...] = ()
    """In reading order; on a slide with a picture they stand beside it."""
    figure: Figure | None = None
    picture: Place | None = None
    caption: Words | None = None


def slides(guide: Guide) -> tuple[Slide, ...]:
    """Return the slides of *guide* after the title slide."""
    return tuple(slide for section in guide.walk() for slide in _numbered(list(_section(section, guide))))


def _section(section: Section, guide: Guide) -> Iterator[Slide]:
    title = heading(section, guide)
    spoken = section.spoken or section.lead
    urgent = [block for block in section.blocks if isinstance(block, Note) and block.kind in {"warning", "danger"}]
    blocks = [block for block in section.blocks if not isinstance(block, Figure)]
    if section.step and section.figures:
        for number, figure in enumerate(section.figures):
            lead = section.lead if not number else figure.caption
            yield from _beside(title, lead, urgent if not number else [], figure, guide, spoken)
        blocks = [block for block in blocks if isinstance(block, Table)]
        lead = ""
    else:
        lead = section.lead
    if blocks or (lead and not section.figures):
        yield from _stacked(title, lead, blocks, guide, spoken)
    if not section.step:
        for number, figure in enumerate(section.figures):
            words = section.lead if not blocks and not number and section.lead else figure.caption
            yield from _beside(title, words, [], figure, guide, spoken)


def _slide(title: str, spoken: str) -> Slide:
    size = next((size for size in (28, 25) if count_lines(title, size, WIDE - 2 * MARGIN, strong=True) == 1), 20)
    return Slide(title, size, spoken)


def _numbered(group: list[Slide]) -> Iterator[Slide]:
    """Return *group*, the slides of one section, told apart by their titles where they are several."""
    for number, slide in enumerate(group, start=1):
        if len(group) == 1:
            yield slide
        else:
            title = f"{slide.title} ({number}/{len(group)})"
            yield replace(slide, title=title, title_size=_slide(title, "").title_size)


# --- a picture, and what belongs to it beside it ---------------------------------------------------------------


def _beside(title: str, lead: str, notes: list[Note], figure: Figure, guide: Guide, spoken: str) -> Iterator[Slide]:
    ratio = picture(figure).ratio
    shot = figure.shot()
    high = BOTTOM - TOP - _CAPTION
    width = min(_PICTURE, high / ratio, shot.width / shot.scale)
    place = Place(MARGIN, TOP, width, width * ratio)
    # Where the caption is what the slide says anyway, once is enough.
    said = "" if lead == figure.caption else caption(figure, guide)
    under = Line(parse_text(f"{guide.words['figure']} {figure.number}. {said}"), 11)
    base = replace(
        _slide(title, spoken),
        figure=figure,
        picture=place,
        caption=Words(Place(MARGIN, place.top + place.height + 5, max(width, 300), _CAPTION - 5), (under,)),
    )
    left = MARGIN + width + _GAP
    room = WIDE - MARGIN - left
    for scale in _ASIDE_SMALLER:
        parts, bottom = _column(lead, notes, guide, left, room, scale)
        if bottom <= BOTTOM:
            yield replace(base, parts=parts)
            return
    parts, _ = _column(lead, [], guide, left, room, _ASIDE_SMALLER[-1])
    yield replace(base, parts=parts)
    yield from _stacked(title, "", notes, guide, spoken)


def _column(
    lead: str, notes: list[Note], guide: Guide, left: float, room: float, scale: float
) -> tuple[tuple[Words | NoteBox, ...], float]:
    parts: list[Words | NoteBox] = []
    line = Line(parse_text(lead), 22 * scale, strong=True)
    parts.append(Words(Place(left, TOP, room, line.height(room)), (line,)))
    bottom = TOP + line.height(room)
    for note in notes:
        box = _note(note, guide, left, bottom + 16, room, 15.5 * scale)
        parts.append(box)
        bottom = box.place.top + box.place.height
    return tuple(parts), bottom


def _note(note: Note, guide: Guide, left: float, top: float, width: float, size: float) -> NoteBox:
    lines = (Line(parse_text(note_title(note, guide)), size, strong=True, after=2), Line(note.text, size))
    height = sum(line.height(width - 2 * PAD - 4) for line in lines) + 2 * PAD
    return NoteBox(Place(left, top, width, height), note, lines)


# --- words from top to bottom ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Line, ...]
    head_cells: tuple[Line, ...]
    columns: tuple[float, ...]
    height: float
    head: float


_Atom = Line | Note | _Row


def _stacked(title: str, lead: str, blocks: Sequence[Block], guide: Guide, spoken: str) -> Iterator[Slide]:
    """Return slides with *lead* and *blocks* from top to bottom: on one if slightly smaller type makes them fit."""
    attempts = [_filled(list(_atoms(lead, blocks, scale)), guide, scale) for scale in _SMALLER]
    for parts in min(attempts, key=len):
        yield replace(_slide(title, spoken), parts=parts)


def _atoms(lead: str, blocks: Sequence[Block], scale: float) -> Iterator[_Atom]:
    """Return all that has to stand on a slide, in pieces that are not broken further."""
    if lead:
        yield Line(parse_text(lead), 21 * scale, strong=True, after=10)
    for block in blocks:
        match block:
            case Paragraph(text):
                yield Line(text, 18 * scale, after=9)
            case Bullets(items, ordered):
                for number, item in enumerate(items, start=1):
                    yield Line(item, 18 * scale, bullet=f"{number}." if ordered else "•", left=24, after=6)
            case Terms(items):
                for term, text in items:
                    yield Line((Span(f"{term}: ", strong=True), *text), 16 * scale, after=7)
            case Note():
                yield block
            case Table():
                yield from _rows(block, 15 * scale)
            case Figure():
                pass


def _rows(table: Table, size: float) -> Iterator[_Row]:
    columns = column_widths(table_texts(table), size, BODY.width, 2 * PAD)
    head = tuple(Line(parse_text(cell), size, strong=True) for cell in table.head)
    high = _row_height(head, columns)
    for row in table.rows:
        cells = tuple(Line(cell, size) for cell in row)
        yield _Row(cells, head, columns, _row_height(cells, columns), high)


def _row_height(cells: Sequence[Line], columns: Sequence[float]) -> float:
    return max(cell.height(wide - 2 * PAD) for cell, wide in zip(cells, columns, strict=True)) + PAD


def _filled(atoms: Sequence[_Atom], guide: Guide, scale: float) -> list[tuple[Part, ...]]:
    """Return *atoms* placed from top to bottom, on as many slides as they need."""
    done: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    top = TOP
    for atom in atoms:
        added = _added(parts, atom, guide, scale, top)
        if parts and added[-1].place.top + added[-1].place.height > BOTTOM:
            done.append(tuple(parts))
            added = _added([], atom, guide, scale, TOP)
        parts = added
        top = parts[-1].place.top + parts[-1].place.height
    return [*done, tuple(parts)] if parts else done


def _added(parts: Sequence[Part], atom: _Atom, guide: Guide, scale: float, top: float) -> list[Part]:
    """Return *parts* with *atom* at the end, in the last of them if it is of its kind."""
    last = parts[-1] if parts else None
    match atom, last:
        case Line(), Words(place, lines):
            return [*parts[:-1], Words(_taller(place, atom.height(BODY.width)), (*lines, atom))]
        case Line(), _:
            return [
                *parts,
                Words(Place(MARGIN, top + (8 if parts else 0), BODY.width, atom.height(BODY.width)), (atom,)),
            ]
        case _Row(cells, head, columns, height, _), Grid(place, rows, heights, before) if (
            rows[0] == head and columns == before
        ):
            return [*parts[:-1], Grid(_taller(place, height), (*rows, cells), (*heights, height), columns)]
        case _Row(cells, head, columns, height, high), _:
            place = Place(MARGIN, top + (8 if parts else 0), BODY.width, high + height)
            return [*parts, Grid(place, (head, cells), (high, height), columns)]
        case Note(), _:
            return [*parts, _note(atom, guide, MARGIN, top + (12 if parts else 0), BODY.width, 17 * scale)]
    raise AssertionError


def _taller(place: Place, by: float) -> Place:
    return replace(place, height=place.height + by)
