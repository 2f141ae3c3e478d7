"""The guide as a Word document."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.guide.formats.logo import read_logo
from assistant.guide.formats.office import LINE, caption, note_title, picture
from assistant.guide.formats.typeface import FAMILY
from assistant.guide.formats.word_document import new_document, page_margins, save
from assistant.guide.formats.word_pages import (
    entries,
    level_style,
    note_style,
    picture_width,
    plan,
    table_columns,
)
from assistant.guide.formats.word_styles import LOOKS, NUMBERS, TEXT_WIDTH, set_numbering
from assistant.guide.formats.word_xml import (
    add_bookmark,
    add_field,
    add_text,
    close_field,
    describe,
    link_to_bookmark,
    make,
    open_field,
    outline,
)
from assistant.guide.model import Block, Bullets, Figure, Guide, Note, Paragraph, Section, Table, Terms, parse_text
from assistant.guide.wording import heading, long_date


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the Word document into *folder* and return its path."""
    path = folder / f"{guide.words['file.guide']}.docx"
    save(_Writer(guide).document(), guide, guide.title, path)
    return (path,)


class _Writer:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._plan = plan(guide)
        self._lists = 0
        self._document: Document = new_document(guide.language, LOOKS.values(), FAMILY)

    def document(self) -> Document:
        guide = self._guide
        ordered = sum(isinstance(it, Bullets) and it.ordered for section in guide.walk() for it in section.blocks)
        set_numbering(self._document, ordered)
        self._page()
        self._cover()
        self._contents()
        for section in guide.walk():
            self._section(section)
        return self._document

    # --- page, cover, contents -----------------------------------------------------------------------------

    def _page(self) -> None:
        section = self._document.sections[0]
        page_margins(section, side=22.5, top=22, bottom=25, foot=12)
        section.different_first_page_header_footer = True
        foot = section.footer.paragraphs[0]
        foot.style = self._document.styles["Footer"]
        properties = foot._p.get_or_add_pPr()
        properties.append(make("w:pBdr", make("w:top", val="single", sz=4, space=5, color=LINE)))
        properties.append(make("w:tabs", make("w:tab", val="right", pos=round(TEXT_WIDTH * 20))))
        foot.add_run(f"{self._guide.title}\t{self._guide.words['page']} ")
        add_field(foot, "PAGE", "1")
        foot.add_run(" / ")
        add_field(foot, "NUMPAGES", str(max(self._plan.pages.values())))

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
        self._add("Cover Text", long_date(brand.date, guide.language)).paragraph_format.space_before = Pt(18)
        foot = [self._add("Cover Foot", line) for line in brand.contact]
        if foot:
            foot[0].paragraph_format.space_before = Pt(200)

    def _contents(self) -> None:
        """Put in the contents, filled in already: a list that is empty until the reader presses F9 is no list."""
        head = self._add("TOC Heading", self._guide.words["contents"])
        head.paragraph_format.page_break_before = True
        first, last = None, head
        for number, (level, section) in enumerate(entries(self._guide), start=1):
            last = self._add(f"toc {level}")
            if first is None:
                first = last
                open_field(first, r'TOC \o "1-2" \h \z \u')
            name = _bookmark(number)
            last.add_run(f"{heading(section, self._guide)}\t")
            add_field(last, f"PAGEREF {name} \\h", str(self._plan.pages[section.id]))
            link_to_bookmark(last, name)
        close_field(last)

    # --- sections ------------------------------------------------------------------------------------------

    def _section(self, section: Section) -> None:
        title = self._add(level_style(section, self._guide), heading(section, self._guide))
        if section.id in self._plan.breaks:
            title.paragraph_format.page_break_before = True
            title.paragraph_format.space_before = Pt(0)
        number = [entry.id for _, entry in entries(self._guide)].index(section.id) + 1
        add_bookmark(title, _bookmark(number), number)
        if section.lead:
            self._add("Lead", section.lead)
        before: Block | None = None
        for block in section.blocks:
            if isinstance(block, Figure) and isinstance(before, Paragraph):
                self._document.paragraphs[-1].paragraph_format.keep_with_next = True
            self._block(block, self._plan.scales[section.id])
            if isinstance(block, Note) and isinstance(before, Note):
                self._keep_apart(block)
            before = block

    def _block(self, block: Block, scale: float) -> None:
        match block:
            case Paragraph(text):
                add_text(self._add("Normal"), text)
            case Bullets():
                self._bullets(block)
            case Note():
                note = self._add(note_style(block))
                note.add_run(note_title(block, self._guide), "Strong").add_break()
                add_text(note, block.text)
            case Table():
                self._table(block)
            case Terms(items):
                for term, text in items:
                    self._add("Term", term)
                    add_text(self._add("Definition"), text)
            case Figure():
                self._figure(block, scale)

    def _keep_apart(self, note: Note) -> None:
        """Keep the note just written apart from the one before it.

        Word joins the frames of neighbours that are indented alike, LibreOffice the colours of those coloured alike.
        """
        *_, before, paragraph = self._document.paragraphs
        if before.paragraph_format.right_indent is None:
            look = LOOKS[note_style(note)]
            shade = f"{int(look.fill, 16) ^ 1:06X}"
            shading = make("w:shd", val="clear", color="auto", fill=shade)
            paragraph._p.get_or_add_pPr().append(shading)
            paragraph.paragraph_format.right_indent = Pt(look.right + 0.1)

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            line = self._add("List Number" if block.ordered else "List Bullet")
            if block.ordered:
                numbering = make("w:numPr", make("w:ilvl", val=0), make("w:numId", val=NUMBERS + self._lists))
                line._p.get_or_add_pPr().append(numbering)
            add_text(line, item)
        self._lists += block.ordered

    def _figure(self, figure: Figure, scale: float) -> None:
        paragraph = self._add("Figure")
        ready = picture(figure)
        shape = paragraph.add_run().add_picture(BytesIO(ready.png), width=Pt(picture_width(figure, scale)))
        # Numbers of drawings are their own; the logo is 1.
        describe(shape, figure.id, figure.number + 1, figure.alt)
        outline(shape, LINE)
        line = self._add("Caption", f"{self._guide.words['figure']} ")
        add_field(line, f"SEQ {self._guide.words['figure']} \\* ARABIC", str(figure.number))
        line.add_run(f". {caption(figure, self._guide)}")

    def _table(self, table: Table) -> None:
        if table.caption:
            self._add("Table Caption", table.caption)
        grid = self._document.add_table(len(table.rows) + 1, len(table.head), style="Guide Table")
        grid.autofit = False
        widths = table_columns(table)
        properties = grid._tbl.tblPr
        properties.append(make("w:tblCaption", val=table.caption or " / ".join(table.head)))
        for column, wide in zip(grid.columns, widths, strict=True):
            column.width = Pt(wide)
        for at, row in enumerate(grid.rows):
            row._tr.get_or_add_trPr().append(make("w:cantSplit"))
            texts = [parse_text(cell) for cell in table.head] if not at else table.rows[at - 1]
            for cell, text, wide in zip(row.cells, texts, widths, strict=True):
                cell.width = Pt(wide)
                paragraph = cell.paragraphs[0]
                paragraph.style = self._document.styles["Table Text" if at else "Table Head"]
                add_text(paragraph, text)
        grid.rows[0]._tr.get_or_add_trPr().append(make("w:tblHeader"))
        self._add("After Table")

    def _add(self, style: str, text: str = "") -> WordParagraph:
        return self._document.add_paragraph(text, style)


def _bookmark(number: int) -> str:
    """Return the name under which the contents find a heading; Word hides those that begin so."""
    return f"_Toc{number:08}"
