"""The guide as a PDF file: what a PDF/UA checker and Poppler's tools find in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from assistant.guide.formats import pdf
from assistant.guide.formats.pages import FULL, SCALES, PagePart, lay_out
from assistant.guide.model import Bullets, parse_text
from assistant.guide.wording import heading
from assistant.setup.parts import Part
from tests.assistant.guide.formats import reading
from tests.assistant.guide.formats.press import Made, make, make_twice, tool

NEEDS = (Part.PDF_TOOLS,)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample guide, written twice."""
    return make_twice(pdf.write, tmp_path_factory.mktemp("pdf"))


def test_the_checker_of_accessible_pdf_finds_nothing(made: Made) -> None:
    """The file passes the PDF/UA checker, and nothing is painted that is neither content nor decoration."""
    assert reading.complaints(made.files[0]) == []
    with pikepdf.Pdf.open(made.files[0]) as opened:
        assert reading.unmarked(opened) == 0
        assert str(opened.Root.Lang) == made.guide.language
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        with opened.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"


def test_the_structure_uses_types_that_readers_know(made: Made) -> None:
    """Headings, lists with bodies, tables and figures are what they are called; Poppler reads it without complaint."""
    with pikepdf.Pdf.open(made.files[0]) as opened:
        used = reading.types(opened)
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH", "/TD", "/Figure"} <= used
        assert not used & {"/NonStruct"}
        levels = [int(str(one.S)[2]) for one in reading.elements(opened) if str(one.S)[1:] in {"H1", "H2"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "Document" in tool("pdfinfo", "-struct", made.files[0])


def test_every_figure_has_its_alternative_text(made: Made) -> None:
    """Who can't see a picture is told what it shows, in the words of the guide."""
    with pikepdf.Pdf.open(made.files[0]) as opened:
        told = [str(one.Alt) for one in reading.elements(opened) if str(one.S) == "/Figure"]
    assert told == [figure.alt for figure in made.guide.figures]


def test_bookmarks_and_contents_lead_to_every_section(made: Made) -> None:
    """Every section has a bookmark, and the page number that the contents give is the page it begins on."""
    with pikepdf.Pdf.open(made.files[0]) as opened:
        titles = reading.bookmarks(opened)
        sections = list(made.guide.walk())
        assert titles == [heading(section, made.guide) for section in sections]
        begins = dict(zip([section.id for section in sections], reading.bookmarked_pages(opened), strict=True))
        contents = next(number for number, page in enumerate(opened.pages, start=1) if len(page.get("/Annots", [])) > 3)
    text = tool("pdftotext", "-layout", "-f", str(contents), "-l", str(contents), made.files[0], "-")
    for section in sections:
        (line,) = [line for line in text.splitlines() if section.title in line]
        assert line.split()[-1].strip("\N{WORD JOINER}") == str(begins[section.id]), line


def test_it_is_a4_with_its_own_letters(made: Made) -> None:
    """Pages are A4, fonts are embedded, pages are numbered, and Turkish letters can be copied out of it."""
    facts = reading.facts(made.files[0])
    assert facts["Page size"].endswith("(A4)")
    assert facts["Tagged"] == "yes"
    assert facts["CreationDate"].startswith("Mon Jan  5")
    assert reading.unembedded(made.files[0]) == []
    text = reading.words(made.files[0])
    for wanted in ("ÖRNEK İL VALİLİĞİ", "Sertifikamı İptal Et", "İçindekiler", "DAĞITIM YERLERİNE", "Şekil 3."):
        assert wanted in text
    assert f"Sayfa {facts['Pages']} / {facts['Pages']}" in text


def test_a_step_is_not_torn_apart(made: Made) -> None:
    """A step that fits on one page is on one page: its heading, picture and caption together."""
    pages = tool("pdftotext", made.files[0], "-").split("\f")
    for step in made.guide.steps:
        (page,) = [page for page in pages if f"{step.title} sayfasında işaretli" in " ".join(page.split())]
        assert f"Şekil {step.figures[0].number}." in page


def test_pictures_give_way_where_that_keeps_a_step_together(made: Made, tmp_path: Path) -> None:
    """A step that is a little too long for its page gets a smaller picture, and stays whole."""
    first = made.guide.steps[0]
    filler = Bullets(tuple(parse_text(f"{number}. satır") for number in range(22)), ordered=True)
    *before, figure, note = first.blocks
    long = replace(first, blocks=(*before, filler, figure, note))
    guide = replace(made.guide, sections=(replace(made.guide.sections[1], parts=(long, *made.guide.steps[1:])),))
    (path,) = make(pdf.write, tmp_path, guide)
    pages = tool("pdftotext", path, "-").split("\f")
    (page,) = [page for page in pages if "21. satır" in page]
    assert "Şekil 1." in page
    assert "Bu kutuya" in page, "the warning stays with its picture"


def parts(*heights: float, text: float = 30) -> list[PagePart]:
    """Return parts as high as that, of which all but *text* millimetres is a picture."""
    return [PagePart(tuple(text + (high - text) * scale for scale in SCALES), 0) for high in heights]


@pytest.mark.parametrize(
    "heights", [(131, 121, 174, 167, 147, 118, 108), (160,) * 9, (60, 200, 60, 200, 60), (249, 90, 90)]
)
def test_pages_are_two_thirds_full(heights: tuple[float, ...]) -> None:
    """However high the parts are, every page but the last one is two thirds full, and none is too full."""
    laid = parts(*heights)
    *pages, _last = lay_out(laid, 250)
    for page in pages:
        at = SCALES.index(page.scale)
        assert FULL * 250 <= sum(part.heights[at] for part in laid[page.first : page.end]) <= 250


def test_a_part_higher_than_a_page_stands_alone() -> None:
    """What fits nowhere gets its own page; nothing is lost."""
    pages = lay_out(parts(60, 900, 60), 250)
    assert [(page.first, page.end) for page in pages] == [(0, 1), (1, 2), (2, 3)]


def test_the_same_guide_is_the_same_file(made: Made) -> None:
    """Two runs write the same bytes."""
    assert made.differing == []
