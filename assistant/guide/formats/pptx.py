"""The guide as a PowerPoint presentation: a slide per step, with what the trainer says in its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as PowerPointSlide
from pptx.slide import SlideLayout
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Length, Pt

from assistant.guide.archive import rewrite_archive
from assistant.guide.formats.logo import read_logo
from assistant.guide.formats.office import ACCENT, INK, LINE, QUIET, TONES, picture, set_properties
from assistant.guide.formats.pptx_master import CONTENT, COVER, PICTURE, new_presentation, put
from assistant.guide.formats.slide_parts import COVER_TITLE, FOOT, PAD, Grid, Line, NoteBox, Place, Slide, Words
from assistant.guide.formats.slides import slides
from assistant.guide.model import Guide, parse_text
from assistant.guide.wording import long_date

_HEAD, _ROWS = "E4EBF2", ("F5F7FA", "FFFFFF")
_HYPHEN = re.compile(r"(?<=\b[Ee])-(?=\w)")
"""In E-Onay, e-imza and e-Devlet: on narrow lines of large letters they would often be broken."""
_NOWHERE = (Length(0),) * 4
"""Where a shape is put until its place is set."""
_BAR = 5.0
"""Points that the bar at the left of a note is wide."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the presentation into *folder* and return its path."""
    path = folder / f"{guide.words['file.guide']}.pptx"
    writer = _Writer(guide)
    writer.cover()
    for slide in slides(guide):
        writer.slide(slide)
    set_properties(writer.presentation.core_properties, guide, guide.title)
    writer.presentation.save(str(path))
    rewrite_archive(path, first=("[Content_Types].xml",))
    return (path,)


class _Writer:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._language = {"tr": MSO_LANGUAGE_ID.TURKISH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}[guide.language]
        self.presentation = new_presentation()

    def cover(self) -> None:
        guide, brand = self._guide, self._guide.brand
        slide = self.presentation.slides.add_slide(self._layout(COVER))
        left, width = COVER_TITLE.left, COVER_TITLE.width
        title, subtitle = slide.placeholders
        put(title, COVER_TITLE)
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        self._lines(title.text_frame, (Line(parse_text(guide.title), 40, strong=True),), ink=None)
        put(subtitle, Place(left, 276, width, 34))
        self._lines(subtitle.text_frame, (Line(parse_text(guide.subtitle), 22),), QUIET)
        self._words(slide, Words(Place(left, 330, width, 76), (Line(parse_text(guide.summary), 16),)))
        owner = " · ".join((*brand.institution, brand.unit))
        below = (Line(parse_text(owner), 14, after=2), Line(parse_text(long_date(brand.date, guide.language)), 14))
        self._words(slide, Words(Place(left, 440, width, 60), below), QUIET)
        if logo := read_logo(brand, 300, 72):
            shape = slide.shapes.add_picture(BytesIO(logo.png), Pt(left), Pt(60), Pt(logo.width), Pt(logo.height))
            _describe(shape, "logo", logo.alt)
        slide.notes_slide.notes_text_frame.text = guide.summary

    def slide(self, planned: Slide) -> None:
        slide = self.presentation.slides.add_slide(self._layout(PICTURE if planned.shown else CONTENT))
        title, *others = slide.placeholders
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        self._lines(title.text_frame, (Line(parse_text(planned.title), planned.title_size, strong=True),), ink=None)
        body = others[-1]
        for number, part in enumerate(planned.parts):
            match part:
                case Words() if not number:
                    put(body, part.place)
                    self._lines(body.text_frame, part.lines)
                case Words():
                    self._words(slide, part)
                case NoteBox():
                    self._note(slide, part)
                case Grid():
                    self._grid(slide, part)
        if not isinstance(planned.parts[0], Words):
            body.element.getparent().remove(body.element)
        if shown := planned.shown:
            # Below everything else in the tree: it is read after the words.
            shape = others[0].insert_picture(BytesIO(picture(shown.figure).png))
            shape.crop_left = shape.crop_right = shape.crop_top = shape.crop_bottom = 0
            put(shape, shown.place)
            shape.line.color.rgb = _colour(LINE)
            shape.line.width = Pt(0.75)
            _describe(shape, shown.figure.id, shown.figure.alt)
            slide.shapes._spTree.append(shape.element)
            self._words(slide, shown.caption, QUIET)
        self._foot(slide)
        slide.notes_slide.notes_text_frame.text = planned.spoken or planned.title

    def _layout(self, number: int) -> SlideLayout:
        return self.presentation.slide_layouts[number]

    def _words(self, slide: PowerPointSlide, words: Words, ink: str = INK) -> None:
        box = slide.shapes.add_textbox(*_NOWHERE)
        put(box, words.place)
        self._lines(box.text_frame, words.lines, ink)

    def _note(self, slide: PowerPointSlide, box: NoteBox) -> None:
        tone, place = TONES[box.note.kind], box.place
        shape = _rectangle(slide, place, tone.fill)
        if box.note.kind == "danger":
            shape.line.color.rgb = _colour(tone.bar)
            shape.line.width = Pt(1.5)
        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        self._lines(frame, box.lines)
        frame.margin_top = frame.margin_bottom = frame.margin_right = Pt(PAD)
        frame.margin_left = Pt(PAD + 4)
        _is_decoration(_rectangle(slide, replace(place, width=_BAR), tone.bar))

    def _grid(self, slide: PowerPointSlide, grid: Grid) -> None:
        frame = slide.shapes.add_table(len(grid.rows), len(grid.columns), *_NOWHERE)
        put(frame, grid.place)
        table = frame.table
        for at, wide in enumerate(grid.columns):
            table.columns[at].width = Pt(wide)
        for at, (row, high, cells) in enumerate(zip(table.rows, grid.heights, grid.rows, strict=True)):
            row.height = Pt(high)
            for cell, line in zip(row.cells, cells, strict=True):
                cell.margin_left = cell.margin_right = Pt(PAD)
                cell.margin_top = cell.margin_bottom = Pt(PAD / 2)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _colour("E4EBF2" if not at else "FFFFFF" if at % 2 else "F5F7FA")
                self._paragraph(cell.text_frame.paragraphs[0], line, INK)
        frame.name = _table_name(grid)

    def _lines(self, frame: TextFrame, lines: Sequence[Line], ink: str | None = INK) -> None:
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
        for number, line in enumerate(lines):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]  # type: ignore[no-untyped-call]
            self._paragraph(paragraph, line, ink)

    def _paragraph(self, paragraph: _Paragraph, line: Line, ink: str | None) -> None:
        paragraph.line_spacing = Pt(line.leading)
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(line.after)
        properties = paragraph._p.get_or_add_pPr()
        properties.set("algn", "l")
        if line.bullet:
            properties.set("marL", str(int(Pt(line.left))))
            properties.set("indent", str(-int(Pt(line.left))))
            number = line.bullet.rstrip(".")
            kind = f'buAutoNum type="arabicPeriod" startAt="{number}"' if number.isdigit() else 'buChar char="•"'
            properties.append(parse_xml(f"<a:{kind} {nsdecls('a')}/>"))
        for span in line.text:
            run = paragraph.add_run()
            # A title, whose colour is the master's, is also what one searches for.
            run.text = _HYPHEN.sub("\N{NON-BREAKING HYPHEN}", span.text) if ink else span.text
            run.font.size = Pt(line.size)
            run.font.bold = line.strong or span.strong
            run.font.language_id = self._language
            if span.link:
                run.hyperlink.address = span.link
            elif ink:
                run.font.color.rgb = _colour(ACCENT if line.is_head else ink)

    def _foot(self, slide: PowerPointSlide) -> None:
        for model in list(slide.slide_layout.placeholders):
            kind = model.element.find(f".//{qn('p:ph')}").get("type")
            if kind not in {"ftr", "sldNum"}:
                continue
            element = deepcopy(model.element)
            tree = slide.shapes._spTree
            numbers = [int(it.get("id")) for it in tree.iter(qn("p:cNvPr"))]
            element.find(f".//{qn('p:cNvPr')}").set("id", str(max(numbers) + 1))
            tree.append(element)
            if kind == "ftr":
                foot = next(it for it in slide.placeholders if it.element is element)
                put(foot, FOOT)
                self._lines(foot.text_frame, (Line(parse_text(self._guide.title), 10),), QUIET)


def _table_name(grid: Grid) -> str:
    """Return what a table is called for who cannot see it: its head."""
    return " / ".join("".join(span.text for span in line.text) for line in grid.rows[0])


def _colour(hexadecimal: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(hexadecimal))  # type: ignore[no-untyped-call]


def _rectangle(slide: PowerPointSlide, place: Place, colour: str) -> Shape:
    """Return a new plain rectangle, without the shadow that the theme would give it."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_NOWHERE)
    shape.element.remove(shape.element.find(qn("p:style")))
    put(shape, place)
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(colour)
    shape.line.fill.background()
    return shape


def _describe(shape: BaseShape, name: str, alt: str) -> None:
    shape.name = name
    shape.element.find(f".//{qn('p:cNvPr')}").set("descr", alt)


def _is_decoration(shape: BaseShape) -> None:
    """Tell screen readers to pass over *shape*."""
    shape.element.find(f".//{qn('p:cNvPr')}").append(
        parse_xml(
            f"<a:extLst {nsdecls('a')}>"
            '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
    )
