"""The covering letter as a Word document, read again and turned into a page by LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from assistant.guide.formats.letter_docx import write
from assistant.guide.model import Guide, parse_text
from assistant.setup.parts import Part
from tests.assistant.guide.formats.converted import LONG, Converted, convert
from tests.assistant.guide.formats.press import tool
from tests.assistant.guide.samples import BRAND, sample_guide

NEEDS = (Part.PDF_TOOLS,)

WIDE = 595.3
SIDE = 70.9
"""Points: 25 mm."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A guide whose letter has a paragraph of several lines."""
    guide = sample_guide(tmp_path_factory.mktemp("pictures"))
    return replace(guide, brand=replace(BRAND, body=(parse_text(LONG), *BRAND.body)))


@pytest.fixture(scope="module")
def file(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letter's Word file."""
    (path,) = write(guide, tmp_path_factory.mktemp("letter"))
    return path


@pytest.fixture(scope="module")
def sheet(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """The letter as LibreOffice lays it out."""
    return convert(file, tmp_path_factory.mktemp("sheet"))


def test_the_same_guide_gives_the_same_bytes(guide: Guide, file: Path, tmp_path: Path) -> None:
    """Two writings of one letter can't be told apart."""
    (again,) = write(guide, tmp_path)
    assert again.name == "e-onay-ust-yazi.docx"
    assert again.read_bytes() == file.read_bytes()


def test_the_parts_follow_each_other_as_in_an_official_letter(sheet: Converted) -> None:
    """Head, number with date, subject, addressee, text, signature, attachment, distribution, contact: one A4 sheet."""
    (text,) = sheet.texts
    parts = (
        "T.C. ÖRNEK İL VALİLİĞİ Örnek İl Müdürlüğü Bilgi İşlem Şube Müdürlüğü",
        "Sayı : E-00000000-000.00-0000001 05.01.2026",
        "Konu : E-Onay işlemleri",
        "DAĞITIM YERLERİNE",
        "E-imza sertifikanızın süresi dolmadan",
        "Gereğini rica ederim.",
        "Ad SOYAD Müdür a. Şube Müdürü",
        "Ek: E-Onay kılavuzu (12 sayfa)",
        "Dağıtım: Gereği: Bilgi: Örnek İlçe Müdürlüğüne Örnek Birime Örnek Okul Müdürlüğüne",
        "Örnek Mah. 1. Sok. No: 1 Tel: 0 (000) 000 00 00",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "595.3" in tool("pdfinfo", str(sheet.pdf))


def test_everything_stands_where_the_regulation_wants_it(sheet: Converted) -> None:
    """The date ends at the right margin, the addressee is centred, the signature is in the right half."""
    date = sheet.around(1, WIDE - SIDE - 70, 0, 71, 842)
    assert "05.01.2026" in date
    assert "Konu" not in date
    middle = sheet.around(1, WIDE / 2 - 65, 0, 130, 842)
    assert "DAĞITIM YERLERİNE" in middle
    right = sheet.around(1, WIDE - SIDE - 190, 0, 190, 842)
    assert "Ad SOYAD Müdür a. Şube Müdürü" in right
    left, top, right_edge, bottom = sheet.ink(1)
    assert left == pytest.approx(SIDE, abs=3)
    assert right_edge == pytest.approx(WIDE - SIDE, abs=3)
    assert top > 55
    assert bottom < 842 - 30


def test_the_letter_is_set_in_the_prescribed_type(file: Path) -> None:
    """Times New Roman, 12 points; the text justified and its first lines indented."""
    document = docx.Document(str(file))
    normal = document.styles["Normal"]
    assert normal.font.size is not None
    assert normal.font.size.pt == 12
    assert b'w:ascii="Times New Roman"' in document.styles.element.xml.encode()
    text = document.styles["Letter Text"].paragraph_format
    assert (text.alignment, round(text.first_line_indent.cm, 2)) == (3, 1.25)


def test_a_letter_of_several_pages_has_them_numbered(guide: Guide, tmp_path: Path) -> None:
    """The second page says which one it is and how many there are; the contact is on each; a single page has no number."""
    brand = replace(BRAND, body=(parse_text(LONG),) * 14)
    (path,) = write(replace(guide, brand=brand), tmp_path)
    first, second = convert(path, tmp_path).texts
    assert first.endswith("Tel: 0 (000) 000 00 00")
    assert second.endswith("Tel: 0 (000) 000 00 00 2/2")
    assert "Ad SOYAD Müdür a. Şube Müdürü" in second


def test_one_addressee_is_named_and_gets_no_list(guide: Guide, tmp_path: Path) -> None:
    """A letter to one office says so in capital letters and has no distribution; a name in it follows Turkish rules."""
    brand = replace(BRAND, addressees=("Örnek İlçe Müdürlüğüne",), for_action=(), for_information=(), attachments=())
    (path,) = write(replace(guide, brand=brand), tmp_path)
    lines = [it.text for it in docx.Document(str(path)).paragraphs]
    assert "ÖRNEK İLÇE MÜDÜRLÜĞÜNE" in lines
    assert not any(line.startswith(("Dağıtım", "Ek")) for line in lines)


def test_several_attachments_are_numbered(guide: Guide, tmp_path: Path) -> None:
    """Two attachments are listed below "Ek:", each with its number."""
    brand = replace(BRAND, attachments=("Kılavuz (20 sayfa)", "Hızlı kart (1 sayfa)"))
    (path,) = write(replace(guide, brand=brand), tmp_path)
    lines = [it.text for it in docx.Document(str(path)).paragraphs]
    at = lines.index("Ek:")
    assert lines[at + 1 : at + 3] == ["1- Kılavuz (20 sayfa)", "2- Hızlı kart (1 sayfa)"]
