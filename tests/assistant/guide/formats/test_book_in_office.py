"""The real guide, in both languages and looks, as slides: its texts fit everywhere, and no slide is empty."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import get_args

import pytest
from PIL import ImageChops

from assistant.guide.book import EDITIONS, needed, read_guide
from assistant.guide.brand import example_brand
from assistant.guide.formats import pptx
from assistant.guide.model import Edition, Guide
from flows.steps import Language
from tests.assistant.guide.formats.converted import DOTS, Converted, convert, squeezed
from tests.assistant.guide.samples import sample_figure

TOP, BOTTOM = 100, 494
"""Where the body of a slide begins and ends, points."""
THIN = 0.35
"""Of it: nobody looks at a slide for three lines."""


@pytest.fixture(
    scope="module",
    params=list(itertools.product(get_args(Language), EDITIONS)),
    ids="-".join,
)
def guide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The guide for who gives E-Onay for the first time, with one picture in all places."""
    language: Language
    edition: Edition
    language, edition = request.param
    wanted = needed(edition, "first-time")
    shots = sample_figure(tmp_path_factory.mktemp("pictures"), 1, "any").shots
    names = (*wanted.screens, *wanted.drawings)
    brand = example_brand(language)
    return read_guide(language, edition, "first-time", dict.fromkeys(names, shots), brand, "0")


@pytest.mark.nightly(sample="tests/assistant/guide/formats/test_pptx.py::test_no_text_hangs_over_its_box")
def test_the_slides_of_the_real_guide_hold_their_words(guide: Guide, tmp_path: Path) -> None:
    """People who edit the texts needn't think about the room on a slide: neither too little nor far too much."""
    (path,) = pptx.write(guide, tmp_path)
    pages = convert(path, tmp_path)
    assert squeezed(path, pages) == []
    assert not [text for text in pages.texts if re.search(r"\b\d\d\.[^\W\d]", text)], "numbers stand apart"
    filled = {text: round(_filled(pages, at), 2) for at, text in enumerate(pages.texts) if at}
    assert {text: share for text, share in filled.items() if share < THIN} == {}


def _filled(pages: Converted, at: int) -> float:
    """Return how far down the body of a slide reaches, by the body's height."""
    image = pages.images[at].convert("L")
    body = image.crop((0, TOP * DOTS // 72, image.width, BOTTOM * DOTS // 72))
    ink = ImageChops.invert(body).point(lambda grey: 255 if grey > 12 else 0).getbbox()
    return ink[3] / body.height if ink else 0
