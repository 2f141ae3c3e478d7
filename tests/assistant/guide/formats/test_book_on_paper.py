"""The real guide on paper, in both languages and looks: its pages are full, and its steps are whole."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageChops

from assistant.guide.book import EDITIONS, needed, read_guide
from assistant.guide.brand import example_brand
from assistant.guide.formats import pdf
from assistant.guide.formats.pages import FULL
from assistant.guide.model import Edition, Figure, Guide, Note, Shot, Size, Theme
from flows.steps import Language
from tests.assistant.guide.formats import reading
from tests.assistant.guide.formats.press import tool

DOTS = 40
"""Per inch."""
TOP, BOTTOM = 24 / 297, 1 - 22 / 297
"""Where the body begins and ends, by the height of a page."""
HIGH = {"landing": 560, "login": 807, "login-captcha": 997, "nes": 885, "signing": 863, "sharing": 697, "home": 572}
"""CSS pixels of some pictures of the portal; the others are as high as `USUAL`."""
USUAL = 660


@pytest.fixture(scope="module", params=itertools.product(get_args(Language), EDITIONS), ids="-".join)
def guide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The guide for who gives E-Onay for the first time, with pictures as high as those of the portal."""
    language: Language
    edition: Edition
    language, edition = request.param
    folder = tmp_path_factory.mktemp("pictures")
    wanted = needed(edition, "first-time")
    shots: dict[str, dict[tuple[Theme, Size], Shot]] = {}
    for name in (*wanted.screens, *wanted.drawings):
        path = folder / f"{name}.png"
        picture = Image.new("RGB", (1080, HIGH.get(name, USUAL if name in wanted.screens else 500)), "#c8d0d8")
        picture.paste("#ffffff", (0, 0, 1080, 40))
        picture.save(path)
        shots[name] = {("light", "desktop"): Shot(path, path, *picture.size, scale=1)}
    return read_guide(language, edition, "first-time", shots, example_brand(language), "0")


def test_pages_are_two_thirds_full_and_steps_are_whole(guide: Guide, tmp_path: Path) -> None:
    """No page of the body is less than two thirds full but the last; a step's warning is on the page of its picture."""
    (path,) = pdf.write(guide, tmp_path)
    assert reading.complaints(path) == []
    texts = tool("pdftotext", path, "-").split("\f")[:-1]
    first = next(at for at, text in enumerate(texts) if guide.sections[0].title in text and at > 2)
    tool("pdftoppm", "-r", str(DOTS), "-f", str(first + 1), "-png", path, tmp_path / "page")
    filled = []
    for picture in sorted(tmp_path.glob("page-*.png")):
        with Image.open(picture) as page:
            body = page.convert("L").crop((0, round(page.height * TOP), page.width, round(page.height * BOTTOM)))
        ink = ImageChops.invert(body).point(lambda grey: 255 if grey > 12 else 0).getbbox()
        assert ink is not None
        filled.append(ink[3] / body.height)
    assert [round(share, 2) for share in filled[:-1] if share < FULL] == []
    said = [" ".join(text.split()) for text in texts]
    for step in guide.steps:
        for block, then in itertools.pairwise(step.blocks):
            if isinstance(block, Figure) and isinstance(then, Note) and then.kind == "danger":
                (page_of,) = [text for text in said[first:] if f"{guide.words['figure']} {block.number}. " in text]
                assert then.title in page_of
