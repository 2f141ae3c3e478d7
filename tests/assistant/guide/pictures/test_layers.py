"""The layer of marks: what it draws keeps off the words that are to be read."""

from __future__ import annotations

import itertools
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont
from playwright.sync_api import Browser

from assistant.base.errors import GuideError
from assistant.guide.model import PictureMark, TextBox
from assistant.guide.pictures.layers import layers, write_shot

WORD = TextBox(300, 200, 120, 20)
"""Such a page has “kaldırmak istiyorum” right behind other words."""
INK = (0xB8, 0x32, 0x07)
DARK = 100
"""Letters are, of 255."""


def blank() -> bytes:
    """Return a page of one colour."""
    into = BytesIO()
    Image.new("RGB", (1000, 500), "#ffffff").save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize("callout", ["", "E-Onayınız var"])
def test_nothing_touches_the_words_of_a_mark(browser: Browser, tmp_path: Path, callout: str) -> None:
    """Words to read are underlined, numbered from outside, and stay as they were to the pixel."""
    marks = (
        PictureMark("box", WORD, 2, callout, is_words=True),
        PictureMark("danger", TextBox(300, 260, 90, 34), text="Basmayınız"),
    )
    with layers(browser, 1) as drawing:
        shot = write_shot(tmp_path, "one", blank(), marks, drawing, dark=False)
    sides = (WORD.x, WORD.y, WORD.x + WORD.width, WORD.y + WORD.height)
    with Image.open(shot.marked) as marked:
        assert (
            ImageChops.difference(marked.convert("RGB").crop(sides), Image.new("RGB", (120, 20), "#fff")).getbbox()
            is None
        )
        below = marked.convert("RGB").crop((300, 222, 420, 230))
    assert len(below.getcolors(1 << 16) or []) > 1, "it is underlined"


def test_a_picture_whose_words_are_touched_fails(browser: Browser) -> None:
    """Where another mark's ring runs through the words, there is no picture; the error names it."""
    through = PictureMark("box", TextBox(280, 190, 60, 60))
    with layers(browser, 1) as drawing, pytest.raises(GuideError) as caught:
        drawing.marked("eonay_given", blank(), (PictureMark("box", WORD, is_words=True), through), dark=False)
    assert (caught.value.code, caught.value.detail) == ("picture_touched", "eonay_given")


def test_a_callout_keeps_off_letters_nearby(browser: Browser) -> None:
    """A callout and its arrow rather lie over lines and edges than over the words around the target."""
    page = Image.new("RGB", (1000, 500), "#ffffff")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(16)
    for x, y in itertools.product(range(0, 1000, 140), (165, 205)):
        draw.text((x, y), "T.C. Kimlik No ile", "#1d242d", font)
    for y in range(260, 500, 48):
        draw.line((0, y, 1000, y), "#8a94a0")
    into = BytesIO()
    page.save(into, "PNG")
    mark = PictureMark("box", TextBox(280, 205, 135, 18), text="Numaranız", is_words=True)
    with layers(browser, 1) as drawing:
        bare = drawing.marked("one", into.getvalue(), (replace(mark, text=""),), dark=False)
        told = drawing.marked("one", into.getvalue(), (mark,), dark=False)
    with Image.open(BytesIO(bare)) as one, Image.open(BytesIO(told)) as other:
        drawn = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    assert drawn.getbbox() is not None
    assert drawn.crop((0, 160, 1000, 204)).getbbox() is None, "the words above"
    assert drawn.crop((0, 204, 280, 228)).getbbox() is None, "the words to the left"
    assert drawn.crop((440, 204, 1000, 228)).getbbox() is None, "the words to the right"


def test_a_callout_stands_on_no_other_control(browser: Browser) -> None:
    """ "Press here" on a tile nearby, however empty that is, would be read as meant for it."""
    mark, tile = PictureMark("box", TextBox(40, 200, 300, 60), text="Buraya basınız"), TextBox(40, 275, 300, 60)
    page = Image.new("RGB", (1000, 500), "#ffffff")
    draw = ImageDraw.Draw(page)
    for y in range(0, 500, 8):
        draw.line((0, y, 1000, y), "#8a94a0")
    draw.rectangle((40, 275, 340, 335), "#ffffff")
    into = BytesIO()
    page.save(into, "PNG")
    on_tile = []
    with layers(browser, 1) as drawing:
        for controls in ((), (tile,)):
            bare = drawing.marked("one", into.getvalue(), (replace(mark, text=""),), dark=False, controls=controls)
            told = drawing.marked("one", into.getvalue(), (mark,), dark=False, controls=controls)
            with Image.open(BytesIO(bare)) as one, Image.open(BytesIO(told)) as other:
                drawn = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
            assert drawn.getbbox() is not None
            on_tile.append(drawn.crop((40, 275, 340, 335)).getbbox())
    assert on_tile[0] is not None
    assert on_tile[1] is None


@pytest.mark.parametrize(
    "mark", [PictureMark("box", TextBox(40, 300, 200, 40), 2), PictureMark("danger", TextBox(40, 300, 200, 40))]
)
def test_on_a_telephone_what_marks_say_stands_below_the_picture(browser: Browser, mark: PictureMark) -> None:
    """A narrow picture has no room for callouts: the words go into a key below it and hide nothing of the page."""
    page = Image.new("RGB", (390, 700), "#ffffff")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(16)
    for y in range(10, 700, 24):
        draw.text((10, y), "Her satırı dolu bir telefon sayfası, boş yeri yok", "#1d242d", font)
    into = BytesIO()
    page.save(into, "PNG")
    with layers(browser, 1) as drawing:
        bare = drawing.marked("one", into.getvalue(), (mark,), dark=False)
        told = drawing.marked("one", into.getvalue(), (replace(mark, text="Buraya basınız"),), dark=False)
    with Image.open(BytesIO(bare)) as one, Image.open(BytesIO(told)) as other:
        assert one.size == page.size
        assert other.height > page.height
        same = ImageChops.difference(one.convert("RGB"), other.convert("RGB").crop((0, 0, *page.size)))
        assert same.getbbox() is None
        key = other.convert("L").crop((60, page.height, 390, other.height))
    assert sum(key.histogram()[:DARK]) > 0, "its words"


def test_the_signs_of_neighbours_lie_apart(browser: Browser) -> None:
    """Where two numbers find the same free place the best one, none lies over the other: both are whole."""
    one, other = PictureMark("box", TextBox(60, 200, 200, 40), 1), PictureMark("box", TextBox(284, 200, 40, 40), 2)
    page = Image.new("RGB", (390, 500), "#ffffff")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(16)
    for y in range(10, 500, 18):
        draw.text((5, y), "Her satırı dolu bir telefon sayfası, boş yeri yok", "#1d242d", font)
    page.paste("#ffffff", (250, 175, 294, 205))
    into = BytesIO()
    page.save(into, "PNG")
    with layers(browser, 1) as drawing:
        first, second, both = (
            _inked(drawing.marked("one", into.getvalue(), marks, dark=False))
            for marks in ((one,), (other,), (one, other))
        )
    assert both > 0.97 * (first + second)


def _inked(png: bytes) -> int:
    """Return how many pixels have the colour of marks."""
    with Image.open(BytesIO(png)) as picture:
        most = picture.width * picture.height  # room for 16 million colours takes long to make
        return sum(count for count, colour in picture.convert("RGB").getcolors(most) or [] if colour == INK)
