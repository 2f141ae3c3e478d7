"""The guide as a PowerPoint presentation, filled into a template: a slide per picture, the spoken text in its notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as PowerPointSlide
from pptx.slide import SlideLayout
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from assistant.guide.archive import rewrite_archive
from assistant.guide.formats.logo import read_logo
from assistant.guide.formats.office import caption, picture, set_properties
from assistant.guide.formats.slides import (
    BELOW_TABLE,
    Room,
    Rooms,
    Slide,
    SlideLine,
    column_widths,
    row_heights,
    slides,
)
from assistant.guide.formats.template import SLIDES, places, slide_template
from assistant.guide.model import Figure, Guide, Table, Text, parse_text
from assistant.guide.wording import long_date

_USUAL = 18.0
"""Points: size of letters where a template says none."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the presentation into *folder* and return its path."""
    path = folder / f"{guide.words['file.guide']}.pptx"
    presentation = slide_template(guide.templates.get(SLIDES))
    _PptxWriter(guide, presentation).write()
    set_properties(presentation.core_properties, guide, guide.title)
    presentation.save(str(path))
    rewrite_archive(path, first=("[Content_Types].xml",))
    return (path,)


class _PptxWriter:
    def __init__(self, guide: Guide, presentation: Presentation) -> None:
        self._guide = guide
        self._presentation = presentation
        self._layouts = {layout.name: layout for layout in presentation.slide_layouts}
        self._language = {"tr": MSO_LANGUAGE_ID.TURKISH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}[guide.language]

    def write(self) -> None:
        for layout in self._layouts.values():
            for shape in layout.shapes:
                if isinstance(shape, Shape) and shape.name == "Guide Foot":
                    shape.text_frame.paragraphs[0].runs[0].text = self._guide.title
        self._cover()
        picture_layout = self._layouts["Guide Picture"]
        rooms = Rooms(
            _room(self._layouts["Guide Text"], "Text"),
            _room(picture_layout, "Text"),
            _room(picture_layout, "Warning"),
            _room(self._layouts["Guide Table"], "Text"),
            _room(self._layouts["Guide Table"], "Table"),
        )
        for planned in slides(self._guide, rooms):
            self._slide(planned, rooms)

    def _cover(self) -> None:
        guide, brand = self._guide, self._guide.brand
        slide, held = self._new("Guide Cover")
        owner = " · ".join((*brand.institution, brand.unit))
        texts = {
            "Title": (guide.title,),
            "Subtitle": (guide.subtitle,),
            "Summary": (guide.summary,),
            "Owner": (owner, long_date(brand.date, guide.language)),
        }
        for name, words in texts.items():
            self._fill(held[name].text_frame, [SlideLine(parse_text(text)) for text in words])
        where = held["Logo"]
        if logo := read_logo(brand, where.width / 12700, where.height / 12700):
            self._picture(slide, where, logo.png, logo.alt, "logo", logo.height / logo.width)
        else:
            _remove(where)
        _note(slide, guide.summary)

    def _slide(self, planned: Slide, rooms: Rooms) -> None:
        name = "Guide Picture" if planned.figure else "Guide Table" if planned.table else "Guide Text"
        slide, held = self._new(name)
        self._fill(held["Title"].text_frame, [SlideLine(parse_text(planned.title))])
        words = held["Text"]
        if planned.table:
            place = held["Table"]
            top, bottom = (place.top if planned.lines and not planned.is_below else words.top), place.top + place.height
            end = self._table(place, planned.table, rooms.table, planned.table_scale, top)
            if planned.is_below:
                start = end + Pt(BELOW_TABLE)
                words.left, words.top, words.width, words.height = words.left, start, words.width, bottom - start
        if planned.lines:
            if planned.figure and not planned.warning:
                words.left, words.top, words.width = words.left, words.top, words.width
                words.height = Pt(rooms.beside.height + rooms.warning.height)
            above = rooms.above if planned.table and not planned.is_below else rooms.text
            size = (rooms.beside if planned.figure else above).size
            scaled = planned.scale != 1 or planned.is_below
            self._fill(words.text_frame, planned.lines, size * planned.scale if scaled else None)
        else:
            _remove(words)
        if planned.figure:
            self._figure(slide, held, planned, planned.figure, rooms.warning.size)
        _note(slide, planned.spoken)

    def _figure(
        self, slide: PowerPointSlide, held: Mapping[str, Any], planned: Slide, figure: Figure, size: float
    ) -> None:
        used, other = ("Warning", "Caution") if planned.is_grave else ("Caution", "Warning")
        _remove(held[other])
        if planned.warning:
            smaller = size * planned.warning_scale if planned.warning_scale < 1 else None
            self._fill(held[used].text_frame, planned.warning, smaller)
        else:
            _remove(held[used])
        ready = picture(figure)
        shape = self._picture(slide, held["Picture"], ready.png, figure.alt, figure.id, ready.ratio)
        below = held["Caption"]
        below.left, below.top, below.width, below.height = (
            shape.left, shape.top + shape.height + Pt(4), below.width, below.height,
        )  # fmt: skip
        label = f"{self._guide.words['figure']} {figure.number}"
        self._fill(below.text_frame, [SlideLine(parse_text(f"{label}. {caption(figure, self._guide)}"))])
        # It is read after the words and before its caption.
        below.element.addprevious(shape.element)

    def _picture(self, slide: PowerPointSlide, place: Any, png: bytes, alt: str, name: str, ratio: float) -> Any:
        """Put a picture into *place*, whole and as large as it fits; *ratio* is its height by its width."""
        left, top, width, height = place.left, place.top, place.width, place.height
        wide = min(width, round(height / ratio))
        shape = place.insert_picture(BytesIO(png))
        shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
        shape.left, shape.top, shape.width, shape.height = left, top, Emu(wide), Emu(round(wide * ratio))
        shape.name = name
        shape.element.find(f".//{qn('p:cNvPr')}").set("descr", alt)
        return shape

    def _table(self, place: Any, table: Table, room: Room, scale: float, top: int) -> int:
        """Put *table* into *place*, with letters of *scale*, from *top* on; return where it ends."""
        left, width = place.left, place.width
        frame = place.insert_table(rows=len(table.rows) + 1, cols=len(table.head))
        frame.name = table.caption or " / ".join(table.head)
        for column, wide in zip(frame.table.columns, column_widths(table, room), strict=True):
            column.width = Pt(wide)
        frame.left, frame.top, frame.width = left, top, width
        head: tuple[Text, ...] = tuple(parse_text(cell) for cell in table.head)
        heights = row_heights(table, room, scale)
        rows = zip(frame.table.rows, (head, *table.rows), heights, strict=True)
        for row, texts, high in rows:
            row.height = Pt(high)
            for cell, text in zip(row.cells, texts, strict=True):
                self._paragraph(cell.text_frame.paragraphs[0], SlideLine(text), room.size * scale)
        return top + Pt(sum(heights))

    def _new(self, name: str) -> tuple[PowerPointSlide, dict[str, Any]]:
        """Return a slide of the layout *name*, and its placeholders by their names there."""
        layout = self._layouts[name]
        slide = self._presentation.slides.add_slide(layout)
        names = {shape.placeholder_format.idx: name for name, shape in places(layout).items()}
        return slide, {names[shape.placeholder_format.idx]: shape for shape in slide.placeholders}

    def _fill(self, frame: TextFrame, lines: Sequence[SlideLine], size: float | None = None) -> None:
        for number, line in enumerate(lines):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]  # type: ignore[no-untyped-call]
            self._paragraph(paragraph, line, size)

    def _paragraph(self, paragraph: _Paragraph, line: SlideLine, size: float | None) -> None:
        if line.bullet:
            paragraph.level = 1
        if line.bullet.isdigit():
            number = f'<a:buAutoNum type="arabicPeriod" startAt="{line.bullet}" {nsdecls("a")}/>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))
        for span in line.text:
            run = paragraph.add_run()
            run.text = span.text
            run.font.language_id = self._language
            if span.strong:
                run.font.bold = True
            if size:
                run.font.size = Pt(round(size, 1))
            if span.link:
                run.hyperlink.address = span.link


def _room(layout: SlideLayout, name: str) -> Room:
    """Return the room of a placeholder of *layout*."""
    place = places(layout)[name]
    frame = place.text_frame
    sizes = [run.get("sz") for run in place.element.iterfind(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")]
    size = next((int(size) / 100 for size in sizes if size), _USUAL)
    across, down = frame.margin_left + frame.margin_right, frame.margin_top + frame.margin_bottom
    return Room((place.width - across) / 12700, (place.height - down) / 12700, size)


def _note(slide: PowerPointSlide, spoken: str) -> None:
    if frame := slide.notes_slide.notes_text_frame:
        frame.text = spoken


def _remove(shape: Any) -> None:
    shape.element.getparent().remove(shape.element)
