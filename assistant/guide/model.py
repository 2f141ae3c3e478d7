"""The guide as plain data: what every format is written from.

A guide is a list of sections; a section is a list of blocks. Whoever writes a format handles each kind of block once:

    Paragraph, Bullets, Note, Table, Terms   words
    Figure                                   a picture with number, caption and alternative text

All of it can be sent to another process. Nothing here knows how a format looks or where the texts come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from flows.steps import Language

Edition = Literal["2020", "2026"]
Theme = Literal["light", "dark"]
Size = Literal["desktop", "narrow"]
NoteKind = Literal["info", "tip", "warning", "danger"]
MarkKind = Literal["box", "danger", "mask"]
"""``box``: use this; ``danger``: never use this; ``mask``: what lies here is hidden."""

# --- words -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind."""

    text: str
    strong: bool = False
    link: str = ""
    """Address it leads to; empty for none."""


Text = tuple[Span, ...]
"""Words of one paragraph, without line breaks."""

_MARKUP = re.compile(r"\*\*(?P<strong>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<link>[^)\s]+)\)")


def parse_text(source: str) -> Text:
    """Read a paragraph with ``**strong**`` words and ``[label](address)`` links; white space is folded."""
    source = " ".join(source.split())
    spans: list[Span] = []
    at = 0
    for found in _MARKUP.finditer(source):
        if found.start() > at:
            spans.append(Span(source[at : found.start()]))
        if found["strong"]:
            spans.append(Span(found["strong"], strong=True))
        else:
            spans.append(Span(found["label"], link=found["link"]))
        at = found.end()
    if at < len(source):
        spans.append(Span(source[at:]))
    return tuple(spans)


def plain(text: Text) -> str:
    """Return the bare words of *text*."""
    return "".join(span.text for span in text)


# --- pictures ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextBox:
    """A rectangle on a picture, CSS pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PictureMark:
    """One mark on a picture: where, and what it says."""

    kind: MarkKind
    box: TextBox
    """The control it belongs to."""
    number: int = 0
    """Which of the list beside the picture is done there, counted from 1; 0 for none."""
    text: str = ""
    """What its callout says; empty for none."""
    is_pressed: bool = True
    """Whether the person presses there; not so where one only reads, or what must be left alone."""
    is_words: bool = False
    """Whether it is about words to read: nothing that is drawn may touch them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A control that can be seen on a picture."""

    label: str
    box: TextBox


@dataclass(frozen=True, slots=True)
class Shot:
    """One taking of a picture: PNG files without and with marks. Masks are in both.

    They are of the same size, but for a key of the marks below a marked one of a telephone's width.
    """

    clean: Path
    marked: Path
    width: int
    """Device pixels."""
    height: int
    """Device pixels, without a key."""
    scale: float = 2
    """Device pixels per CSS pixel."""
    marks: tuple[PictureMark, ...] = ()
    """In the order in which they are meant to be noticed. The first is what the step is about."""
    structure: str = ""
    """Hash of the words and controls of the screen, without anything personal; empty for a drawing."""
    ribbon: TextBox | None = None
    """Where it says that it is a sample, or a drawing; None where it does not."""
    controls: tuple[Named, ...] = ()
    """All that can be used there and has a name; none for a drawing."""
    browser: str = ""
    """What drew it, like ``Chromium 150.0 (headless shell)``; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the guide."""

    id: str
    """Name of the picture, and stem of its files."""
    number: int
    """Counted from 1 throughout the guide."""
    caption: str
    alt: str
    """What it shows, for who cannot see it."""
    shots: Mapping[tuple[Theme, Size], Shot]
    is_drawing: bool = False
    """A schematic drawing of our own, not a picture of a screen."""

    def shot(self, theme: Theme = "light", size: Size = "desktop") -> Shot:
        """Return the taking that fits best; ``light`` and ``desktop`` is always there."""
        for key in ((theme, size), ("light", size), (theme, "desktop")):
            if key in self.shots:
                return self.shots[key]
        return self.shots["light", "desktop"]


# --- blocks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph that stands out. ``danger`` is for what cannot be undone."""

    kind: NoteKind
    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with their explanation, sorted."""

    items: tuple[tuple[str, Text], ...]


Block = Paragraph | Bullets | Note | Table | Terms | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the guide under a heading."""

    id: str
    """Stable name, fit for an address: ``before-you-start``."""
    title: str
    blocks: tuple[Block, ...]
    step: int = 0
    """Number of the step, counted from 1; 0 for a section that is no step."""
    lead: str = ""
    """The one sentence that tells what to do; also stands first on a slide."""
    spoken: str = ""
    """What a trainer says: the notes of a slide, the caption of a video."""
    parts: tuple[Section, ...] = ()
    """Sections one level below."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures of this section alone, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))


# --- the institution ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brand:
    """What an institution says of itself, from its branding file. Every value is the institution's own."""

    institution: tuple[str, ...]
    """Lines of the letterhead below "T.C.", the superior institution first."""
    unit: str
    number: str
    """The letter's number, behind "Sayı"."""
    date: date
    subject: str
    """Behind "Konu"."""
    addressees: tuple[str, ...]
    """To whom: one line each; more than one makes the letter go "DAĞITIM YERLERİNE"."""
    signatory: str
    signatory_title: str
    body: tuple[Text, ...] = ()
    """The letter's paragraphs."""
    attachments: tuple[str, ...] = ()
    """Behind "Ek"."""
    for_action: tuple[str, ...] = ()
    """Behind "Gereği"."""
    for_information: tuple[str, ...] = ()
    """Behind "Bilgi"."""
    contact: tuple[str, ...] = ()
    """The institution's own address, telephone, e-mail: the foot of the letter."""
    logo: Path | None = None
    """PNG or SVG."""
    is_example: bool = False
    """The neutral brand that comes along: nothing in it belongs to anybody."""


# --- the guide ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Guide:
    """All that a format is written from."""

    title: str
    subtitle: str
    summary: str
    """Two sentences: for whom this is, and what it is good for."""
    language: Language
    edition: Edition
    story: str
    """``first-time``, ``already-consented``, …"""
    version: str
    """Of the program that made it."""
    brand: Brand
    sections: tuple[Section, ...]
    words: Mapping[str, str] = field(repr=False)
    """Labels in the guide's language: ``contents``, ``step``, ``figure``, ``figures``, ``note.info``, ``note.tip``,
    ``note.warning``, ``note.danger``, ``drawing`` (said of schematic drawings), ``sample`` (ÖRNEK / BENZETİM),
    ``page``, ``quick_card``, ``letter``, ``support``, ``silent`` (said of the film), ``next``, ``previous``; and the
    stems of the files: ``file.guide``, ``file.card``, ``file.letter``."""
    quick_card: tuple[str, ...] = ()
    """The steps in as few words as fit on one A5 page."""
    templates: Mapping[str, Path] = field(default_factory=dict)
    """The institution's own template files, by the ending of what is made from them: ``.docx``, ``.pptx``."""
    address: str = "https://onlineislemler.kamusm.gov.tr/landing"
    """Where the person begins; the quick card's QR code."""

    def walk(self) -> Iterator[Section]:
        """Return every section and part, in reading order."""
        for section in self.sections:
            yield section
            yield from section.parts

    @property
    def steps(self) -> tuple[Section, ...]:
        """The sections that are steps, in order."""
        return tuple(section for section in self.walk() if section.step)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture, in order."""
        return tuple(figure for section in self.walk() for figure in section.figures)
