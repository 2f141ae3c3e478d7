"""The guide as plain data: every format is written from this.

A guide is a list of sections; a section is a list of blocks. A format handles each kind of block once:

    Paragraph, Bullets, Note, Table, Terms   words
    Figure                                   a picture with number, caption and alternative text

You can send all of it to another process. Nothing here knows what a format looks like or where the texts come from.
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
"""``box``: use this; ``danger``: never use this; ``mask``: something is hidden here."""

# --- words -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind."""

    text: str
    strong: bool = False
    link: str = ""
    """Address it leads to; empty for none."""


Text = tuple[Span, ...]
"""The words of one paragraph, without line breaks."""

_MARKUP = re.compile(r"\*\*(?P<strong>.+?)\*\*|\[(?P<label>[^\]]+)\]\((?P<link>[^)\s]+)\)")


def parse_text(source: str) -> Text:
    """Parse a paragraph with ``**strong**`` words and ``[label](address)`` links; white space is collapsed."""
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
    """Return only the words of *text*."""
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
    """Which item of the list next to the picture is done there, counted from 1; 0 for none."""
    text: str = ""
    """Its callout's text; empty for none."""
    is_pressed: bool = True
    """Whether you press there; not if you only read it, or must leave it alone."""
    is_words: bool = False
    """Whether it is about words to read: nothing we draw may touch them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A control you can see in a picture."""

    label: str
    box: TextBox


@dataclass(frozen=True, slots=True)
class Shot:
    """One taking of a picture: PNG files without and with marks. Both have the masks.

    They are the same size, except that a marked one at phone width has a key below it.
    """

    clean: Path
    marked: Path
    width: int
    """Device pixels."""
    height: int
    """Device pixels, without the key."""
    scale: float = 2
    """Device pixels per CSS pixel."""
    marks: tuple[PictureMark, ...] = ()
    """In the order people should notice them. The first is what the step is about."""
    structure: str = ""
    """Hash of the screen's words and controls, with nothing personal in it; empty for a drawing."""
    ribbon: TextBox | None = None
    """Where it says that it is a sample, or a drawing; None if it doesn't."""
    controls: tuple[Named, ...] = ()
    """Everything you can use there that has a name; none for a drawing."""
    browser: str = ""
    """What drew it, like ``Chromium 150.0 (headless shell)``; empty if we don't know."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the guide."""

    id: str
    """Name of the picture, and stem of its files."""
    number: int
    """Counted from 1 throughout the guide."""
    caption: str
    alt: str
    """What it shows, for people who can't see it."""
    shots: Mapping[tuple[Theme, Size], Shot]
    is_drawing: bool = False
    """A schematic drawing of our own, not a picture of a screen."""

    def shot(self, theme: Theme = "light", size: Size = "desktop") -> Shot:
        """Return the taking that fits best; ``light`` and ``desktop`` always exist."""
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
    """A highlighted paragraph. ``danger`` is for what can't be undone."""

    kind: NoteKind
    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading row."""

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
    """Stable name that works in an address: ``before-you-start``."""
    title: str
    blocks: tuple[Block, ...]
    step: int = 0
    """The step's number, counted from 1; 0 if the section isn't a step."""
    lead: str = ""
    """The one sentence that says what to do; also comes first on a slide."""
    spoken: str = ""
    """What a trainer says: a slide's notes, a film's caption."""
    parts: tuple[Section, ...] = ()
    """Sections one level below."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures of this section only, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))


# --- the institution ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brand:
    """How an institution presents itself, from its branding file. Every value is its own."""

    institution: tuple[str, ...]
    """Lines of the letterhead below "T.C.", the parent institution first."""
    unit: str
    number: str
    """The letter's number, after "Sayı"."""
    date: date
    subject: str
    """After "Konu"."""
    addressees: tuple[str, ...]
    """Who it goes to, one line each. More than one makes the letter go to "DAĞITIM YERLERİNE"."""
    signatory: str
    signatory_title: str
    body: tuple[Text, ...] = ()
    """The letter's paragraphs."""
    attachments: tuple[str, ...] = ()
    """After "Ek"."""
    for_action: tuple[str, ...] = ()
    """After "Gereği"."""
    for_information: tuple[str, ...] = ()
    """After "Bilgi"."""
    contact: tuple[str, ...] = ()
    """The institution's own address, phone, e-mail: the bottom of the letter."""
    logo: Path | None = None
    """PNG or SVG."""
    is_example: bool = False
    """The neutral brand we ship: it belongs to nobody."""


# --- the guide ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a format is written from."""

    title: str
    subtitle: str
    summary: str
    """Two sentences: who this is for, and what it is good for."""
    language: Language
    edition: Edition
    story: str
    """``first-time``, ``already-consented``, …"""
    version: str
    """Version of the program that made it."""
    brand: Brand
    sections: tuple[Section, ...]
    words: Mapping[str, str] = field(repr=False)
    """Labels in the guide's language: ``contents``, ``step``, ``figure``, ``figures``, ``note.info``, ``note.tip``,
    ``note.warning``, ``note.danger``, ``drawing`` (said of schematic drawings), ``sample`` (ÖRNEK / BENZETİM),
    ``page``, ``quick_card``, ``letter``, ``support``, ``silent`` (said of the film), ``next``, ``previous``; and the
    stems of the files: ``file.guide``, ``file.card``, ``file.letter``."""
    quick_card: tuple[str, ...] = ()
    """The steps in few enough words to fit on one A5 page."""
    templates: Mapping[str, Path] = field(default_factory=dict)
    """The institution's own template files, by the suffix of what we make from them: ``.docx``, ``.pptx``."""
    address: str = "https://onlineislemler.kamusm.gov.tr/landing"
    """Where the person starts; the quick card's QR code."""

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
