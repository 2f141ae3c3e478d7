"""The layer of marks: what it draws keeps off the words that are to be read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from assistant.errors import GuideError
from assistant.guide.model import Box, Mark
from assistant.guide.pictures.layers import layers, write_shot

WORD = Box(300, 200, 120, 20)
"""Such a page has “kaldırmak istiyorum” right behind other words."""


def blank() -> bytes:
    """Return a page of one colour."""
    into = BytesIO()
    Image.new("RGB", (1000, 500), "#ffffff").save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize("callout", ["", "E-Onayınız var"])
def test_nothing_touches_the_words_of_a_mark(browser: Browser, tmp_path: Path, callout: str) -> None:
    """Words to read are underlined, numbered from outside, and stay as they were to the pixel."""
    marks = (Mark("box", WORD, 2, callout, is_words=True), Mark("danger", Box(300, 260, 90, 34), text="Basmayınız"))
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
    through = Mark("box", Box(280, 190, 60, 60))
    with layers(browser, 1) as drawing, pytest.raises(GuideError) as caught:
        drawing.marked("eonay_given", blank(), (Mark("box", WORD, is_words=True), through), dark=False)
    assert (caught.value.code, caught.value.detail) == ("picture_touched", "eonay_given")
