"""The real guide, in both languages, as slides: its texts fit wherever they stand."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from assistant.guide.book import needed, read_guide
from assistant.guide.brand import example_brand
from assistant.guide.formats import pptx
from assistant.guide.model import Guide
from flows.steps import Language
from tests.assistant.guide.formats.converted import convert, squeezed
from tests.assistant.guide.samples import sample_figure


@pytest.fixture(scope="module", params=get_args(Language))
def guide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The guide for who gives E-Onay for the first time, with one picture in all places."""
    wanted = needed("2026", "first-time")
    shots = sample_figure(tmp_path_factory.mktemp("pictures"), 1, "any").shots
    names = (*wanted.screens, *wanted.drawings)
    brand = example_brand(request.param)
    return read_guide(request.param, "2026", "first-time", dict.fromkeys(names, shots), brand, "0")


def test_the_slides_of_the_real_guide_hold_their_words(guide: Guide, tmp_path: Path) -> None:
    """Whoever edits the texts does not have to think of the room on a slide."""
    (path,) = pptx.write(guide, tmp_path)
    assert squeezed(path, convert(path, tmp_path)) == []
