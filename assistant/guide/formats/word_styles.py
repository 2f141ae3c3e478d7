"""The styles of the guide as a Word document, as one table: from it they are written, and by it pages are reckoned.

Line heights are exact, so that Word, LibreOffice and the reckoning of `word_pages` agree on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles import BabelFish

from assistant.guide.formats.office import ACCENT, INK, LINE, QUIET, TONES
from assistant.guide.formats.word_xml import make

BULLETS, NUMBERS = 1, 2
"""Numbers of the two kinds of list in the numbering part."""


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style; lengths in points."""

    name: str
    size: float = 10.5
    line: float = 15
    """Height of a line; 0 for as high as what stands on it."""
    before: float = 0
    after: float = 6
    strong: bool = False
    ink: str = INK
    left: float = 0
    hanging: float = 0
    """How far the first line stands out to the left."""
    first: float = 0
    """How far the first line is indented."""
    right: float = 0
    align: Literal["left", "center", "right", "both"] = "left"
    keep_next: bool = False
    level: int | None = None
    """Level in the outline, from 0."""
    fill: str = ""
    bar: str = ""
    """Colour of the bar at the left."""
    framed: bool = False
    numbering: int = 0
    """One of `BULLETS` and `NUMBERS`."""
    tab: float = 0
    """A right tab with dots before it, so far from the left margin."""

    @property
    def id(self) -> str:
        """Name of the style within the file."""
        return self.name.replace(" ", "")


TEXT_WIDTH = 467.7
"""Points: A4 less 22.5 mm at either side."""
PADDING = 6.0
"""Points between a note's edge and its words."""


def _note(kind: Literal["info", "tip", "warning", "danger"]) -> Look:
    tone = TONES[kind]
    return Look(
        f"Note {kind.title()}",
        before=10,
        after=14,
        left=12,
        right=8,
        fill=tone.fill,
        bar=tone.bar,
        framed=kind == "danger",
    )


LOOKS = {
    look.name: look
    for look in (
        Look("Normal"),
        Look("Title", 32, 40, before=150, after=6, strong=True, ink=ACCENT, align="center"),
        Look("Subtitle", 15, 20, after=24, ink=QUIET, align="center"),
        Look("Cover Head", 11, 16, after=0, align="center"),
        Look("Cover Text", 11, 17, left=56, right=56, align="center"),
        Look("Cover Foot", 9.5, 14, after=0, ink=QUIET, align="center"),
        Look("Heading 1", 18, 23, before=22, after=8, strong=True, ink=ACCENT, keep_next=True, level=0),
        Look("Heading 2", 13.5, 18, before=18, after=6, strong=True, ink=ACCENT, keep_next=True, level=1),
        Look("TOC Heading", 18, 23, after=12, strong=True, ink=ACCENT, keep_next=True),
        Look("toc 1", 10.5, 15, before=5, after=2, strong=True, tab=TEXT_WIDTH),
        Look("toc 2", 10.5, 15, after=1, left=14, tab=TEXT_WIDTH),
        Look("Lead", 11.5, 16, after=8, strong=True),
        Look("List Bullet", after=3, left=20, hanging=14, numbering=BULLETS),
        Look("List Number", after=3, left=20, hanging=18, numbering=NUMBERS),
        Look("Figure", 2, 0, before=9, after=4, align="center", keep_next=True),
        Look("Caption", 9, 12, after=14, align="center", ink=QUIET),
        Look("Table Caption", 9, 12, before=6, after=4, keep_next=True, ink=QUIET),
        Look("Table Head", 9.5, 13, before=3, after=3, strong=True, ink=ACCENT),
        Look("Table Text", 9.5, 13, before=3, after=3),
        Look("After Table", 2, 6, after=4),
        Look("Term", before=4, after=1, strong=True, keep_next=True),
        Look("Definition", after=5, left=14),
        Look("Footer", 8.5, 11, after=0, ink=QUIET),
        *(_note(kind) for kind in ("info", "tip", "warning", "danger")),
    )
}


def set_styles(document: Document, looks: Iterable[Look], family: str, language: str) -> None:
    """Replace the document's styles by *looks* and what they stand on; the first is the default."""
    root = document.styles.element
    for child in list(root):
        if child.tag.endswith(("}docDefaults", "}latentStyles")) or (
            child.tag.endswith("}style")
            and child.get(f"{_W}styleId") not in {"DefaultParagraphFont", "TableNormal", "NoList"}
        ):
            root.remove(child)
    first, *others = looks
    defaults = make(
        "w:rPr",
        make("w:rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family),
        make("w:color", val=first.ink),
        make("w:sz", val=round(first.size * 2)),
        make("w:szCs", val=round(first.size * 2)),
        make("w:lang", val=language, eastAsia=language, bidi="ar-SA"),
    )
    root.insert(0, make("w:docDefaults", make("w:rPrDefault", defaults), make("w:pPrDefault")))
    for look in (first, *others):
        root.append(_paragraph_style(look, is_default=look is first))
    root.append(_character_style("Strong", make("w:b")))
    root.append(_character_style("Hyperlink", make("w:color", val=ACCENT), make("w:u", val="single")))
    root.append(_table_style())


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _twips(points: float) -> int:
    return round(points * 20)


def _paragraph_style(look: Look, *, is_default: bool) -> BaseOxmlElement:
    style = make("w:style", make("w:name", val=BabelFish.ui2internal(look.name)), type="paragraph", styleId=look.id)
    if is_default:
        style.set(f"{_W}default", "1")
    else:
        style.append(make("w:basedOn", val="Normal"))
        style.append(make("w:next", val="Normal" if look.keep_next or look.level is not None else look.id))
        style.append(make("w:uiPriority", val=1))
    style.append(make("w:qFormat"))
    style.append(_paragraph_properties(look))
    properties = make("w:rPr")
    if look.strong:
        properties.append(make("w:b"))
    properties.append(make("w:color", val=look.ink))
    properties.append(make("w:sz", val=round(look.size * 2)))
    properties.append(make("w:szCs", val=round(look.size * 2)))
    style.append(properties)
    return style


def _paragraph_properties(look: Look) -> BaseOxmlElement:
    properties = make("w:pPr")
    if look.keep_next:
        properties.append(make("w:keepNext"))
    if look.fill or look.keep_next or look.level is not None:
        properties.append(make("w:keepLines"))
    properties.append(make("w:widowControl"))
    if look.numbering:
        properties.append(make("w:numPr", make("w:numId", val=look.numbering)))
    if look.fill:
        properties.append(_borders(look))
        properties.append(make("w:shd", val="clear", color="auto", fill=look.fill))
    if look.tab:
        properties.append(make("w:tabs", make("w:tab", val="right", leader="dot", pos=_twips(look.tab))))
    spacing = make("w:spacing", before=_twips(look.before), after=_twips(look.after))
    spacing.set(f"{_W}line", str(_twips(look.line) if look.line else 240))
    spacing.set(f"{_W}lineRule", "exact" if look.line else "auto")
    properties.append(spacing)
    indent = make("w:ind", left=_twips(look.left), right=_twips(look.right))
    indent.set(f"{_W}{'firstLine' if look.first else 'hanging'}", str(_twips(look.first or look.hanging)))
    properties.append(indent)
    properties.append(make("w:jc", val=look.align))
    if look.level is not None:
        properties.append(make("w:outlineLvl", val=look.level))
    return properties


def _borders(look: Look) -> BaseOxmlElement:
    edge = look.bar if look.framed else look.fill
    wide = 8 if look.framed else 4
    space = round(PADDING)
    return make(
        "w:pBdr",
        make("w:top", val="single", sz=wide, space=space, color=edge),
        make("w:left", val="single", sz=36, space=space, color=look.bar),
        make("w:bottom", val="single", sz=wide, space=space, color=edge),
        make("w:right", val="single", sz=wide, space=space, color=edge),
    )


def _character_style(name: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    return make(
        "w:style",
        make("w:name", val=name),
        make("w:basedOn", val="DefaultParagraphFont"),
        make("w:qFormat"),
        make("w:rPr", *properties),
        type="character",
        styleId=name,
    )


def _table_style() -> BaseOxmlElement:
    lines = [make(f"w:{side}", val="single", sz=4, space=0, color=LINE) for side in ("top", "bottom", "insideH")]
    margins = [make(f"w:{side}", w=100, type="dxa") for side in ("left", "right")]
    head = make(
        "w:tblStylePr",
        make("w:tcPr", make("w:shd", val="clear", color="auto", fill="E4EBF2")),
        type="firstRow",
    )
    return make(
        "w:style",
        make("w:name", val="Guide Table"),
        make("w:basedOn", val="TableNormal"),
        make("w:qFormat"),
        make("w:tblPr", make("w:tblBorders", *lines), make("w:tblCellMar", *margins)),
        head,
        type="table",
        styleId="GuideTable",
    )


def set_numbering(document: Document, ordered_lists: int) -> None:
    """Replace the document's lists: one of bullets, and as many numbered ones as there are, each from 1."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for number, form, text, look in (
        (BULLETS, "bullet", "•", LOOKS["List Bullet"]),
        (NUMBERS, "decimal", "%1.", LOOKS["List Number"]),
    ):
        level = make(
            "w:lvl",
            make("w:start", val=1),
            make("w:numFmt", val=form),
            make("w:pStyle", val=look.id),
            make("w:lvlText", val=text),
            make("w:lvlJc", val="left"),
            make("w:pPr", make("w:ind", left=_twips(look.left), hanging=_twips(look.hanging))),
            ilvl=0,
        )
        root.append(make("w:abstractNum", make("w:multiLevelType", val="singleLevel"), level, abstractNumId=number))
    for number in range(1, NUMBERS + max(ordered_lists, 1)):
        kind = BULLETS if number == BULLETS else NUMBERS
        entry = make("w:num", make("w:abstractNumId", val=kind), numId=number)
        if kind == NUMBERS:
            entry.append(make("w:lvlOverride", make("w:startOverride", val=1), ilvl=0))
        root.append(entry)
