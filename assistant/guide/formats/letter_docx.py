"""The covering letter as a Word document, laid out as an official letter; `letter` has the rules.

The letter is Turkish whatever the guide's language is.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from assistant.guide.formats.logo import read_logo
from assistant.guide.formats.word_document import new_document, page_margins, save
from assistant.guide.formats.word_styles import Look
from assistant.guide.formats.word_xml import add_field, add_text, describe, make
from assistant.guide.letter import addressee, for_action
from assistant.guide.model import Brand, Guide

_SIDE, _TOP, _BOTTOM, _FOOT = 25, 20, 30, 12
"""Margins in millimetres."""
_WIDTH = (210 - 2 * _SIDE) * 72 / 25.4
_BLOCK = 190
"""Points that the signature block is wide."""
_LABEL = 38
"""Points from the left edge to the colon behind "Sayı" and "Konu"."""
_LINE = 17
_BLACK = "000000"


def _look(name: str, **facts: object) -> Look:
    return Look(name, **{"size": 12, "line": _LINE, "after": 0, "ink": _BLACK, **facts})  # type: ignore[arg-type]


_LOOKS = (
    _look("Normal"),
    _look("Letter Example", size=10, align="right", ink="444444"),
    _look("Letter Logo", size=2, line=0, after=4, align="center"),
    _look("Letter Head", align="center"),
    _look("Letter Data", left=_LABEL + 8, hanging=_LABEL + 8),
    _look("Letter Addressee", before=3 * _LINE, after=2 * _LINE, align="center"),
    _look("Letter Text", first=35.4, after=4, align="both"),
    _look("Letter Signature", left=_WIDTH - _BLOCK, align="center", keep_next=True),
    _look("Letter List", keep_next=True),
    _look("Footer", size=9, line=12),
)


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the letter into *folder* and return its path."""
    path = folder / f"{guide.words['file.letter']}.docx"
    document = new_document("tr", _LOOKS, "Times New Roman")
    brand = guide.brand
    page_margins(document.sections[0], side=_SIDE, top=_TOP, bottom=_BOTTOM, foot=_FOOT)
    _head(document, brand)
    _data(document, brand)
    document.add_paragraph(addressee(brand), "Letter Addressee")
    for text in brand.body:
        add_text(document.add_paragraph(style="Letter Text"), text)
    _signature(document, brand)
    _attachments(document, brand)
    _distribution(document, brand)
    _contact(document, brand)
    save(document, guide, brand.subject, path)
    return (path,)


def _head(document: Document, brand: Brand) -> None:
    if brand.is_example:
        document.add_paragraph("ÖRNEK", "Letter Example")
    if logo := read_logo(brand, 200, 56):
        place = document.add_paragraph(style="Letter Logo").add_run()
        describe(place.add_picture(BytesIO(logo.png), Pt(logo.width), Pt(logo.height)), "logo", 1, logo.alt)
    for line in ("T.C.", *brand.institution, brand.unit):
        document.add_paragraph(line, "Letter Head")


def _data(document: Document, brand: Brand) -> None:
    number = document.add_paragraph(f"Sayı\t: {brand.number}\t{brand.date:%d.%m.%Y}", "Letter Data")
    number.paragraph_format.space_before = Pt(2 * _LINE)
    subject = document.add_paragraph(f"Konu\t: {brand.subject}", "Letter Data")
    # The subject keeps clear of the date's column.
    subject.paragraph_format.right_indent = Pt(90)
    for paragraph in (number, subject):
        stops = [make("w:tab", val="left", pos=_LABEL * 20), make("w:tab", val="right", pos=round(_WIDTH * 20))]
        paragraph._p.get_or_add_pPr().insert_element_before(make("w:tabs", *stops), "w:spacing", "w:ind", "w:jc")


def _signature(document: Document, brand: Brand) -> None:
    lines = (brand.signatory, *brand.signatory_title.splitlines())
    paragraphs = [document.add_paragraph(line, "Letter Signature") for line in lines]
    paragraphs[0].paragraph_format.space_before = Pt(3 * _LINE)
    paragraphs[-1].paragraph_format.space_after = Pt(2 * _LINE)


def _attachments(document: Document, brand: Brand) -> None:
    match brand.attachments:
        case ():
            return
        case (only,):
            lines: Sequence[str] = (f"Ek: {only}",)
        case several:
            lines = ("Ek:", *(f"{number}- {one}" for number, one in enumerate(several, start=1)))
    paragraphs = [document.add_paragraph(line, "Letter List") for line in lines]
    paragraphs[-1].paragraph_format.space_after = Pt(_LINE)


def _distribution(document: Document, brand: Brand) -> None:
    columns = [
        (label, names) for label, names in (("Gereği:", for_action(brand)), ("Bilgi:", brand.for_information)) if names
    ]
    if not columns:
        return
    document.add_paragraph("Dağıtım:", "Letter List")
    grid = document.add_table(1, len(columns))
    grid.autofit = False
    for cell, (label, names) in zip(grid.rows[0].cells, columns, strict=True):
        cell.width = Pt(_WIDTH / len(columns))
        # "Gereği" alone goes without saying.
        lines = names if columns == [columns[0]] and label == "Gereği:" else (label, *names)
        _fill(cell, lines)


def _fill(cell: _Cell, lines: Sequence[str]) -> None:
    first, *others = lines
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.text = first
    for line in others:
        cell.add_paragraph(line)


def _contact(document: Document, brand: Brand) -> None:
    """Put the contact at the foot of every page, and the page's number on those after the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for foot in (section.first_page_footer.paragraphs[0], section.footer.paragraphs[0]):
        foot.style = document.styles["Footer"]
        if brand.contact:
            border = make("w:pBdr", make("w:top", val="single", sz=6, space=4, color=_BLACK))
            foot._p.get_or_add_pPr().append(border)
        for number, line in enumerate(brand.contact):
            if number:
                foot.add_run().add_break()
            foot.add_run(line)
    stops = make("w:tabs", make("w:tab", val="right", pos=round(_WIDTH * 20)))
    foot._p.get_or_add_pPr().append(stops)
    foot.add_run("\t")
    add_field(foot, "PAGE", "2")
    foot.add_run("/")
    add_field(foot, "NUMPAGES", "2")
