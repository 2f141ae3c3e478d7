"""The pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from typing import cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.guide.model import Text


def make(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return the element *tag* ("w:spacing") with *attributes* of the w namespace."""
    element = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def add_text(paragraph: Paragraph, text: Text) -> None:
    """Append *text*; its links lead where they say."""
    for span in text:
        if span.link:
            relation = paragraph.part.relate_to(span.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = make("w:hyperlink", history=1)
            link.set(qn("r:id"), relation)
            paragraph._p.append(link)
            link.append(add_run(paragraph, span.text, "Hyperlink")._r)
        else:
            add_run(paragraph, span.text, "Strong" if span.strong else None)


def add_run(paragraph: Paragraph, text: str, style: str | None = None) -> Run:
    """Append *text* in the character style *style*."""
    return paragraph.add_run(text, style)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Append the field *instruction* ("SEQ Şekil"); *shown* is its value until it is worked out anew."""
    _character(paragraph, "begin")
    _instruction(paragraph, instruction)
    _character(paragraph, "separate")
    paragraph.add_run(shown)
    _character(paragraph, "end")


def open_field(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field that goes on beyond *paragraph*."""
    _character(paragraph, "begin")
    _instruction(paragraph, instruction)
    _character(paragraph, "separate")


def close_field(paragraph: Paragraph) -> None:
    """End the field that `open_field` began."""
    _character(paragraph, "end")


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around all that *paragraph* holds; *number* is unique in the document."""
    start, end = make("w:bookmarkStart", id=number, name=name), make("w:bookmarkEnd", id=number)
    first = paragraph.runs[0]._r
    first.addprevious(start)
    paragraph._p.append(end)


def link_to_bookmark(paragraph: Paragraph, name: str) -> None:
    """Make all that *paragraph* says, but for a field that is begun in it, lead to the bookmark *name*."""
    link = make("w:hyperlink", anchor=name, history=1)
    runs = [run._r for run in paragraph.runs]
    text = next(at for at, run in enumerate(runs) if run.text)
    runs[text].addprevious(link)
    for run in runs[text:]:
        link.append(run)


def describe(shape: InlineShape, name: str, number: int, alt: str) -> None:
    """Give a picture its name, a *number* unique in the document and the alternative text."""
    shape._inline.docPr.set("id", str(number))
    shape._inline.docPr.set("name", name)
    shape._inline.docPr.set("descr", alt)
    for side in "TBLR":
        # Without these LibreOffice keeps a distance of its own and moves the picture out of the margins.
        shape._inline.set(f"dist{side}", "0")
    inside = cast(BaseOxmlElement, shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr)
    inside.set("name", f"{name}.png")
    inside.set("descr", alt)


def outline(shape: InlineShape, colour: str) -> None:
    """Draw a hairline around a picture, so that a white page does not run into a white sheet."""
    fill = OxmlElement("a:solidFill")
    fill.append(OxmlElement("a:srgbClr", {"val": colour}))
    line = OxmlElement("a:ln", {"w": "6350"})
    line.append(fill)
    shape._inline.graphic.graphicData.pic.spPr.append(line)


def drop_leftovers(document: Document) -> None:
    """Take out what the library's template brings along: a thumbnail, another program's name, spare styles."""
    for holder in (document.part.package, document.part):
        for identity, relation in list(holder.rels.items()):
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in {"thumbnail", "extended-properties", "customXml", "stylesWithEffects", "webSettings"}:
                del holder.rels[identity]


def _character(paragraph: Paragraph, kind: str) -> None:
    paragraph.add_run()._r.append(make("w:fldChar", fldCharType=kind))


def _instruction(paragraph: Paragraph, instruction: str) -> None:
    code = make("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(code)
