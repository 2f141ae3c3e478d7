"""The program's own letters."""

from __future__ import annotations

from PIL import ImageFont

from assistant.guide.film.fonts import LETTERS, typeface


def test_the_letters_are_the_programs_own() -> None:
    """Regular and bold have the size that is asked for and every Turkish letter, whatever this machine has installed."""
    regular, bold = typeface(40), typeface(40, strong=True)
    assert isinstance(regular, ImageFont.FreeTypeFont)
    assert (regular.size, regular.getname()[0]) == (40, "Arimo")
    assert bold.getlength("Sertifikamı İptal Et") > regular.getlength("Sertifikamı İptal Et")
    for font in (regular, bold):
        unknown = bytes(font.getmask("\U0010fffe"))
        assert all(bytes(font.getmask(letter)) != unknown for letter in LETTERS)
