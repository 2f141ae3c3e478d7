"""On which page of the Word document each section begins.

A contents list wants page numbers when the file is made, and the one who could tell them, Word, is not there. Styles
with exact line heights and the known widths of letters make it possible to reckon them; tests compare with LibreOffice.
The reckoning also decides where a page begins: a section moves to a new page unless what is left holds all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.guide.formats.office import caption, note_title, picture, table_texts
from assistant.guide.formats.typeface import column_widths, count_lines
from assistant.guide.formats.word_styles import LOOKS, TEXT_WIDTH, Look
from assistant.guide.model import Block, Bullets, Figure, Guide, Note, Paragraph, Section, Table, Terms, Text
from assistant.guide.wording import heading

TEXT_HEIGHT = 708.0
"""Points: A4 less the margins."""
_TALLEST = 330.0
"""Points that a picture may be high."""
_CELL = 10.0
"""Points that a table cell keeps free at its sides."""
_SMALLER = (1.0, 0.92, 0.85, 0.78, 0.7)
"""What pictures may shrink to where that saves a page."""
_ASIDE = (0.66,)
"""How large they are beside the way, as those of the ways to log in: two stand on a page."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the sections go."""

    pages: Mapping[str, int]
    """Page on which a section or part begins, by its id; the cover is page 1."""
    breaks: frozenset[str]
    """Those that begin a new page."""
    scales: Mapping[str, float]
    """How much the pictures of a section are shrunk."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that stands on the page as a whole or breaks between lines; points."""

    height: float
    keep_next: bool = False
    line: float = 0
    """Height of a line where it may break; 0 where it may not."""


def plan(guide: Guide) -> Plan:
    """Reckon the pages of *guide*: the cover, the contents, then the sections."""
    page = 2 + _pages_of_contents(guide)
    pages: dict[str, int] = {}
    breaks: set[str] = set()
    scales: dict[str, float] = {}
    used = 0.0
    for section in guide.walk():
        is_aside = not section.step and section not in guide.sections
        sizes = {scale: list(_section(section, guide, scale)) for scale in (_ASIDE if is_aside else _SMALLER)}
        fewest = min(_flow(pieces, 0)[0] for pieces in sizes.values())
        scale, pieces = next((it, pieces) for it, pieces in sizes.items() if _flow(pieces, 0)[0] == fewest)
        begins_a_chapter = bool(section.parts)
        whole = sum(piece.height for piece in pieces) + (_first_part(section, guide) if begins_a_chapter else 0)
        if used and used + whole > TEXT_HEIGHT:
            page, used = page + 1, 0.0
        if not used:
            breaks.add(section.id)
            # Nothing stands above it there.
            pieces[0] = replace(pieces[0], height=pieces[0].height - LOOKS[level_style(section, guide)].before)
        pages[section.id], scales[section.id] = page, scale
        more, used = _flow(pieces, used)
        page += more
    return Plan(pages, frozenset(breaks), scales)


def entries(guide: Guide) -> Iterator[tuple[int, Section]]:
    """Return what the contents list, with its level from 1."""
    for section in guide.sections:
        yield 1, section
        for part in section.parts:
            yield 2, part


def level_style(section: Section, guide: Guide) -> str:
    """Return the style of the heading of *section*."""
    return "Heading 1" if section in guide.sections else "Heading 2"


def note_style(note: Note) -> str:
    """Return the style of *note*."""
    return f"Note {note.kind.title()}"


def picture_width(figure: Figure, scale: float) -> float:
    """Return how wide the picture of *figure* stands on the page, in points."""
    shot = figure.shot()
    natural = shot.width / shot.scale * 0.75
    return min(TEXT_WIDTH, natural, _TALLEST / picture(figure).ratio) * scale


def table_columns(table: Table) -> tuple[float, ...]:
    """Return the widths of the columns of *table* in points."""
    return column_widths(table_texts(table), LOOKS["Table Text"].size, TEXT_WIDTH, _CELL)


def _pages_of_contents(guide: Guide) -> int:
    used = _height(LOOKS["TOC Heading"], guide.words["contents"])
    used += sum(_height(LOOKS[f"toc {level}"], heading(section, guide)) for level, section in entries(guide))
    return 1 + int(used // TEXT_HEIGHT)


def _first_part(section: Section, guide: Guide) -> float:
    """Return the height of the first part: a chapter's heading is not left alone on a page before it."""
    return sum(piece.height for piece in _section(section.parts[0], guide, _SMALLER[-1]))


def _flow(pieces: list[_Piece], used: float) -> tuple[int, float]:
    """Return how many pages further the last piece ends, and how much of that page is used."""
    pages = 0
    at = 0
    while at < len(pieces):
        group = [pieces[at]]
        while group[-1].keep_next and at + len(group) < len(pieces):
            group.append(pieces[at + len(group)])
        at += len(group)
        last = group[-1]
        together = sum(piece.height for piece in group)
        # Two lines at least stay on either side of a break.
        breaks = last.line and last.height > 4 * last.line
        least = together - last.height + (2 * last.line if breaks else last.height)
        if used + least > TEXT_HEIGHT:
            pages, used = pages + 1, 0.0
        used += together
        while breaks and used > TEXT_HEIGHT:
            pages, used = pages + 1, used - TEXT_HEIGHT
    return pages, used


def _height(look: Look, text: Text | str, room: float = TEXT_WIDTH) -> float:
    lines = count_lines(text, look.size, room - look.left - look.right, strong=look.strong)
    return look.before + lines * look.line + look.after


def _piece(name: str, text: Text | str) -> _Piece:
    look = LOOKS[name]
    whole = look.keep_next or look.fill or look.level is not None
    return _Piece(_height(look, text), look.keep_next, 0 if whole else look.line)


def _section(section: Section, guide: Guide, scale: float) -> Iterator[_Piece]:
    yield _piece(level_style(section, guide), heading(section, guide))
    if section.lead:
        yield _piece("Lead", section.lead)
    for block, then in zip_longest(section.blocks, section.blocks[1:]):
        for piece in _block(block, guide, scale):
            # The sentence before a picture belongs to it.
            yield replace(piece, keep_next=True) if (type(block), type(then)) == (Paragraph, Figure) else piece


def _block(block: Block, guide: Guide, scale: float) -> Iterator[_Piece]:
    match block:
        case Paragraph(text):
            yield _piece("Normal", text)
        case Bullets(items, ordered):
            for item in items:
                yield _piece("List Number" if ordered else "List Bullet", item)
        case Note():
            look = LOOKS[note_style(block)]
            title = count_lines(note_title(block, guide), look.size, TEXT_WIDTH - look.left - look.right, strong=True)
            yield _Piece(_height(look, block.text) + title * look.line)
        case Table():
            if block.caption:
                yield _piece("Table Caption", block.caption)
            yield from _table(block)
        case Terms(items):
            for term, text in items:
                yield _piece("Term", term)
                yield _piece("Definition", text)
        case Figure():
            around = LOOKS["Figure"]
            tall = picture_width(block, scale) * picture(block).ratio
            yield _Piece(around.before + tall + around.size + around.after, keep_next=True)
            yield _piece("Caption", f"{guide.words['figure']} {block.number}. {caption(block, guide)}")


def _table(table: Table) -> Iterator[_Piece]:
    widths = [wide - _CELL for wide in table_columns(table)]
    head = LOOKS["Table Head"]
    yield _Piece(max(_height(head, cell, room) for cell, room in zip(table.head, widths, strict=True)), keep_next=True)
    text = LOOKS["Table Text"]
    for row in table.rows:
        yield _Piece(max(_height(text, cell, room) for cell, room in zip(row, widths, strict=True)) + 0.5)
    after = LOOKS["After Table"]
    yield _Piece(after.line + after.after)
