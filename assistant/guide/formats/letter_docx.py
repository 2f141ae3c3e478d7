"""The covering letter as a Word document, laid out as an official letter; `letter` has the rules.

The letter is Turkish whatever the guide's language is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from assistant.guide.formats.logo import read_logo
from assistant.guide.formats.template import word_template
from assistant.guide.formats.word import add_text, describe, save
from assistant.guide.letter import addressee, for_action
from assistant.guide.model import Brand, Guide

_BODY = (210 - 2 * 25) * 72 / 25.4
"""Points between the margins."""
_LINE = 17


def write(guide: Guide, folder: Path) -> tuple[Path, ...]:
    """Write the letter into *folder* and return its path."""
    path = folder / f"{guide.words['file.letter']}.docx"
    document = word_template(None, "letter.docx")
    brand = guide.brand
    _head(document, brand)
    _data(document, brand)
    document.add_paragraph(addressee(brand), "Letter Addressee")
    for text in brand.body:
        add_text(document.add_paragraph(style="Letter Text"), text)
    _signature(document, brand)
    _attachments(document, brand)
    _distribution(document, brand)
    _contact(document, brand)
    save(document, replace(guide, language="tr"), brand.subject, path)
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
    # Keep the subject out of the date's column.
    subject.paragraph_format.right_indent = Pt(90)


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
        cell.width = Pt(_BODY / len(columns))
        # "Gereği" on its own needs no label.
        lines = names if columns == [columns[0]] and label == "Gereği:" else (label, *names)
        _fill(cell, lines)


def _fill(cell: _Cell, lines: Sequence[str]) -> None:
    first, *others = lines
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.text = first
    for line in others:
        cell.add_paragraph(line)


def _contact(document: Document, brand: Brand) -> None:
    """Put the contact at the bottom of every page; the template numbers pages after the first."""
    section = document.sections[0]
    for foot in (section.first_page_footer.paragraphs[0], section.footer.paragraphs[0]):
        foot.add_run("\n".join(brand.contact))
