"""What python-docx can't do: links, bookmarks, a table of contents, alternative texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.text.paragraph import Paragraph

from assistant.guide.archive import rewrite_archive
from assistant.guide.formats.office import language_tag, set_properties
from assistant.guide.model import Guide, Text


def make(tag: str, **attributes: object) -> Any:
    """Return the element *tag* ("w:spacing") with *attributes* of the w namespace."""
    return OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})


def add_text(paragraph: Paragraph, text: Text) -> None:
    """Append *text*; its links lead where they say."""
    for span in text:
        run = paragraph.add_run(span.text, "Hyperlink" if span.link else "Strong" if span.strong else None)
        if span.link:
            link = make("w:hyperlink", history=1)
            link.set(qn("r:id"), paragraph.part.relate_to(span.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run._r.addprevious(link)
            link.append(run._r)


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around everything that *paragraph* holds; *number* is unique in the document."""
    paragraph.runs[0]._r.addprevious(make("w:bookmarkStart", id=number, name=name))
    paragraph._p.append(make("w:bookmarkEnd", id=number))


def link_to_bookmark(paragraph: Paragraph, name: str) -> None:
    """Make the last words of *paragraph* lead to the bookmark *name*."""
    run = paragraph.runs[-1]._r
    link = make("w:hyperlink", anchor=name, history=1)
    run.addprevious(link)
    link.append(run)


def field_mark(paragraph: Paragraph, kind: str, instruction: str = "") -> None:
    """Append a mark of a field: where it begins (with its *instruction*), where its result does, where it ends."""
    paragraph.add_run()._r.append(make("w:fldChar", fldCharType=kind))
    if instruction:
        code = make("w:instrText")
        code.text = f" {instruction} "
        paragraph.add_run()._r.append(code)


def describe(shape: InlineShape, name: str, number: int, alt: str) -> None:
    """Give a picture its name, a *number* unique in the document and the alternative text."""
    properties = shape._inline.docPr
    for key, value in (("id", str(number)), ("name", name), ("descr", alt)):
        properties.set(key, value)


def save(document: Document, guide: Guide, title: str, path: Path) -> None:
    """Write *document*, in its language and with its properties, to *path*: the same bytes each time."""
    for spoken in document.styles.element.iterfind(f".//{qn('w:docDefaults')}//{qn('w:lang')}"):
        spoken.set(qn("w:val"), language_tag(guide.language))
    set_properties(document.core_properties, guide, title)
    document.save(str(path))
    rewrite_archive(path, first=("[Content_Types].xml",))
