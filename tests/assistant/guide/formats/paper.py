"""What a test asks of the guide on paper: full pages, and steps that are whole."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from pathlib import Path

from PIL import Image, ImageChops

from assistant.guide.formats.pages import FULL
from assistant.guide.model import Figure, Guide, Note, NoteKind, plain
from assistant.setup.parts import Part
from tests.assistant.guide.formats.press import tool

NEEDS = (Part.PDF_TOOLS,)

DOTS = 40
"""Per inch."""
TOP, BOTTOM = 24 / 297, 1 - 22 / 297
"""Where the body begins and ends, by the height of a page."""
_DANGERS: tuple[NoteKind, ...] = ("danger",)


def thin_pages(path: Path, guide: Guide, folder: Path) -> dict[int, float]:
    """Return the pages of *guide* at *path* that are less than two thirds full, and how full.

    Never the last, nor one before a page that starts with a chapter.
    """
    texts = _texts(path)
    first = _first(texts, guide)
    chapters = tuple(section.title for section in guide.sections)
    ends = {at for at, text in enumerate(texts) if text.lstrip().startswith(chapters)}
    tool("pdftoppm", "-r", str(DOTS), "-f", str(first + 1), "-png", path, folder / "page")
    filled = {}
    for number, picture in enumerate(sorted(folder.glob("page-*.png")), start=first + 1):
        with Image.open(picture) as page:
            body = page.convert("L").crop((0, round(page.height * TOP), page.width, round(page.height * BOTTOM)))
        ink = ImageChops.invert(body).point(lambda grey: 255 if grey > 12 else 0).getbbox()
        assert ink is not None, number
        filled[number] = round(ink[3] / body.height, 2)
    return {
        number: share
        for number, share in filled.items()
        if share < FULL and number != max(filled) and number not in ends
    }


def torn_warnings(path: Path, guide: Guide, kinds: Collection[NoteKind] = _DANGERS) -> list[str]:
    """Return the titles of what a step warns of on another page than that of the picture it belongs to."""
    texts = _texts(path)
    body = [" ".join(text.split()) for text in texts[_first(texts, guide) :]]
    torn = []
    for step in guide.steps:
        for block, then in itertools.pairwise(step.blocks):
            if isinstance(block, Figure) and isinstance(then, Note) and then.kind in kinds:
                (page,) = [text for text in body if f"{guide.words['figure']} {block.number}. " in text]
                torn += [then.title] * (plain(then.text)[:30] not in page)
    return torn


def _texts(path: Path) -> list[str]:
    return tool("pdftotext", path, "-").split("\f")[:-1]


def _first(texts: list[str], guide: Guide) -> int:
    """Return which page the body begins on, from 0."""
    _contents, begins, *_ = (at for at, text in enumerate(texts) if guide.sections[0].title in text)
    return begins
