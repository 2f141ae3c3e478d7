"""The covering letter: the layout of an official letter, with the institution's own values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from assistant.guide.formats import letter_pdf
from assistant.setup.parts import Part
from tests.assistant.guide.formats import reading
from tests.assistant.guide.formats.press import Made, make, make_twice, tool
from tests.assistant.guide.samples import BRAND, sample_guide

NEEDS = (Part.PDF_TOOLS,)

MARGIN = 25 * 72 / 25.4
"""Points."""


@dataclass(frozen=True)
class Line:
    """One line of the page, points from its upper left corner."""

    left: float
    top: float
    right: float
    text: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The letter, written twice."""
    return make_twice(letter_pdf.write, tmp_path_factory.mktemp("letter"))


@pytest.fixture(scope="module")
def lines(made: Made) -> list[Line]:
    """The letter's lines and where they are."""
    return _lines(made.files[0])


def _lines(path: Path) -> list[Line]:
    box = r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.*?)</line>'
    found = re.findall(box, tool("pdftotext", "-bbox-layout", path, "-"), re.S)
    return [
        Line(float(left), float(top), float(right), " ".join(re.findall(r">([^<]+)</word>", words)))
        for left, top, right, words in found
    ]


def _find(lines: list[Line], text: str) -> Line:
    return next(line for line in lines if line.text.startswith(text))


def test_the_parts_are_where_the_regulation_wants_them(lines: list[Line]) -> None:
    """Head and addressee are centred; number, subject and lists at the left; date and signature at the right."""
    middle = 595 / 2
    for text in ("T.C.", "ÖRNEK İL VALİLİĞİ", BRAND.unit, "DAĞITIM YERLERİNE"):
        line = _find(lines, text)
        assert (line.left + line.right) / 2 == pytest.approx(middle, abs=2), text
    for text in ("Sayı", "Konu", "Ek:", "Dağıtım:", "Gereği:"):
        assert _find(lines, text).left == pytest.approx(MARGIN, abs=1), text
    date = _find(lines, "05.01.2026")
    assert date.right == pytest.approx(595 - MARGIN, abs=2)
    assert date.top == pytest.approx(_find(lines, "Sayı").top, abs=1)
    assert _find(lines, BRAND.signatory).left > middle
    assert _find(lines, "Bilgi:").left >= middle - 15
    assert _find(lines, "Bilgi:").top == pytest.approx(_find(lines, "Gereği:").top, abs=1)


def test_the_parts_stand_in_their_order(lines: list[Line]) -> None:
    """One reads it from the head down to the contact line at the foot."""
    order = ("T.C.", "Sayı", "Konu", "DAĞITIM", "E-imza yen", "Ad SOYAD", "Ek:", "Dağıtım:", "Gereği:", "Tel:")
    tops = [_find(lines, text).top for text in order]
    assert tops == sorted(tops)
    assert tops[-1] > 750


def test_the_checker_of_accessible_pdf_finds_nothing(made: Made) -> None:
    """One A4 page with its own fonts that the PDF/UA checker has nothing to say about."""
    facts = reading.facts(made.files[0])
    assert (facts["Pages"], facts["Page size"][-4:]) == ("1", "(A4)")
    assert reading.complaints(made.files[0]) == []
    assert reading.unembedded(made.files[0]) == []


def test_a_letter_to_one_goes_to_them_by_name(tmp_path: Path) -> None:
    """A single addressee is in capitals, without a list; several attachments are numbered."""
    only = replace(BRAND, addressees=("Örnek İlçe Kaymakamlığına",), for_action=(), for_information=())
    brand = replace(only, attachments=("E-Onay kılavuzu", "Hızlı kart"), is_example=False)
    (path,) = make(letter_pdf.write, tmp_path, replace(sample_guide(tmp_path / "pictures"), brand=brand))
    text = reading.words(path)
    assert "ÖRNEK İLÇE KAYMAKAMLIĞINA" in text
    assert "Ek: 1- E-Onay kılavuzu 2- Hızlı kart" in text
    assert "Dağıtım" not in text
    assert "DAĞITIM" not in text


def test_a_long_letter_has_numbered_pages(tmp_path: Path) -> None:
    """A list that doesn't fit goes on overleaf with no one left out, pages are numbered, the logo is described."""
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>', "utf-8")
    names = tuple(f"Örnek {number}. İlçe Müdürlüğüne" for number in range(1, 61))
    guide = sample_guide(tmp_path / "pictures")
    brand = replace(BRAND, logo=logo, addressees=names, for_action=(), for_information=())
    (path,) = make(letter_pdf.write, tmp_path, replace(guide, brand=brand))
    text = reading.words(path)
    for wanted in (*names, "1/2", "2/2"):
        assert wanted in text
    assert reading.complaints(path) == []
    with pikepdf.Pdf.open(path) as opened:
        assert [str(one.Alt) for one in reading.elements(opened) if str(one.S) == "/Figure"] == ["Kurum logosu"]


def test_without_words_there_is_no_letter(tmp_path: Path) -> None:
    """An institution that says nothing in a letter gets none."""
    guide = sample_guide(tmp_path / "pictures")
    assert letter_pdf.write(replace(guide, brand=replace(BRAND, body=())), tmp_path) == ()


def test_the_same_guide_is_the_same_file(made: Made) -> None:
    """Two runs write the same bytes."""
    assert made.differing == []
