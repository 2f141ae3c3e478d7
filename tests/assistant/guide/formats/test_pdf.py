"""The guide as a PDF file: what a PDF/UA checker and Poppler's tools find in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from assistant.guide.formats import accessible, pdf
from assistant.guide.formats.paper import open_press
from assistant.guide.model import Bullets, parse_text
from assistant.guide.wording import heading
from tests.assistant.guide.formats import reading
from tests.assistant.guide.formats.press import Made, make, make_twice, tool


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
        assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH", "/TD", "/Figure"} <= used
        assert not used & {"/NonStruct", "/Strong", "/Em"}
        levels = [int(str(one.S)[2]) for one in reading.elements(opened) if str(one.S)[1:] in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "Document" in tool("pdfinfo", "-struct", made.files[0])


def test_every_figure_has_its_alternative_text(made: Made) -> None:
    """Who cannot see a picture is told what it shows, in the words of the guide."""
    with pikepdf.Pdf.open(made.files[0]) as opened:
        told = [str(one.Alt) for one in reading.elements(opened) if str(one.S) == "/Figure"]
    assert told == [figure.alt for figure in made.guide.figures]


def test_bookmarks_and_contents_lead_to_every_section(made: Made) -> None:
    """Every section has a bookmark, and the page number that the contents give is the page it begins on."""
    with pikepdf.Pdf.open(made.files[0]) as opened:
        titles = reading.bookmarks(opened)
        sections = list(made.guide.walk())
        assert titles[2:] == [heading(section, made.guide) for section in sections]
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, start=1)}
        begins = {name.removeprefix("/"): numbers[where[0].objgen] for name, where in opened.Root.Dests.items()}
        contents = next(number for number, page in enumerate(opened.pages, start=1) if len(page.get("/Annots", [])) > 3)
    text = tool("pdftotext", "-layout", "-f", str(contents), "-l", str(contents), made.files[0], "-")
    for section in sections:
        (line,) = [line for line in text.splitlines() if section.title in line]
        assert line.split()[-1] == str(begins[section.id]), line


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
    """A step that fits on one page stands on one page: its heading, picture and caption together."""
    pages = tool("pdftotext", made.files[0], "-").split("\f")
    for step in made.guide.steps:
        (page,) = [page for page in pages if f"{step.title} sayfasında işaretli" in " ".join(page.split())]
        assert f"Şekil {step.figures[0].number}." in page


def test_pictures_give_way_where_that_keeps_a_step_together(made: Made, tmp_path: Path) -> None:
    """A step that is a little too long for its page gets smaller pictures, and only that one."""
    first, *others = made.guide.steps
    # A page has room for 251 mm; the picture takes 94.
    filler = Bullets(tuple(parse_text(f"{number}. satır") for number in range(13)), ordered=True)
    long = replace(first, blocks=(*first.blocks, filler))
    guide = replace(made.guide, sections=(replace(made.guide.sections[1], parts=(long, *others)),))
    (path,) = make(pdf.write, tmp_path, guide)
    pages = tool("pdftotext", path, "-").split("\f")
    (page,) = [page for page in pages if "12. satır" in page]
    assert "Şekil 1." in page
    rows = tool("pdfimages", "-list", path).splitlines()[2:]
    small, large, drawing = (int(row.split()[12]) for row in rows)
    assert small > 1.08 * large
    assert drawing > large, "the words of a drawing are large"


def test_the_same_guide_is_the_same_file(made: Made) -> None:
    """Two runs write the same bytes."""
    assert made.differing == []


def test_names_that_the_browser_makes_up_are_replaced(made: Made) -> None:
    """The browser numbers elements anew in every process; a table's heads keep their names all the same."""
    html = "<html lang=tr><title>T</title><table><tr><th scope=row>Kart<th scope=col>Ad<tr><th scope=row>1<td>2</table>"

    def printed() -> bytes:
        with open_press() as press:
            return press.pdf(html)

    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(printed).result()
    other = one.replace(b"(node0", b"(node7")
    assert other != one
    about = accessible.About.of(made.guide, "T", "T")
    assert accessible.finish(one, about) == accessible.finish(other, about)
