"""The template files of Word and PowerPoint: named styles and layouts that an institution opens and edits.

The libraries refuse the content type of a template proper (``.dotx``, ``.potx``); it is changed while loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
import pptx
from docx.document import Document
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from assistant.base.errors import wrong
from assistant.base.words import Language

WORD, SLIDES = ".docx", ".pptx"
KINDS: Mapping[str, str] = MappingProxyType({".docx": WORD, ".dotx": WORD, ".pptx": SLIDES, ".potx": SLIDES})
"""By the ending of a template: what is made from it."""
OWN = ("guide.docx", "letter.docx", "guide.pptx")

_STYLES = (
    *("Normal", "Title", "Subtitle", "Cover Head", "Cover Text", "Cover Foot", "Heading 1", "Heading 2", "TOC Heading"),
    *("toc 1", "toc 2", "Lead", "List Bullet", "List Number", "Figure", "Caption", "Table Caption", "Table Head"),
    *("Table Text", "After Table", "Term", "Definition", "Note Info", "Note Tip", "Note Warning", "Note Danger"),
    *("Strong", "Hyperlink", "Guide Table"),
)
LAYOUTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Guide Cover": ("Title", "Subtitle", "Summary", "Owner", "Logo"),
        "Guide Text": ("Title", "Text"),
        "Guide Table": ("Title", "Text", "Table"),
        "Guide Picture": ("Title", "Text", "Warning", "Caution", "Picture", "Caption"),
    }
)
"""By the name of a layout: the names of its placeholders."""
_TEMPLATE, _MADE = b".template.main+xml", {WORD: b".document.main+xml", SLIDES: b".presentation.main+xml"}
_TYPES = "[Content_Types].xml"


def own(name: str) -> bytes:
    """Return the template of ours called *name*, one of `OWN`."""
    return (resources.files("assistant.guide.formats") / "office_templates" / name).read_bytes()


def word_template(path: Path | None, name: str = "guide.docx") -> Document:
    """Return a document without words that has the styles of *path*; those of our own *name* without one."""
    document = docx.Document(BytesIO(_made(path.read_bytes(), WORD) if path else own(name)))
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    return document


def slide_template(path: Path | None) -> Presentation:
    """Return a presentation without slides that has the layouts of *path*; our own without one."""
    presentation = pptx.Presentation(BytesIO(_made(path.read_bytes(), SLIDES) if path else own("guide.pptx")))
    slides = presentation.slides._sldIdLst
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    return presentation


def places(layout: SlideLayout) -> dict[str, Any]:
    """Return the placeholders of *layout* by their names."""
    holder: Any = layout
    return {shape.name: shape for shape in holder.placeholders}


def check_template(path: Path, language: Language) -> str:
    """Return what is made from the template in *path*: `WORD` or `SLIDES`.

    Raises `UsageError` that says what is wrong with it, and names each style or layout that it lacks.
    """
    where = f"--template: {path.name}"
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise wrong("guide.template.kind", language, where)
    try:
        lacking = _lacking_styles(word_template(path)) if kind == WORD else _lacking_layouts(slide_template(path))
    except OSError:
        raise wrong("guide.template.unreadable", language, where) from None
    except (BadZipFile, KeyError, ValueError, AttributeError, IndexError, SyntaxError):
        raise wrong("guide.template.broken", language, where) from None
    if lacking:
        raise wrong("guide.template.lacks", language, where, names=", ".join(f"“{name}”" for name in lacking))
    return kind


def check_templates(paths: tuple[Path, ...], language: Language) -> dict[str, Path]:
    """Return *paths* by what is made from them. Raises `UsageError` as `check_template` does, and for two of a kind."""
    found: dict[str, Path] = {}
    for path in paths:
        kind = check_template(path, language)
        if kind in found:
            raise wrong("guide.template.twice", language, "--template", one=found[kind].name, other=path.name)
        found[kind] = path
    return found


def write_own(folder: Path) -> tuple[Path, ...]:
    """Write our own templates into *folder*, over none that is there. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in OWN:
        with (folder / name).open("xb") as file:
            file.write(own(name))
    return tuple(folder / name for name in OWN)


def _lacking_styles(document: Document) -> list[str]:
    known = {style.name for style in document.styles}
    return [name for name in _STYLES if name not in known]


def _lacking_layouts(presentation: Presentation) -> list[str]:
    known = {layout.name: set(places(layout)) for layout in presentation.slide_layouts}
    missing = [name for name in LAYOUTS if name not in known]
    parts = ((name, part) for name, wanted in LAYOUTS.items() if name in known for part in wanted)
    return [*missing, *(f"{name} / {part}" for name, part in parts if part not in known[name])]


def _made(content: bytes, kind: str) -> bytes:
    """Return the package *content* with the content type of what is made from a template."""
    with ZipFile(BytesIO(content)) as archive:
        entries = {info: archive.read(info) for info in archive.infolist()}
    into = BytesIO()
    with ZipFile(into, "w") as archive:
        for info, entry in entries.items():
            archive.writestr(info, entry.replace(_TEMPLATE, _MADE[kind]) if info.filename == _TYPES else entry)
    return into.getvalue()
