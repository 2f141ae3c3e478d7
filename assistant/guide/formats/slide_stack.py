"""Slides of words: paragraphs, lists, notes and tables from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.guide.formats.office import table_texts
from assistant.guide.formats.slide_parts import (
    BODY,
    BOTTOM,
    MARGIN,
    PAD,
    TOP,
    Grid,
    Line,
    Part,
    Place,
    Slide,
    Words,
    empty_slide,
    note_box,
)
from assistant.guide.formats.typeface import column_widths
from assistant.guide.model import Block, Bullets, Figure, Guide, Note, Paragraph, Span, Table, Terms, parse_text

_SMALLER = (1.0, 0.93, 0.86)


@dataclass(frozen=True, slots=True)
class Group:
    """What stands together on a slide if there is room."""

    blocks: tuple[Block, ...]
    title: str = ""
    """Stands above the blocks; the slide has its own."""
    lead: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Line, ...]
    head_cells: tuple[Line, ...]
    columns: tuple[float, ...]
    height: float
    head: float


_Atom = Line | Note | _Row


def stacked(title: str, groups: Sequence[Group], guide: Guide) -> Iterator[Slide]:
    """Return slides with *groups* from top to bottom: on as few as slightly smaller type makes possible."""
    attempts = [_filled(groups, guide, scale) for scale in _SMALLER]
    for parts, spoken in min(attempts, key=len):
        yield replace(empty_slide(title, spoken), parts=parts)


def _atoms(group: Group, scale: float) -> Iterator[_Atom]:
    """Return all that has to stand on a slide, in pieces that are not broken further."""
    if group.title:
        yield Line(parse_text(group.title), 19 * scale, strong=True, after=6, is_head=True)
    if group.lead:
        yield Line(parse_text(group.lead), 21 * scale, strong=True, after=10)
    for block in group.blocks:
        match block:
            case Paragraph(text):
                yield Line(text, 18 * scale, after=9)
            case Bullets():
                yield from bullets(block, 18 * scale)
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


def bullets(block: Bullets, size: float) -> Iterator[Line]:
    """Return the lines of a list."""
    for number, item in enumerate(block.items, start=1):
        yield Line(item, size, bullet=f"{number}." if block.ordered else "•", left=24, after=6)


def _filled(groups: Sequence[Group], guide: Guide, scale: float) -> list[tuple[tuple[Part, ...], str]]:
    """Return the parts and the spoken words of as many slides as *groups* need; a group is kept whole if it can be."""
    slides: list[tuple[list[Part], list[str]]] = [([], [])]
    for group in groups:
        atoms = list(_atoms(group, scale))
        parts, said = slides[-1]
        if parts and len(_poured(atoms, guide, scale, parts)) > 1:
            slides.append(([], []))
            parts, said = slides[-1]
        first, *others = _poured(atoms, guide, scale, parts)
        slides[-1] = (first, [*said, group.spoken])
        slides += [(more, [group.spoken]) for more in others]
    return [(tuple(parts), " ".join(filter(None, said))) for parts, said in slides if parts]


def _poured(atoms: Sequence[_Atom], guide: Guide, scale: float, parts: list[Part]) -> list[list[Part]]:
    """Return *parts* with *atoms* below them, and what goes to further slides."""
    done: list[list[Part]] = []
    for atom in atoms:
        added = _added(parts, atom, guide, scale)
        if parts and _bottom(added) > BOTTOM:
            done.append(parts)
            added = _added([], atom, guide, scale)
        parts = added
    return [*done, parts]


def _bottom(parts: Sequence[Part]) -> float:
    return parts[-1].place.top + parts[-1].place.height if parts else TOP


def _added(parts: Sequence[Part], atom: _Atom, guide: Guide, scale: float) -> list[Part]:
    """Return *parts* with *atom* at the end, in the last of them if it is of its kind."""
    top = _bottom(parts)
    last = parts[-1] if parts else None
    match atom, last:
        case Line(is_head=False), Words(place, lines):
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
            return [*parts, note_box(atom, guide, MARGIN, top + (12 if parts else 0), BODY.width, 17 * scale)]
    raise AssertionError


def _taller(place: Place, by: float) -> Place:
    return replace(place, height=place.height + by)
