"""The guide as a Word document, filled into a template that decides how it looks."""

from __future__ import annotations

from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.guide.formats.logo import read_logo
from assistant.guide.formats.office import caption, note_title, picture
from assistant.guide.formats.pdf import widths
from assistant.guide.formats.template import WORD, word_template
from assistant.guide.formats.word import (
    add_bookmark,
    add_text,
    describe,
    field_mark,
    link_to_bookmark,
    make,
    save,
)
from assistant.guide.model import Block, Bullets, Figure, Guide, Note, Paragraph, Section, Table, Terms
from assistant.guide.wording import heading, long_date

_SPACES = {
    "heading": 4.0,
    "lead": 1.0,
    "paragraph": 0.8,
    "bullets": 2.0,
    "figure": 4.0,
    "note": 5.5,
    "table": 6.0,
    "terms": 6.0,
}
"""Extra space around each kind of block compared to the PDF, in millimetres, as in the template's styles."""
_SPARE = 14.0
"""Millimetres of a page we leave free, because Word sets lines a little taller than we calculate."""


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the Word document into *folder* and return its path."""
    path = folder / f"{guide.words['file.guide']}.docx"
    _DocxWriter(guide).write(path)
    return (path,)


class _DocxWriter:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._document = word_template(guide.templates.get(WORD))
        page = self._document.sections[0]
        lengths = (page.page_width, page.left_margin, page.right_margin)
        self._wide = Length((lengths[0] or Mm(210)) - (lengths[1] or 0) - (lengths[2] or 0))
        self._sections = list(guide.walk())
        high = (page.page_height or Mm(297)) - (page.top_margin or 0) - (page.bottom_margin or 0)
        # Word ends its pages where it likes; smaller pictures are what makes two steps stand on one.
        self._widths = widths(guide, Length(high).mm - _SPARE, _SPACES)

    def write(self, path: Path) -> None:
        self._cover()
        self._contents()
        for number, section in enumerate(self._sections, start=1):
            self._section(section, number)
        save(self._document, self._guide, self._guide.title, path)

    def _cover(self) -> None:
        guide, brand = self._guide, self._guide.brand
        if logo := read_logo(brand, 260, 64):
            shape = self._add("Figure").add_run().add_picture(BytesIO(logo.png), Pt(logo.width), Pt(logo.height))
            describe(shape, "logo", 1, logo.alt)
        for line in ("T.C.", *brand.institution, brand.unit):
            self._add("Cover Head", line)
        self._add("Title", guide.title)
        self._add("Subtitle", guide.subtitle)
        self._add("Cover Text", guide.summary)
        self._add("Cover Text", long_date(brand.date, guide.language))
        for line in brand.contact:
            self._add("Cover Foot", line)

    def _contents(self) -> None:
        """Put in the contents, filled in already: each line leads to its heading. Only Word could number the pages."""
        self._add("TOC Heading", self._guide.words["contents"]).paragraph_format.page_break_before = True
        line = None
        for number, section in enumerate(self._sections, start=1):
            begins = line is None
            line = self._add(f"toc {self._level(section)}")
            if begins:
                field_mark(line, "begin", r'TOC \o "1-2" \n \h \u')
                field_mark(line, "separate")
            line.add_run(heading(section, self._guide))
            link_to_bookmark(line, _bookmark(number))
        if line is not None:
            field_mark(line, "end")

    def _section(self, section: Section, number: int) -> None:
        title = self._add(f"Heading {self._level(section)}", heading(section, self._guide))
        add_bookmark(title, _bookmark(number), number)
        if number == 1:
            title.paragraph_format.page_break_before = True
        begins = len(self._document.paragraphs)
        if section.lead:
            self._add("Lead", section.lead)
        pictured = max((at for at, block in enumerate(section.blocks) if isinstance(block, Figure)), default=-1)
        for at, (block, then) in enumerate(zip_longest(section.blocks, section.blocks[1:])):
            if isinstance(block, Note) and at and isinstance(section.blocks[at - 1], Note):
                self._add("After Table")  # Word joins the frames of neighbours
            self._block(block)
            warns = isinstance(then, Note) and then.kind in {"warning", "danger"}
            if isinstance(block, Table) or at > pictured or (isinstance(block, Figure) and not warns):
                begins = len(self._document.paragraphs)
            # What leads to a picture stays with it, and so does the warning below it.
            for paragraph in self._document.paragraphs[begins:]:
                paragraph.paragraph_format.keep_with_next = True

    def _level(self, section: Section) -> int:
        return 1 if section in self._guide.sections else 2

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text):
                add_text(self._add("Normal"), text)
            case Bullets():
                self._bullets(block)
            case Note():
                note = self._add(f"Note {block.kind.title()}")
                note.add_run(note_title(block, self._guide), "Strong").add_break()
                add_text(note, block.text)
            case Table():
                self._table(block)
            case Terms(items):
                for term, text in items:
                    self._add("Term", term)
                    add_text(self._add("Definition"), text)
            case Figure():
                self._figure(block)

    def _bullets(self, block: Bullets) -> None:
        name = "List Number" if block.ordered else "List Bullet"
        numbering = self._fresh_numbering() if block.ordered else None
        for item in block.items:
            line = self._add(name)
            if numbering is not None:
                line._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering
            add_text(line, item)

    def _fresh_numbering(self) -> int | None:
        """Return the number of a list that starts with 1; None if the template's style numbers nothing."""
        properties: Any = self._document.styles["List Number"].element.pPr
        if properties is None or properties.numPr is None or properties.numPr.numId is None:
            return None
        lists: Any = self._document.part.numbering_part.element
        model = lists.num_having_numId(properties.numPr.numId.val)
        fresh = lists.add_num(model.abstractNumId.val)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        number: int = fresh.numId
        return number

    def _figure(self, figure: Figure) -> None:
        ready = picture(figure)
        width = min(self._wide, Mm(self._widths[figure.number]))
        shape = self._add("Figure").add_run().add_picture(BytesIO(ready.png), width=Length(width))
        # Numbers of drawings are their own; the logo is 1.
        describe(shape, figure.id, figure.number + 1, figure.alt)
        label = self._guide.words["figure"]
        line = self._add("Caption", f"{label} ")
        field_mark(line, "begin", f"SEQ {label} \\* ARABIC")
        field_mark(line, "separate")
        line.add_run(str(figure.number))
        field_mark(line, "end")
        line.add_run(f". {caption(figure, self._guide)}")

    def _table(self, table: Table) -> None:
        if table.caption:
            self._add("Table Caption", table.caption)
        grid = self._document.add_table(len(table.rows) + 1, len(table.head), style="Guide Table")
        grid._tbl.tblPr.append(make("w:tblCaption", val=table.caption or " / ".join(table.head)))
        grid.rows[0]._tr.get_or_add_trPr().append(make("w:tblHeader"))
        for cell, words in zip(grid.rows[0].cells, table.head, strict=True):
            cell.paragraphs[0].style = self._document.styles["Table Head"]
            cell.paragraphs[0].add_run(words)
        for row, texts in zip(grid.rows[1:], table.rows, strict=True):
            row._tr.get_or_add_trPr().append(make("w:cantSplit"))
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].style = self._document.styles["Table Text"]
                add_text(cell.paragraphs[0], text)
        self._add("After Table")

    def _add(self, style: str, text: str = "") -> WordParagraph:
        return self._document.add_paragraph(text, style)


def _bookmark(number: int) -> str:
    """Return the name under which the contents find a heading; Word hides those that begin so."""
    return f"_Toc{number:08}"
