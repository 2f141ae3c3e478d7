"""Which slides a guide becomes, and where everything stands on them.

What does not fit is first set a little smaller and then carried to another slide; nothing ever hangs over an edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.guide.formats.office import caption, picture
from assistant.guide.formats.slide_parts import (
    BOTTOM,
    MARGIN,
    TOP,
    WIDE,
    Line,
    NoteBox,
    Place,
    Shown,
    Slide,
    Words,
    empty_slide,
    note_box,
)
from assistant.guide.formats.slide_stack import Group, bullets, stacked
from assistant.guide.model import (
    Block,
    Bullets,
    Figure,
    Guide,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    parse_text,
    plain,
)
from assistant.guide.wording import heading

_GAP = 26.0
_LARGE, _USUAL = 660.0, 566.0
"""How wide a picture may be: large where what stands beside it has room even so."""
_CAPTION = 34.0
_SMALLER = (1.0, 0.92, 0.84)


def slides(guide: Guide) -> tuple[Slide, ...]:
    """Return the slides of *guide* after the title slide."""
    return tuple(slide for section in guide.sections for slide in _section(section, guide))


def _section(section: Section, guide: Guide) -> Iterator[Slide]:
    """Return the slides of a section: its steps have slides of their own, its other parts share some."""
    title = heading(section, guide)
    shared = [part for part in section.parts if not part.step]
    yield from _numbered([*_words(title, section, shared, guide), *_pictures(title, [section, *shared], guide)])
    for step in section.parts:
        if step.step:
            yield from _numbered(list(_step(step, guide)))


def _words(title: str, section: Section, parts: Sequence[Section], guide: Guide) -> Iterator[Slide]:
    groups = [Group(_without_figures(section), "", section.lead, section.spoken or section.lead)]
    groups += [Group(_without_figures(part), part.title, part.lead, part.spoken or part.lead) for part in parts]
    filled = [group for group in groups if group.blocks or group.lead]
    if filled:
        yield from stacked(title, filled, guide)


def _pictures(title: str, sections: Sequence[Section], guide: Guide) -> Iterator[Slide]:
    for section in sections:
        for figure in section.figures:
            said = section.spoken or section.lead or figure.caption
            yield from _beside(title, parse_text(figure.caption), [], figure, guide, said)


def _without_figures(section: Section) -> tuple[Block, ...]:
    return tuple(block for block in section.blocks if not isinstance(block, Figure))


def _step(section: Section, guide: Guide) -> Iterator[Slide]:
    """Return the slides of a step: one for each picture, and slides of words for tables and where there is none."""
    title, spoken = heading(section, guide), section.spoken or section.lead
    if not section.figures:
        yield from stacked(title, [Group(section.blocks, "", section.lead, spoken)], guide)
        return
    aside = [
        block
        for block in section.blocks
        if isinstance(block, Bullets) or (isinstance(block, Note) and block.kind in {"warning", "danger"})
    ]
    for number, figure in enumerate(section.figures):
        if not number:
            yield from _beside(title, parse_text(section.lead), aside, figure, guide, spoken)
        else:
            lead = _introduction(section, figure) or parse_text(figure.caption)
            yield from _beside(title, lead, [], figure, guide, spoken)
    if tables := tuple(block for block in section.blocks if isinstance(block, Table)):
        yield from stacked(title, [Group(tables, spoken=spoken)], guide)


def _introduction(section: Section, figure: Figure) -> Text | None:
    """Return the paragraph right before *figure*."""
    pairs = zip(section.blocks, section.blocks[1:], strict=False)
    return next((one.text for one, other in pairs if other is figure and isinstance(one, Paragraph)), None)


def _numbered(group: list[Slide]) -> Iterator[Slide]:
    """Return *group*, the slides of one section, told apart by their titles where they are several."""
    for number, slide in enumerate(group, start=1):
        if len(group) == 1:
            yield slide
        else:
            title = f"{slide.title} ({number}/{len(group)})"
            yield replace(slide, title=title, title_size=empty_slide(title, "").title_size)


def _beside(
    title: str, lead: Text, aside: Sequence[Block], figure: Figure, guide: Guide, spoken: str
) -> Iterator[Slide]:
    """Return a slide with *figure*, and beside it *lead* and as much of *aside* as there is room for.

    Notes that find no room get a slide of their own; lists are left to the documents.
    """
    slide = empty_slide(title, spoken)
    notes = [block for block in aside if isinstance(block, Note)]
    usual = [(_USUAL, wanted, scale) for wanted in (aside, notes) for scale in _SMALLER]
    for widest, wanted, scale in [(_LARGE, aside, 1.0), *usual]:
        shown = _shown(figure, lead, guide, widest)
        column = _rest(shown)
        parts = _column(lead, wanted, guide, column, scale)
        whole = all(line.is_whole(column.width) for line in parts[0].lines)
        if whole and parts[-1].place.top + parts[-1].place.height <= BOTTOM:
            yield replace(slide, shown=shown, parts=parts)
            return
    shown = _shown(figure, lead, guide, _USUAL)
    yield replace(slide, shown=shown, parts=_column(lead, [], guide, _rest(shown), _SMALLER[-1]))
    yield from stacked(title, [Group(tuple(notes), spoken=spoken)], guide)


def _shown(figure: Figure, lead: Text, guide: Guide, widest: float) -> Shown:
    ratio = picture(figure).ratio
    shot = figure.shot()
    width = min(widest, (BOTTOM - TOP - _CAPTION) / ratio, shot.width / shot.scale)
    place = Place(MARGIN, TOP, width, width * ratio)
    label = f"{guide.words['figure']} {figure.number}"
    # Where the caption is what the slide says anyway, once is enough.
    said = label if plain(lead) == figure.caption else f"{label}. {caption(figure, guide)}"
    below = Place(MARGIN, place.top + place.height + 5, max(width, 300), _CAPTION - 5)
    return Shown(figure, place, Words(below, (Line(parse_text(said), 11),)))


def _rest(shown: Shown) -> Place:
    """Return what the slide has free beside the picture."""
    left = MARGIN + shown.place.width + _GAP
    return Place(left, TOP, WIDE - MARGIN - left, BOTTOM - TOP)


def _column(
    lead: Text, aside: Sequence[Block], guide: Guide, place: Place, scale: float
) -> tuple[Words, *tuple[NoteBox, ...]]:
    """Return *lead* and *aside* below each other; the last may reach below *place*."""
    lines = [Line(lead, 22 * scale, strong=True, after=8)]
    for block in aside:
        if isinstance(block, Bullets):
            lines += bullets(block, 16 * scale)
    height = sum(line.height(place.width) for line in lines)
    words = Words(replace(place, height=height), tuple(lines))
    boxes: list[NoteBox] = []
    bottom = place.top + height
    for block in aside:
        if isinstance(block, Note):
            box = note_box(block, guide, place.left, bottom + 10, place.width, 15.5 * scale)
            boxes.append(box)
            bottom = box.place.top + box.place.height
    return (words, *boxes)
