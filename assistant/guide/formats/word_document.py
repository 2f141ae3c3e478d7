"""An empty Word document of our own, and what is done to every one before it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from assistant.guide.archive import rewrite_archive
from assistant.guide.formats.office import language_tag, set_properties
from assistant.guide.formats.word_styles import Look, set_styles
from assistant.guide.formats.word_xml import drop_leftovers, make
from assistant.guide.model import Guide
from flows.steps import Language

_SETTINGS_KEPT = {"zoom", "defaultTabStop", "characterSpacingControl", "compat", "clrSchemeMapping", "decimalSymbol"}


def new_document(language: Language, looks: Iterable[Look], family: str) -> WordDocument:
    """Return an empty A4 document with *looks* for its styles, in *language* and set in *family*."""
    document = Document()
    drop_leftovers(document)
    set_styles(document, looks, family, language_tag(language))
    settings = document.settings.element
    for child in list(settings):
        if child.tag.rsplit("}", 1)[-1] not in _SETTINGS_KEPT:
            settings.remove(child)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            # Anything older makes Word say "Compatibility Mode" in the title bar.
            setting.set(qn("w:val"), "15")
    for old in list(settings.iter(qn("w:useFELayout"))):
        old.getparent().remove(old)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    spoken = make("w:themeFontLang", val=language_tag(language))
    settings.find(qn("w:clrSchemeMapping")).addprevious(spoken)
    return document


def page_margins(section: Section, *, side: float, top: float, bottom: float, foot: float) -> None:
    """Make the pages of *section* A4 with these margins in millimetres; the foot stands *foot* above the edge."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance, section.footer_distance = Mm(10), Mm(foot)


def save(document: WordDocument, guide: Guide, title: str, path: Path) -> None:
    """Write *document*, with its properties, to *path*: the same bytes each time."""
    set_properties(document.core_properties, guide, title)
    document.save(str(path))
    rewrite_archive(path, first=("[Content_Types].xml",))
