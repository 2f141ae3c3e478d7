"""What a PDF of Chromium's still lacks to be read by everyone, and to be the same whenever it is made from one guide.

It is tagged already; `tagging` puts the tags in order. Here the file learns to say what it is, in XMP too, and gets the
guide's date in place of the clock's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from assistant.guide.formats.tagging import tidy_tags
from assistant.guide.model import Guide
from flows.steps import Language


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself."""

    title: str
    author: str
    subject: str
    language: Language
    day: date
    """Of making and last change."""
    version: str
    """Of the program."""

    @classmethod
    def of(cls, guide: Guide, title: str, subject: str, language: Language | None = None) -> About:
        """Return what every file made from *guide* says; *language* where it is not the guide's."""
        brand = guide.brand
        author = brand.institution[-1] if brand.institution else brand.unit
        return cls(title, author, subject, language or guide.language, brand.date, guide.version)


def finish(made: bytes, about: About, places: Mapping[str, str] | None = None, bookmarks: Sequence[str] = ()) -> bytes:
    """Return the PDF *made* by Chromium in its final form.

    *places* are titles of the places that links lead to; *bookmarks* those of the headings in order, where Chromium's
    own (words of neighbouring elements put together) will not do.
    """
    with Pdf.open(BytesIO(made)) as pdf:
        tidy_tags(pdf, places or {})
        if bookmarks:
            _entitle(pdf, bookmarks)
        _introduce(pdf, about)
        into = BytesIO()
        pdf.save(
            into,
            deterministic_id=True,
            min_version="1.7",
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return into.getvalue()


def pages(made: bytes) -> int:
    """Return how many pages the PDF *made* has."""
    with Pdf.open(BytesIO(made)) as pdf:
        return len(pdf.pages)


def places(made: bytes) -> dict[str, int]:
    """Return the number of the page, counted from 1, of each place that a link in the PDF *made* leads to."""
    with Pdf.open(BytesIO(made)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        found = pdf.Root.get("/Dests", Dictionary())
        return {name.removeprefix("/"): numbers[where[0].objgen] for name, where in found.items()}


def _entitle(pdf: Pdf, titles: Sequence[str]) -> None:
    """Give the bookmarks these *titles*, in order."""

    def below(parent: Any) -> Iterator[Any]:
        one = parent.get("/First")
        while one is not None:
            yield one
            yield from below(one)
            one = one.get("/Next")

    for bookmark, title in zip(below(pdf.Root.Outlines), titles, strict=True):
        bookmark.Title = String(title)


def _introduce(pdf: Pdf, about: About) -> None:
    """Say what the file is: title, language, dates, and that it means to follow PDF/UA-1."""
    program = f"eonay {about.version}"
    stamp = f"{about.day:%Y%m%d}000000Z"
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(about.title),
            Author=String(about.author),
            Subject=String(about.subject),
            Creator=String(program),
            Producer=String(program),
            CreationDate=String(f"D:{stamp}"),
            ModDate=String(f"D:{stamp}"),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = about.title
        xmp["dc:creator"] = [about.author]
        xmp["dc:description"] = about.subject
        xmp["dc:language"] = [about.language]
        xmp["pdf:Producer"] = program
        xmp["xmp:CreatorTool"] = program
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = f"{about.day}T00:00:00Z"
        xmp["pdfuaid:part"] = "1"
    pdf.Root.Lang = String(about.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if "/Outlines" in pdf.Root:
        pdf.Root.PageMode = Name.UseOutlines
