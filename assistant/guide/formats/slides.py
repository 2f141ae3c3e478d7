"""Which slides a guide becomes, in the order of its text. A picture goes next to the words that lead to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.guide.film.fonts import typeface
from assistant.guide.formats.office import note_title, sentence, table_texts
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

LEADING, APART = 1.22, 0.35
"""Height of a line, and room below a paragraph, by the size of the letters; the room doesn't shrink with them."""
BELOW_TABLE = 16.0
"""Points between a table and words below it."""
HANGING = 29.0
"""Points before the words of a list, as in the template: enough for two-digit numbers."""
SMALLEST = 0.7
"""How far a slide's letters may shrink before something moves to the next one."""
_LEGIBLE = 0.8
"""The same for a slide with only words, or a table."""
_STEPS = (1.0, 0.93, 0.86, 0.8, 0.75, SMALLEST)
_LARGER = (1.3, 1.2, 1.1)
"""How far they may grow there if there are few."""


@dataclass(frozen=True, slots=True)
class SlideLine:
    """One paragraph."""

    text: Text
    bullet: str = ""
    """What stands before it: a dot, or its number."""


@dataclass(frozen=True, slots=True)
class Room:
    """A place for words; points."""

    width: float
    height: float
    size: float
    """Of the letters."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """The places for words that a template has."""

    text: Room
    """On a slide of words."""
    beside: Room
    """Beside a picture."""
    warning: Room
    above: Room
    """Above a table."""
    table: Room


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: words, and a picture or a table or neither."""

    title: str
    spoken: str
    lines: tuple[SlideLine, ...] = ()
    warning: tuple[SlideLine, ...] = ()
    """What is highlighted below the words next to a picture."""
    is_grave: bool = False
    """Whether something of that can't be undone."""
    figure: Figure | None = None
    table: Table | None = None
    scale: float = 1.0
    """Of the letters."""
    warning_scale: float = 1.0
    table_scale: float = 1.0
    is_below: bool = False
    """Whether the words stand below the table."""


def slides(guide: Guide, rooms: Rooms) -> tuple[Slide, ...]:
    """Return *guide*'s slides after the title slide. Parts with few words share one."""
    found: list[Slide] = []
    for chapter in guide.sections:
        own: list[Slide] = []
        words = _SlideWords(chapter, guide, rooms)
        for section in (chapter, *chapter.parts):
            if section.step or any(isinstance(block, Figure | Table) for block in section.blocks):
                own += words.flush()
                if section is chapter:
                    own += _section(section, guide, rooms)
                else:
                    found += [*_named(own), *_named(list(_section(section, guide, rooms)))]
                    own = []
            else:
                words.add(section)
        found += _named([*own, *words.flush()])
    return _apart(found)


class _SlideWords:
    """Words of a chapter and its parts that share slides."""

    def __init__(self, chapter: Section, guide: Guide, rooms: Rooms) -> None:
        self._chapter, self._guide, self._rooms = chapter, guide, rooms
        self._lines: list[SlideLine] = []
        self._said: list[str] = []
        self._is_own = True
        """Whether all of it is the chapter's."""

    def add(self, section: Section) -> None:
        """Put *section* below what is there."""
        if section is not self._chapter:
            self._is_own = False
            self._lines.append(SlideLine((Span(section.title, strong=True),)))
        self._lines += _lead(section)
        for block in section.blocks:
            self._lines += _lines(block, self._guide)
        self._said.append(section.spoken or section.lead)

    def flush(self) -> list[Slide]:
        """Return slides with everything that was put there; a chapter's own words alone are followed by its parts."""
        parts = self._chapter.parts
        if self._lines and self._is_own and len(parts) > 1:
            self._lines += [SlideLine(parse_text(part.title), str(part.step) if part.step else "•") for part in parts]
        slide = Slide(heading(self._chapter, self._guide), " ".join(filter(None, self._said)) or self._chapter.title)
        found = list(_words(slide, self._lines, self._rooms.text)) if self._lines else []
        self._lines, self._said = [], []
        return found


def lines_of(text: Text, room: Room, scale: float) -> int:
    """Return how many lines *text* takes in *room*; long words are broken."""
    lines, used, space = 1, 0.0, _width(" ", strong=False)
    wide = room.width / (room.size * scale) * 0.97
    for word, strong in ((word, span.strong) for span in text for word in span.text.split()):
        width = _width(word, strong=strong)
        if used and used + space + width > wide:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0)
        lines, used = lines + int(used // wide), used % wide
    return lines


def height(lines: Sequence[SlideLine], room: Room, scale: float) -> float:
    """Return how high *lines* stand in *room*, points."""
    size = room.size * scale
    inner = replace(room, width=room.width - HANGING)
    lengths = [lines_of(line.text, inner if line.bullet else room, scale) for line in lines]
    return sum(lengths) * size * LEADING + len(lengths) * room.size * APART


def _section(section: Section, guide: Guide, rooms: Rooms) -> Iterator[Slide]:
    slide = Slide(heading(section, guide), section.spoken or section.lead or section.title)
    waiting = _lead(section)
    blocks = list(section.blocks)
    while blocks:
        block = blocks.pop(0)
        if isinstance(block, Figure):
            warnings: list[SlideLine] = []
            is_grave = False
            while blocks and isinstance(blocks[0], Note) and blocks[0].kind in {"warning", "danger"}:
                is_grave |= blocks[0].kind == "danger"
                warnings += _lines(blocks.pop(0), guide)
            after: list[SlideLine] = []
            while blocks and isinstance(blocks[0], Note | Paragraph):
                after += _lines(blocks.pop(0), guide)
            yield from _beside(replace(slide, is_grave=is_grave), waiting, warnings, after, block, rooms)
            waiting = []
        elif isinstance(block, Table):
            below: list[SlideLine] = []
            while blocks and isinstance(blocks[0], Note | Paragraph):
                below += _lines(blocks.pop(0), guide)
            yield from _tables(slide, waiting, block, below, rooms)
            waiting = []
        else:
            waiting += _lines(block, guide)
    if waiting:
        yield from _words(slide, waiting, rooms.text)


def _lead(section: Section) -> list[SlideLine]:
    return [SlideLine((Span(section.lead, strong=True),))] if section.lead else []


def _lines(block: Block, guide: Guide) -> list[SlideLine]:
    match block:
        case Paragraph(text):
            return [SlideLine(text)]
        case Bullets(items, ordered):
            return [SlideLine(item, str(number) if ordered else "•") for number, item in enumerate(items, start=1)]
        case Note(_, _, text):
            return [SlideLine((Span(f"{sentence(note_title(block, guide))} ", strong=True), *text))]
        case Terms(terms):
            return [SlideLine((Span(f"{term}: ", strong=True), *text)) for term, text in terms]
        case _:
            return []


def _beside(
    slide: Slide,
    lines: list[SlideLine],
    warnings: list[SlideLine],
    after: list[SlideLine],
    figure: Figure,
    rooms: Rooms,
) -> Iterator[Slide]:
    """Return the slide of *figure* with *lines* next to it, and below them what comes *after*, if there is room.

    What leads to the picture and finds no room next to it comes before it.
    """
    room = rooms.beside if warnings else replace(rooms.beside, height=rooms.beside.height + rooms.warning.height)
    at = _first_beside(lines, room)
    before, beside = lines[:at], lines[at:]
    if before:
        yield from _words(slide, before, rooms.text)
    if after and _fitting([*beside, *after], room) is not None:
        beside, after = [*beside, *after], []
    warning_scale = _fitting(warnings, rooms.warning)
    shown = replace(slide, lines=tuple(beside), figure=figure, scale=_fitting(beside, room) or SMALLEST)
    if warning_scale is not None:
        yield replace(shown, warning=tuple(warnings), warning_scale=warning_scale)
    else:
        yield shown
        after = [*warnings, *after]
    if after:
        yield from _words(slide, after, rooms.text)


def _first_beside(lines: Sequence[SlideLine], room: Room) -> int:
    """Return the first of *lines* to go next to the picture: all that lead to it, or only their last list."""
    if (_fitting(lines, room) or 0) >= _LEGIBLE:
        return 0
    begins = [at for at, line in enumerate(lines) if line.bullet in {"", "1"} or not lines[at - 1].bullet]
    return begins[-1] if _fitting(lines[begins[-1] :], room) is not None else len(lines)


def _words(slide: Slide, lines: Sequence[SlideLine], room: Room) -> Iterator[Slide]:
    """Return slides with *lines*, as few as smaller letters allow; if there are few words they get larger."""
    poured = min((_poured(lines, room, scale) for scale in _STEPS if scale >= _LEGIBLE), key=len)
    for part in poured:
        yield replace(slide, lines=tuple(part), scale=_fitting(part, room, _LARGER) or SMALLEST)


def _poured(lines: Sequence[SlideLine], room: Room, scale: float) -> list[list[SlideLine]]:
    parts: list[list[SlideLine]] = [[]]
    for line in lines:
        if parts[-1] and height([*parts[-1], line], room, scale) > room.height:
            parts.append([])
        parts[-1].append(line)
    return parts


def _tables(
    slide: Slide, lines: list[SlideLine], table: Table, below: list[SlideLine], rooms: Rooms
) -> Iterator[Slide]:
    """Return slides with the rows of *table*, each under its head, on as few as smaller letters make possible.

    *lines* stand above the first if there is room; what comes *below* it stands below the last, if nothing is above.
    """
    above = _fitting(lines, rooms.above)
    if lines and above is None:
        yield from _words(slide, lines, rooms.text)
        lines = []
    taller = replace(rooms.table, height=rooms.table.height + rooms.above.height)
    room = rooms.table if lines else taller
    scales = [scale for scale in (*_LARGER, *_STEPS) if scale >= _LEGIBLE]
    fewest = min(len(_rows(table, room, taller, scale)) for scale in scales)
    scale = next(scale for scale in scales if len(_rows(table, room, taller, scale)) == fewest)
    found = [
        replace(slide, table=replace(table, rows=tuple(part)), table_scale=scale, lines=tuple(lines if at == 0 else ()))
        for at, part in enumerate(_rows(table, room, taller, scale))
    ]
    found[0] = replace(found[0], scale=above or 1.0)
    last = found[-1]
    if below and last.table and not last.lines:
        left = taller.height - sum(row_heights(last.table, taller, scale)) - BELOW_TABLE
        fitting = _fitting(below, replace(rooms.text, height=left), _LARGER)
        if fitting is not None and fitting >= _LEGIBLE:
            found[-1], below = replace(last, lines=tuple(below), scale=fitting, is_below=True), []
    yield from found
    if below:
        yield from _words(slide, below, rooms.text)


def _rows(table: Table, first: Room, others: Room, scale: float) -> list[list[tuple[Text, ...]]]:
    """Return *table*'s rows on as few slides as possible, all about equally full."""
    parts: list[list[tuple[Text, ...]]] = []
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        poured: list[list[tuple[Text, ...]]] = [[]]
        for row in table.rows:
            room = first if len(poured) == 1 else others
            high = sum(row_heights(replace(table, rows=(*poured[-1], row)), room, scale))
            if poured[-1] and high > room.height * share:
                poured.append([])
            poured[-1].append(row)
        if parts and len(poured) > len(parts):
            break
        parts = poured
    return parts


def column_widths(table: Table, room: Room) -> list[float]:
    """Return the widths of *table*'s columns in *room*, in points, by what their words need."""
    longest = [min(max(max(map(len, column)), 14), 60) for column in table_texts(table)]
    return [room.width * length / sum(longest) for length in longest]


def row_heights(table: Table, room: Room, scale: float) -> list[float]:
    """Return how high the rows of *table* are in *room*, the head first, points; *scale* is that of the letters."""
    widths = column_widths(table, room)
    rows = [tuple(parse_text(f"**{cell}**") for cell in table.head), *table.rows]
    rooms = [replace(room, width=wide - 16) for wide in widths]
    most = [max(lines_of(cell, inner, scale) for cell, inner in zip(row, rooms, strict=True)) for row in rows]
    return [lines * room.size * scale * LEADING + 9 for lines in most]


def _fitting(lines: Sequence[SlideLine], room: Room, larger: Sequence[float] = ()) -> float | None:
    """Return the largest scale at which *lines* fit, up to the usual one or one of *larger*; None if none does."""
    return next((scale for scale in (*larger, *_STEPS) if height(lines, room, scale) <= room.height), None)


def _named(found: list[Slide]) -> list[Slide]:
    """Return one section's slides, with distinct titles if there are several."""
    if len(found) == 1:
        return found
    return [replace(one, title=f"{one.title} ({at}/{len(found)})") for at, one in enumerate(found, start=1)]


def _apart(found: list[Slide]) -> tuple[Slide, ...]:
    """Return all slides, those of the same title numbered."""
    titles = Counter(one.title for one in found)
    seen: Counter[str] = Counter()
    apart = []
    for one in found:
        seen[one.title] += 1
        again = f" ({seen[one.title]})" if titles[one.title] > 1 else ""
        apart.append(replace(one, title=one.title + again))
    return tuple(apart)


@cache
def _width(word: str, *, strong: bool) -> float:
    """Return how wide *word* is, by the size of the letters."""
    return typeface(100, strong=strong).getlength(word) / 100
