"""What the Word and the PowerPoint files have in common: pictures, colours of notes, properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PIL import Image

from assistant.guide.model import Figure, Guide, Note, NoteKind, Table, plain
from flows.steps import Language

INK = "1F2933"
QUIET = "52606D"
ACCENT = "1F4E79"
LINE = "B8C2CC"
_WIDEST = 1600
"""Pixels: sharp in print at the width of a page, and still a small file."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of a kind of note. In grey they are told apart by their words, and ``danger`` by its full frame."""

    fill: str
    bar: str


TONES: dict[NoteKind, Tone] = {
    "info": Tone("EEF3F8", "1F4E79"),
    "tip": Tone("EDF5EF", "2F6B45"),
    "warning": Tone("FCF4E2", "A86400"),
    "danger": Tone("FBE9E7", "9B1C1C"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made ready for embedding."""

    png: bytes
    width: int
    """Pixels."""
    height: int

    @property
    def ratio(self) -> float:
        """Height by width."""
        return self.height / self.width


class _Properties(Protocol):
    """What python-docx and python-pptx alike let one set."""

    title: str
    subject: str
    author: str
    last_modified_by: str
    language: str
    comments: str
    keywords: str
    category: str
    version: str
    revision: int
    created: datetime
    modified: datetime


def picture(figure: Figure) -> Picture:
    """Return the marked light picture of *figure*, small enough for a document that is sent by mail."""
    shot = figure.shot()
    return prepare(shot.marked, shot.marked.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def prepare(path: Path, changed: int) -> Picture:
    """Return the picture in *path*, last changed at *changed*, scaled down and with a palette of its own."""
    with Image.open(path) as source:
        image = source.convert("RGB")
    if image.width > _WIDEST:
        height = round(image.height * _WIDEST / image.width)
        image = image.resize((_WIDEST, height), Image.Resampling.LANCZOS)
    image = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), *image.size)


def caption(figure: Figure, guide: Guide) -> str:
    """Return the words of the caption behind the figure's number."""
    return f"{figure.caption} ({guide.words['drawing']})" if figure.is_drawing else figure.caption


def table_texts(table: Table) -> list[list[str]]:
    """Return the bare words of *table* by column, the head first."""
    return [[head, *(plain(row[at]) for row in table.rows)] for at, head in enumerate(table.head)]


def note_title(note: Note, guide: Guide) -> str:
    """Return the line above a note: its kind in words, then what it is about."""
    label = guide.words[f"note.{note.kind}"]
    return f"{label}: {note.title}" if note.title else label


def language_tag(language: Language) -> str:
    """Return *language* as both formats want it."""
    return {"tr": "tr-TR", "en": "en-GB"}[language]


def set_properties(properties: _Properties, guide: Guide, title: str) -> None:
    """Fill in the document's properties; its dates are the brand's."""
    moment = datetime.combine(guide.brand.date, time(9), UTC)
    owner = ", ".join((*guide.brand.institution, guide.brand.unit))
    properties.title = title
    properties.subject = guide.subtitle
    properties.author = properties.last_modified_by = owner[:255]
    properties.language = language_tag(guide.language)
    properties.comments = ""
    properties.keywords = "E-Onay, NES, KamuSM"
    properties.category = ""
    properties.version = guide.version
    properties.revision = 1
    properties.created = properties.modified = moment
