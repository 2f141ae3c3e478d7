"""The table of widths that pages and slides are reckoned with."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from PIL import ImageFont

from assistant.guide.formats.typeface import column_widths, count_lines, width
from assistant.guide.model import parse_text

FONTS = Path("/usr/share/fonts/truetype/liberation")
LETTERS = string.ascii_letters + string.digits + "ÇĞİÖŞÜçğıöşüâîû .,:;!?'\"()[]/-–—“”’%&+=*@…→"


@pytest.mark.parametrize(("face", "strong"), [("Regular", False), ("Bold", True)])
def test_letters_are_as_wide_as_in_the_font(face: str, strong: bool) -> None:
    """No letter of a Turkish or English text is reckoned narrower than the font sets it."""
    path = FONTS / f"LiberationSans-{face}.ttf"
    if not path.is_file():
        pytest.skip("Liberation Sans is not installed")
    font = ImageFont.truetype(path, 1000)
    for letter in LETTERS:
        assert -0.1 <= width(letter, 100, strong=strong) - font.getlength(letter) / 10 < 6, letter


def test_lines_break_at_spaces() -> None:
    """A text is counted in whole words, whatever runs it is made of; a word longer than the line is broken."""
    assert count_lines("", 10, 100) == 1
    assert count_lines("iki kelime", 10, width("iki kelime", 10)) == 1
    assert count_lines("iki kelime", 10, width("iki kelime", 10) - 0.1) == 2
    assert count_lines(parse_text("**ke**lime **kelime**"), 10, width("kelime", 10, strong=True)) == 2
    assert count_lines("a" * 50, 10, 100) == 3


def test_columns_share_the_width_by_their_words() -> None:
    """A column of names is left unbroken, a column of sentences gets the rest, and together they fill the line."""
    names, texts = column_widths([["Kutu", "PIN Değiştirme"], ["Ne yapar", "uzun bir cümle " * 12]], 10, 400, 10)
    assert names + texts == pytest.approx(400)
    assert names >= width("PIN Değiştirme", 10, strong=True) + 10
    assert texts > 250
