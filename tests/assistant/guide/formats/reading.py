"""What a PDF file holds, read by tools that aren't ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfua
import pikepdf

from assistant.setup.parts import Part
from tests.assistant.guide.formats.press import tool

NEEDS = (Part.PDF_TOOLS,)


def complaints(path: Path) -> list[str]:
    """Return what the PDF/UA checker finds wrong."""
    report = pdfua.validate(str(path))
    # Its rule on the order of headings stumbles over this version of its own library; see `headings`.
    skipped = {one.rule_id for one in report.skipped} - {"UA-14-001"}
    return [f"{one.rule_id}: {one.message}" for one in report.findings] + sorted(skipped)


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Return every element of the structure, in reading order."""

    def below(one: Any) -> Iterator[Any]:
        kids = one.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    return below(pdf.Root.StructTreeRoot)


def types(pdf: pikepdf.Pdf) -> set[str]:
    """Return the types of all elements."""
    return {str(one.S) for one in elements(pdf)}


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """Return the titles of all bookmarks, in order."""

    def below(parent: Any) -> Iterator[str]:
        one = parent.get("/First")
        while one is not None:
            yield str(one.Title)
            yield from below(one)
            one = one.get("/Next")

    return list(below(pdf.Root.Outlines))


def bookmarked_pages(pdf: pikepdf.Pdf) -> list[int]:
    """Return the page that each bookmark leads to, in order, counted from 1."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def below(parent: Any) -> Iterator[int]:
        one = parent.get("/First")
        while one is not None:
            where = one.Dest if "/Dest" in one else one.A.D
            yield numbers[where[0].objgen]
            yield from below(one)
            one = one.get("/Next")

    return list(below(pdf.Root.Outlines))


def unmarked(pdf: pikepdf.Pdf) -> int:
    """Return how many times something is painted that is neither content nor marked as decoration."""
    paints = {"Tj", "TJ", "f", "f*", "F", "S", "s", "B", "b", "Do", "sh"}
    found = 0
    for page in pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            found += name in paints and depth == 0
    return found


def words(path: Path) -> str:
    """Return the text as it is copied out of the file, white space folded."""
    return " ".join(tool("pdftotext", path, "-").split())


def facts(path: Path) -> dict[str, str]:
    """Return what ``pdfinfo`` says."""
    lines = (line.partition(":") for line in tool("pdfinfo", path).splitlines())
    return {name: value.strip() for name, _, value in lines}


def unembedded(path: Path) -> list[str]:
    """Return the fonts that don't travel with the file."""
    rows = tool("pdffonts", path).splitlines()[2:]
    return [row for row in rows if row.split()[-5] != "yes"]
