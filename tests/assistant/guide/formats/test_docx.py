"""The guide as a Word document, read again and turned into pages by LibreOffice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image, ImageChops

from assistant.guide.formats.docx import write
from assistant.guide.model import Guide
from assistant.guide.wording import heading
from flows.steps import Language
from tests.assistant.guide.formats.converted import LONG, Converted, convert, fold, long_guide

LEFT = 22.5 * 72 / 25.4
"""Points from the sheet's edge to the text."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A guide that runs over many pages."""
    return long_guide(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def file(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide's Word file."""
    (path,) = write(guide, tmp_path_factory.mktemp("docx"))
    return path


@pytest.fixture(scope="module")
def document(file: Path) -> Document:
    """The file, read again."""
    return docx.Document(str(file))


@pytest.fixture(scope="module")
def pages(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """The file as LibreOffice lays it out."""
    return convert(file, tmp_path_factory.mktemp("pages"))


def test_the_same_guide_gives_the_same_bytes(guide: Guide, file: Path, tmp_path: Path) -> None:
    """Two writings of one guide can't be told apart."""
    (again,) = write(guide, tmp_path)
    assert again.name == "e-onay-kilavuzu.docx"
    assert again.read_bytes() == file.read_bytes()


def test_contents_lead_to_every_section(guide: Guide, document: Document, pages: Converted) -> None:
    """The contents are filled in, a real list that Word can renew; each line leads to its heading."""
    lines = [it for it in document.paragraphs if it.style and it.style.name in {"toc 1", "toc 2"}]
    assert [line.text for line in lines] == [heading(section, guide) for section in guide.walk()]
    places = {mark.get(qn("w:name")): mark.getparent() for mark in document.element.iter(qn("w:bookmarkStart"))}
    for line in lines:
        (link,) = line._p.iter(qn("w:hyperlink"))
        assert "".join(it.text or "" for it in places[link.get(qn("w:anchor"))].iter(qn("w:t"))) == line.text
    codes = "".join(it.text or "" for line in lines for it in line._p.iter(qn("w:instrText")))
    assert codes.split()[0] == "TOC"
    assert pages.texts[2].endswith(f"3 / {len(pages.texts)}")


def test_headings_lists_and_notes_are_real_styles(guide: Guide, document: Document) -> None:
    """Word's navigation and its lists work: nothing is only painted to look like a heading."""
    styles = [it.style.name for it in document.paragraphs if it.style]
    assert styles.count("Heading 1") == len(guide.sections)
    assert styles.count("Heading 2") == len(guide.steps)
    assert {"Title", "Subtitle", "TOC Heading", "List Bullet", "List Number", "Caption", "Table Caption"} <= set(styles)
    assert {"Note Info", "Note Tip", "Note Warning", "Note Danger", "Term", "Definition"} <= set(styles)
    assert document.styles["Heading 1"].element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "0"


def test_each_numbered_list_begins_at_one(document: Document) -> None:
    """The steps of one page aren't counted on from those of another."""
    lists = [_list_of(it) for it in document.paragraphs if it.style and it.style.name == "List Number"]
    assert [lists.count(number) for number in dict.fromkeys(lists)] == [2, 2, 2, 3]
    starts = document.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert len(starts) >= 4


def test_figures_are_numbered_and_described(guide: Guide, document: Document) -> None:
    """Every picture has its alternative text, and below it a caption with a number that Word can refer to."""
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [figure.alt for figure in guide.figures]
    captions = [it for it in document.paragraphs if it.style and it.style.name == "Caption"]
    assert [it.text for it in captions] == [
        "Şekil 1. step-1 sayfasında Devam düğmesi",
        "Şekil 2. step-2 sayfasında Devam düğmesi",
        "Şekil 3. step-3 sayfasında Devam düğmesi (Şematik çizim)",
    ]
    for caption in captions:
        assert "SEQ Şekil" in "".join(it.text or "" for it in caption._p.iter(qn("w:instrText")))
    numbers = [shape._inline.docPr.get("id") for shape in document.inline_shapes]
    assert len(set(numbers)) == len(numbers)


def test_pictures_stand_with_their_captions_and_their_whole_width(guide: Guide, pages: Converted) -> None:
    """No caption is on another page than its picture, and the picture is really there."""
    for figure in guide.figures:
        (page,) = [at for at, text in enumerate(pages.texts, start=1) if f"Şekil {figure.number}. " in text]
        image = pages.images[page - 1].convert("RGB")
        button = Image.new("RGB", image.size, (0x2B, 0x6C, 0xB0))
        near = ImageChops.difference(image, button).convert("L").point(lambda grey: 255 if grey < 12 else 0)
        assert near.getbbox() is not None, f"no button on page {page}"


def test_a_long_table_repeats_its_head(pages: Converted) -> None:
    """Who reads the second page of a table still sees what its columns are."""
    with_rows = [text for text in pages.texts if re.search(r"Kutu \d+ E-imza", text)]
    assert len(with_rows) >= 2
    assert all("Kutu Ne yapar Kutu " in text for text in with_rows)


def test_nothing_hangs_over_the_margins(pages: Converted) -> None:
    """All ink is within the margins, on every page."""
    for page in range(1, len(pages.texts) + 1):
        left, top, right, bottom = pages.ink(page)
        assert left > LEFT - 3, page
        assert right < 595.3 - LEFT + 3, page
        assert top > 56, page
        assert bottom < 842 - 30, page


def test_no_heading_ends_a_page(guide: Guide, pages: Converted) -> None:
    """Every heading is followed by some of its content."""
    for text in pages.texts[2:]:
        body = re.sub(rf" {guide.title} \d+ / \d+$", "", text)
        assert not any(body.endswith(heading(section, guide)) for section in guide.walk())


def test_every_word_is_on_the_pages(guide: Guide, pages: Converted) -> None:
    """Turkish letters come out right, and nothing of the guide is lost."""
    together = " ".join(pages.texts)
    assert together.count("ıslak") == LONG.count("ıslak") * (25 + 24 + 6 + 3 + 4 + 5)
    for words in ("ÖRNEK İL VALİLİĞİ", guide.summary, "5 Ocak 2026", "Asla: Sertifikamı İptal Et", "İpucu: Kısayol"):
        assert fold(words) in together
    for section in guide.steps:
        assert fold(section.lead) in together


def test_properties_are_the_institutions(document: Document) -> None:
    """The file's properties name guide and institution, and only the brand's date."""
    properties = document.core_properties
    assert properties.title == "E-Onay Kılavuzu"
    assert properties.author == "ÖRNEK İL VALİLİĞİ, Örnek İl Müdürlüğü, Bilgi İşlem Şube Müdürlüğü"
    assert properties.language == "tr-TR"
    assert properties.created is not None
    assert properties.created.date() == date(2026, 1, 5)
    assert properties.modified == properties.created


@pytest.mark.parametrize(("language", "tag"), [("tr", "tr-TR"), ("en", "en-GB")])
def test_the_spelling_checker_knows_the_language(guide: Guide, tmp_path: Path, language: Language, tag: str) -> None:
    """Word doesn't underline a Turkish guide as wrong English."""
    (path,) = write(replace(guide, language=language, sections=guide.sections[-1:]), tmp_path)
    styles = docx.Document(str(path)).styles.element
    assert styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:val")) == tag


def test_links_lead_where_they_say(document: Document) -> None:
    """A link of the text is a link of the document."""
    targets = {it.target_ref for it in document.part.rels.values() if it.reltype.endswith("/hyperlink")}
    assert targets == {"https://example.org/"}


def _list_of(paragraph: Paragraph) -> str:
    return str(paragraph._p.find(f".//{qn('w:numId')}").get(qn("w:val")))
