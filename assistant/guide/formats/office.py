"""What paper, Word and PowerPoint files have in common: pictures, words above notes, properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageChops

from assistant.guide.model import Figure, Guide, Note, Table, plain
from flows.steps import Language

_EVEN = 8
"""How much the ground may change, of 255."""
_RIM = 40
"""Pixels of it that are left at each side."""
_WIDEST = 1600
"""Pixels: sharp in print at the width of a page, and still a small file."""


@dataclass(frozen=True, slots=True)
class OfficePicture:
    """A picture made ready for embedding."""

    png: bytes
    width: int
    """Pixels."""
    height: int
    css_width: float
    """How wide it is on the screen it shows, CSS pixels."""

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


def picture(figure: Figure) -> OfficePicture:
    """Return the marked light picture of *figure*, small enough for a document that is sent by mail."""
    shot = figure.shot()
    return prepare(shot.marked, shot.marked.stat().st_mtime_ns, shot.scale)


@lru_cache(maxsize=64)
def prepare(path: Path, changed: int, scale: float) -> OfficePicture:
    """Return the picture in *path*, last changed at *changed*: without empty sides, smaller, with a palette of its own.

    *scale* is how many device pixels a CSS pixel has.
    """
    with Image.open(path) as source:
        image = _without_empty_sides(source.convert("RGB"))
    css_width = image.width / scale
    if image.width > _WIDEST:
        height = round(image.height * _WIDEST / image.width)
        image = image.resize((_WIDEST, height), Image.Resampling.LANCZOS)
    image = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = BytesIO()
    image.save(out, "PNG")
    return OfficePicture(out.getvalue(), *image.size, css_width)


def _without_empty_sides(image: Image.Image) -> Image.Image:
    """Return *image* without the even ground at its left and right, so that what it shows can stand larger."""
    ground = Image.new("RGB", image.size, image.getpixel((2, image.height // 2)))
    shown = ImageChops.difference(image, ground).convert("L").point(lambda grey: 255 if grey > _EVEN else 0).getbbox()
    if shown is None:
        return image
    left, right = max(0, shown[0] - _RIM), min(image.width, shown[2] + _RIM)
    spare = max(0, image.width // 2 - (right - left))
    return image.crop((max(0, left - spare), 0, right, image.height))


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


def sentence(words: str) -> str:
    """Return *words* as a sentence: with a full stop, unless they end with a mark of their own."""
    return words if words.endswith(("?", "!", ".", "…", ":")) else f"{words}."


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
