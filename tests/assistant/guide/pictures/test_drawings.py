"""The schematic drawings: called so, in the guide's language, and with all their words inside their boxes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from assistant.base.errors import GuideError
from assistant.guide.book import EDITIONS, needed, read_guide
from assistant.guide.brand import example_brand
from assistant.guide.model import Figure, Shot
from assistant.guide.pictures.camera import TAKINGS, WIDTHS
from assistant.guide.pictures.drawings import draw_pictures, drawing_names, drawing_page
from flows.steps import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
CALLED: dict[Language, str] = {"tr": "ŞEMATİK ÇİZİM", "en": "SCHEMATIC DRAWING"}
SPOKEN: dict[Language, str] = {"tr": "şematik çizim", "en": "schematic drawing"}
DIMMED = 64
"""What isn't marked changes by less than that, of 255; a callout or a line by more."""
SHOW = """name => {
  for (const each of document.querySelectorAll('article')) each.style.display = each.id === name ? 'block' : 'none';
}"""
RUNS_OVER = """() => [...document.querySelectorAll('article *')].filter((el) => {
  const box = el.getBoundingClientRect();
  const around = el.closest('article').getBoundingClientRect();
  const parent = el.parentElement.getBoundingClientRect();
  const isText = [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!box.width || !isText) return false;
  return el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0
    || box.left < around.left - 1 || box.right > around.right + 1 || box.bottom > around.bottom + 1
    || box.right > parent.right + 1;
}).map((el) => el.textContent)"""


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    """Each language."""
    chosen: Language = request.param
    return chosen


@pytest.fixture
def page(browser: Browser, language: Language) -> Iterator[Page]:
    """Give the page with all drawings."""
    with browser.new_context(offline=True) as context:
        opened = context.new_page()
        opened.set_content(drawing_page(language))
        yield opened


def test_each_says_what_it_is_and_no_words_run_over(page: Page, language: Language) -> None:
    """Wide or narrow, all words of a drawing are inside their box, and one of them calls it a drawing."""
    for name in drawing_names():
        page.evaluate(SHOW, name)
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 700})
            assert page.locator(f"#{name} .said").inner_text() == CALLED[language]
            assert page.evaluate(RUNS_OVER) == [], (name, width)


def test_every_drawing_is_in_a_guide_with_a_description(language: Language) -> None:
    """None is left over; the alternative text says that it is a drawing, in the guide's language."""
    shown: dict[str, Figure] = {}
    for edition in EDITIONS:
        names = needed(edition, "first-time")
        nothing = Shot(Path("a.png"), Path("b.png"), 2, 2)
        shots = {name: {TAKINGS[0]: nothing} for name in (*names.screens, *names.drawings)}
        guide = read_guide(language, edition, "first-time", shots, example_brand(language), "0")
        shown |= {figure.id: figure for figure in guide.figures if figure.is_drawing}
    assert set(shown) == set(drawing_names())
    for name, figure in shown.items():
        assert SPOKEN[language] in figure.alt.lower().replace("i̇", "i"), name
        assert figure.caption, name


def test_marks_leave_the_word_drawing_free(browser: Browser, tmp_path: Path) -> None:
    """In every look each mark has its target in the picture, and no callout lies over the words that call it a drawing."""
    shots = draw_pictures(browser, tmp_path, "en", ["card-reader", "app-download"])
    for name, takings in shots.items():
        assert takings.keys() == set(TAKINGS), name
        for look, shot in takings.items():
            assert [mark.number for mark in shot.marks] == [1, 2], (name, look)
            assert _most_drawn_over_the_label(shot) < DIMMED, (name, look)


def test_an_unknown_drawing_is_named(browser: Browser, tmp_path: Path) -> None:
    """A name that is no drawing is an error that names it."""
    with pytest.raises(GuideError, match="app-cod"):
        draw_pictures(browser, tmp_path, "tr", ["app-cod"])


def test_the_words_are_complete() -> None:
    """Every word and every callout is there in both languages."""
    text = (resources.files("assistant.guide.pictures") / "drawings.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    callouts = [mark["callout"] for drawing in data["drawings"].values() for mark in drawing["marks"]]
    for texts in (*data["words"].values(), *callouts):
        assert set(texts) == set(LANGUAGES)
        assert all(texts.values())


def _most_drawn_over_the_label(shot: Shot) -> int:
    """Return by how much marks change what calls the picture a drawing, at most, of 255."""
    assert shot.ribbon is not None
    box = shot.ribbon
    sides = (box.x, box.y, box.x + box.width, box.y + box.height)
    area = tuple(round(side * shot.scale) for side in sides)
    with Image.open(shot.clean) as clean, Image.open(shot.marked) as marked:
        changed = ImageChops.difference(clean.convert("RGB"), marked.convert("RGB")).crop(area)  # type: ignore[arg-type]
    most: int = changed.convert("L").getextrema()[1]  # type: ignore[assignment]
    return most
