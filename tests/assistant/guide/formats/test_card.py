"""The quick card: one A5 page whose code a camera can read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from assistant.base.errors import UsageError
from assistant.guide.formats import card
from assistant.paper.sheet import DOTS
from assistant.setup.parts import Part
from tests.assistant.guide.formats import reading
from tests.assistant.guide.formats.press import Made, make, make_twice, tool
from tests.assistant.guide.samples import sample_guide

NEEDS = (Part.CODE_READER, Part.PDF_TOOLS)

STEPS = tuple(f"{number}. sırada şu bağlantıya basınız: E-Onay İşlemleri, sonra Devam." for number in range(1, 11))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The card of a guide with ten steps, written twice."""
    folder = tmp_path_factory.mktemp("card")
    return make_twice(card.write, folder, replace(sample_guide(folder / "pictures"), quick_card=STEPS))


def test_the_code_leads_to_the_portal(made: Made, tmp_path: Path) -> None:
    """The QR code on the printed page and on the picture holds the address at which the person begins."""
    printed = tmp_path / "page"
    tool("pdftoppm", "-r", "150", "-png", "-singlefile", made.files[0], printed)
    for picture in (printed.with_suffix(".png"), made.files[1]):
        assert tool("zbarimg", "--quiet", "--raw", picture).strip() == made.guide.address


def test_it_is_one_a5_page_with_all_that_matters(made: Made) -> None:
    """Every step, the warning and the support line are on one A5 page."""
    facts = reading.facts(made.files[0])
    assert facts["Pages"] == "1"
    assert facts["Page size"].startswith("419.528 x 595.276 pts")
    text = reading.words(made.files[0])
    for wanted in (*STEPS, "Sertifikamı İptal Et", made.guide.words["support"]):
        assert wanted in text
    with Image.open(made.files[1]) as picture:
        assert picture.size == (round(148 / 25.4 * DOTS), round(210 / 25.4 * DOTS))


def test_the_checker_of_accessible_pdf_finds_nothing(made: Made) -> None:
    """The card passes the PDF/UA checker, fonts travel with it."""
    assert reading.complaints(made.files[0]) == []
    assert reading.unembedded(made.files[0]) == []


def test_the_same_guide_is_the_same_file(made: Made) -> None:
    """Two runs write the same bytes."""
    assert made.differing == []


def test_steps_that_do_not_fit_are_refused(made: Made, tmp_path: Path) -> None:
    """Too many steps are an error with what to do, never a page that is cut off."""
    guide = replace(made.guide, quick_card=STEPS * 4)
    with pytest.raises(UsageError, match="kısaltınız"):
        make(card.write, tmp_path, guide)
    assert list(tmp_path.iterdir()) == []
