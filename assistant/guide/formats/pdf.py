"""The guide as a PDF file for paper and screen: A4, tagged, with bookmarks and page numbers in the contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from assistant.guide.formats.letter_pdf import letter_data
from assistant.guide.formats.logo import logo_files
from assistant.guide.formats.markup import labels
from assistant.guide.formats.office import caption, note_title, picture, table_texts
from assistant.guide.formats.pages import SCALES, PagePart, lay_out
from assistant.guide.model import Block, Bullets, Figure, Guide, Note, Paragraph, Section, Table, Terms
from assistant.guide.typeset import about, paragraphs, spans
from assistant.guide.wording import heading, long_date
from assistant.paper.sheet import Sheet

ROOM = 250.0
"""Height of a page without its margins, in millimetres, minus one for rounding."""
_WIDE, _PIXELS = 166.0, 1080
"""Width between the margins in millimetres, and in CSS pixels: so the letters are the same size in all pictures."""
_BESIDE = 104.0
"""Millimetres of a drawing, whose letters are large, with its list next to it."""
_A_LITTLE_LESS = 0.95
"""How much smaller still pictures are on a page they were made smaller for, where its end is only estimated."""
_GAP, _ABOVE_PART, _ABOVE_CHAPTER = 3.4, 7.0, 11.0

Item = dict[str, Any]


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the guide as one PDF file into *folder*. Raises `GuideError` if it can't be set."""
    data, files, parts = _measured(guide, beside=True)
    pages = [{"atoms": list(range(page.first, page.end)), "scale": page.scale} for page in lay_out(parts, ROOM)]
    path = folder / f"{guide.words['file.guide']}.pdf"
    gaps = [part.gap for part in parts]
    path.write_bytes(Sheet("guide.typ", {**data, "pages": pages, "gaps": gaps}, files).pdf())
    return (path,)


def widths(guide: Guide, room: float, spaces: Mapping[str, float]) -> dict[int, float]:
    """Return how wide each figure is, millimetres by its number, in a document that finds its page ends itself.

    Its pages are *room* millimetres high, no list stands next to its figure, and each item is followed by more space
    than in the PDF file: *spaces*, millimetres by kind. Raises `GuideError` if the guide can't be measured.
    """
    data, _, parts = _measured(guide, beside=False)
    higher = [
        replace(
            part,
            gap=0.0,
            heights=tuple(high + sum(spaces.get(it["kind"], 0.0) for it in items) for high in part.heights),
        )
        for part, items in zip(parts, data["atoms"], strict=True)
    ]
    return {
        it["number"]: min(it["width"] * (page.scale * _A_LITTLE_LESS if page.scale < 1 else 1), _WIDE)
        for page in lay_out(higher, room)
        for items in data["atoms"][page.first : page.end]
        for it in items
        if it["kind"] == "figure"
    }


def _measured(guide: Guide, *, beside: bool) -> tuple[dict[str, Any], dict[str, bytes], list[PagePart]]:
    """Return the template's data, its pictures, and the height of each part that stays together."""
    atoms = [atom for section in guide.walk() for atom in _atoms(section, guide, beside=beside)]
    files = {f"{figure.number}.png": picture(figure).png for figure in guide.figures} | logo_files(guide.brand)
    data = {**_front(guide), "atoms": [items for items, _ in atoms], "scales": SCALES, "measuring": False}
    heights = Sheet("guide.typ", data, files).heights(measuring=True)
    parts = [replace(part, heights=tuple(high)) for (_, part), high in zip(atoms, heights, strict=True)]
    return data, files, parts


def _front(guide: Guide) -> dict[str, Any]:
    brand, more, words = guide.brand, labels(guide.language), guide.words
    return {
        **letter_data(guide),
        "about": about(guide, f"{guide.title}: {guide.subtitle}", guide.summary),
        "letter": bool(brand.body),
        "title": guide.title,
        "subtitle": guide.subtitle,
        "summary": guide.summary,
        "institution": brand.institution,
        "unit": brand.unit,
        "date": long_date(brand.date, guide.language),
        "edition": f"{more['edition']}: {guide.edition}",
        "version": f"{more['version']}: {guide.version}",
        "example": [more["example"], more["example_long"]] if brand.is_example else None,
        "pages": [],
        "gaps": [],
        **{name: words[name] for name in ("contents", "page", "figure", "step")},
    }


def _atoms(section: Section, guide: Guide, *, beside: bool) -> Iterator[tuple[list[Item], PagePart]]:
    """Yield what stays together in *section*: each picture with everything before it, each warning with its picture."""
    is_chapter = section in guide.sections
    level = 1 if is_chapter else 2
    items: list[Item] = [{"kind": "heading", "level": level, "text": heading(section, guide), "id": section.id}]
    if section.lead:
        items.append({"kind": "lead", "text": section.lead})
    part = PagePart((), _ABOVE_CHAPTER if is_chapter else _ABOVE_PART)
    for block, then in zip_longest(section.blocks, section.blocks[1:]):
        items += _items(block, guide)
        if beside and isinstance(block, Figure) and items[-2:-1] and items[-2]["kind"] == "bullets":
            items[-2:] = _beside(items[-2], items[-1])
        if _may_part(block, then, section):
            yield items, part
            items, part = [], PagePart((), _GAP, goes_on=bool(section.step))
    if items:
        yield items, part


def _may_part(block: Block, then: Block | None, section: Section) -> bool:
    """Whether a page may end between *block* and *then*."""
    if isinstance(then, Note) and then.kind in {"warning", "danger"}:
        return False
    if isinstance(block, Figure | Table | Terms) or (isinstance(block, Note) and then is not None):
        return not isinstance(block, Note) or block.kind not in {"danger"} or not section.step
    return not section.figures and not isinstance(then, Table) and then is not None


def _beside(listed: Item, figure: Item) -> list[Item]:
    if not figure["is_drawing"]:
        return [listed, figure]
    figure["width"] = min(figure["width"], _BESIDE)
    return [{"kind": "beside", "list": listed, "figure": figure}]


def _items(block: Block, guide: Guide) -> Sequence[Item]:
    match block:
        case Paragraph(text):
            return [{"kind": "paragraph", "text": spans(text)}]
        case Bullets(items, ordered):
            return [{"kind": "bullets", "items": paragraphs(items), "ordered": ordered}]
        case Note(kind, _, text):
            return [{"kind": "note", "tone": kind, "title": note_title(block, guide), "text": spans(text)}]
        case Terms(terms):
            return [{"kind": "terms", "items": [[term, spans(text)] for term, text in terms]}]
        case Table():
            rows = [[{"spans": spans(cell)} for cell in row] for row in block.rows]
            table = {"kind": "table", "head": block.head, "rows": rows, "caption": block.caption}
            return [{**table, "columns": _shares(block)}]
        case Figure():
            ready = picture(block)
            width = min(_WIDE, ready.css_width * _WIDE / _PIXELS)
            words = {"caption": caption(block, guide), "alt": block.alt, "file": f"{block.number}.png"}
            where = {"number": block.number, "is_drawing": block.is_drawing}
            return [{"kind": "figure", "width": width, **where, **words}]


def _shares(table: Table) -> list[float]:
    """Return the relative widths of *table*'s columns: what their words need, none too narrow."""
    longest = [max(map(len, column)) for column in table_texts(table)]
    return [min(max(length, 14), 60) for length in longest]
