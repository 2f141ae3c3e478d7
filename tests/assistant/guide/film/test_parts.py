"""Parts of pictures, and cards of words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from assistant.guide.film.part import lost_ribbon, marks_in, part
from assistant.guide.film.word_card import word_card
from assistant.guide.model import Bullets, Paragraph, Section, Shot, Table, TextBox, parse_text
from tests.assistant.guide.samples import sample_figure

ROWS = tuple((parse_text(f"Konu {number}"), parse_text("Kurumunuzun bilgi işlem birimi")) for number in range(2))


@pytest.fixture
def shot(tmp_path: Path) -> Shot:
    """A picture with a button at 120, 240 to 440, 328 device pixels, marked."""
    return sample_figure(tmp_path, 1, "page").shot()


def test_marks_are_found_where_they_were_drawn(shot: Shot) -> None:
    """What the marked picture has more than the clean one is found to the pixel; nothing if there is no mark."""
    assert marks_in(shot) == (120, 240, 441, 329)
    assert marks_in(replace(shot, marked=shot.clean)) is None


def test_a_part_is_shown_as_large_as_wanted(shot: Shot) -> None:
    """The part is what lies in the window."""
    picture = part(shot.clean, (130, 250, 230, 300), (50, 25))
    assert picture.size == (50, 25)
    assert picture.getcolors() == [(50 * 25, (0x2B, 0x6C, 0xB0))]


def test_a_ribbon_is_lost_only_where_it_is_cut(shot: Shot) -> None:
    """If it is whole in the window it stays; outside, or cut by the edge, it becomes a separate picture."""
    ribboned = replace(shot, ribbon=TextBox(60, 120, 160, 44))
    assert lost_ribbon(ribboned, (0, 0, 2560, 1600), 1) is None
    for window in ((0, 0, 300, 1600), (0, 400, 2560, 1600)):
        lost = lost_ribbon(ribboned, window, 0.5)
        assert lost is not None
        assert lost.size == (160, 44)
        assert lost.getpixel((80, 22)) == (0x2B, 0x6C, 0xB0)
    assert lost_ribbon(shot, (0, 400, 2560, 1600), 1) is None


@pytest.mark.parametrize(
    "blocks",
    [
        (Bullets((parse_text("E-imza kartı"), parse_text("Kart okuyucu"))),),
        (Paragraph(parse_text("Önce durunuz.")), Paragraph(parse_text("Sonra okuyunuz."))),
    ],
)
def test_a_card_has_the_words_of_its_section(blocks: tuple[Bullets | Paragraph, ...]) -> None:
    """A list, paragraphs: each has two points on the card, and a part of the section is a third."""
    section = Section("a", "Başlık", blocks)
    card = word_card(section, 1200, 800)
    longer = word_card(replace(section, parts=(Section("b", "Kodun süresi doldu", ()),)), 1200, 800)
    assert (points(card), points(longer)) == (2, 3)
    assert card.height < longer.height < 800


def test_a_table_has_a_card_of_its_own() -> None:
    """Its rows are the points; the title of a part would look like one more row."""
    section = Section("a", "Başlık", (Table(("Konu", "Kim"), ROWS),), parts=(Section("b", "Kartın takılması", ()),))
    assert points(word_card(section, 1200, 800)) == len(ROWS)


def test_a_card_never_grows_too_tall() -> None:
    """Of a table that is far too long, as many rows are shown as have room."""
    card = word_card(Section("a", "Başlık", (Table(("Konu", "Kim"), ROWS * 30),)), 1200, 800)
    assert 700 < card.height <= 800


def points(card: Image.Image) -> int:
    """Return how many blue points stand at the card's left edge."""
    column = [card.getpixel((70, y)) == (0x1D, 0x4E, 0xD8) for y in range(card.height)]
    return sum(here and not before for before, here in zip([False, *column], column, strict=False))
