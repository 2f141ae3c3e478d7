"""The pictures of the guide, taken in runs of the mock portal."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image
from playwright.sync_api import Browser

from assistant.base.errors import GuideError
from assistant.guide.book import read_guide
from assistant.guide.brand import example_brand
from assistant.guide.formats import docx, pdf
from assistant.guide.model import Edition, NoteKind, Shot, TextBox
from assistant.guide.pictures import draw_pictures, take_pictures
from assistant.guide.pictures.camera import TAKINGS
from assistant.guide.pictures.capture import Shots, chosen
from assistant.guide.pictures.lens import png_size
from flows.steps import Language
from tests.assistant.guide.formats import reading
from tests.assistant.guide.formats.converted import convert
from tests.assistant.guide.formats.paper import thin_pages, torn_warnings
from tests.sampling import sampled

ONE = TAKINGS[:1]


@pytest.fixture(scope="module", params=sampled(["2020", "2026"], every_run=["2026"]))
def every(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Edition, Shots]:
    """Every picture of an edition in one look."""
    edition: Edition = request.param
    return edition, take_pictures(browser, tmp_path_factory.mktemp("pictures"), edition, "tr", takings=ONE)


def test_every_declared_picture_can_be_taken(every: tuple[Edition, Shots]) -> None:
    """Each picture of the catalogue is met in its run, with everything that it marks."""
    edition, shots = every
    assert list(shots) == [spec.id for spec in chosen(edition)]
    for name, takings in shots.items():
        for shot in takings.values():
            marks = [mark for mark in shot.marks if mark.kind != "mask"]
            assert marks, name
            assert all(_is_inside(mark.box, shot) for mark in shot.marks), name
            assert png_size(shot.clean.read_bytes()) == png_size(shot.marked.read_bytes()) == (shot.width, shot.height)
            assert shot.clean.read_bytes() != shot.marked.read_bytes()
            assert shot.ribbon is not None, name
            assert _is_inside(shot.ribbon, shot), name


def test_what_is_personal_is_one_colour(every: tuple[Edition, Shots]) -> None:
    """Under each mask there is nothing but its own colour; the code and the name have one."""
    _edition, shots = every
    masked = {name: _masks(takings["light", "desktop"]) for name, takings in shots.items()}
    assert masked["signing"], "the code"
    assert masked["home"], "the name"
    for name, boxes in masked.items():
        with Image.open(shots[name]["light", "desktop"].clean) as picture:
            seen = picture.convert("RGB")
            for box in boxes:
                assert seen.crop(_inner(box)).getcolors(1) is not None, f"more than one colour: {name} {box}"


@pytest.mark.parametrize("language", sampled(get_args(Language), every_run=["tr"]))
def test_the_guide_on_paper_is_full_with_these_pictures(
    every: tuple[Edition, Shots],
    browser: Browser,
    tmp_path: Path,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No page of the body is less than two thirds full but the last; a step's warning is on the page of its picture."""
    edition, shots = every
    monkeypatch.setattr("assistant.guide.pictures.drawings.TAKINGS", ONE)  # paper shows no other
    drawn = draw_pictures(browser, tmp_path / "drawn", language)
    guide = read_guide(language, edition, "first-time", {**shots, **drawn}, example_brand(language), "0")
    (path,) = pdf.write(guide, tmp_path)
    assert reading.complaints(path) == []
    assert thin_pages(path, guide, tmp_path) == {}
    assert torn_warnings(path, guide) == []


@pytest.mark.nightly(
    sample="tests/assistant/guide/pictures/test_capture.py::test_the_guide_on_paper_is_full_with_these_pictures"
)
@pytest.mark.parametrize("language", get_args(Language))
def test_the_guide_in_word_is_full_with_these_pictures(
    every: tuple[Edition, Shots], browser: Browser, tmp_path: Path, language: Language
) -> None:
    """As LibreOffice breaks its pages, only a chapter's last is less than two thirds full; notes stand with their picture."""
    edition, shots = every
    drawn = draw_pictures(browser, tmp_path / "drawn", language)
    guide = read_guide(language, edition, "first-time", {**shots, **drawn}, example_brand(language), "0")
    (path,) = docx.write(guide, tmp_path)
    (tmp_path / "pages").mkdir()
    pages = convert(path, tmp_path / "pages").pdf
    assert thin_pages(pages, guide, tmp_path) == {}
    assert torn_warnings(pages, guide, get_args(NoteKind)) == []


def test_two_runs_give_the_same_bytes(every: tuple[Edition, Shots], browser: Browser, tmp_path: Path) -> None:
    """The same pictures of another run are the same files, though code, port and session differ."""
    edition, shots = every
    names = [name for name in ("landing", "second_step_sms", "signing", "login-captcha") if name in shots]
    assert len(names) >= 3
    again = take_pictures(browser, tmp_path, edition, "tr", names, takings=ONE)
    assert set(again) == set(names)
    for name, takings in again.items():
        for key, shot in takings.items():
            before = shots[name][key]
            assert shot.clean.read_bytes() == before.clean.read_bytes(), name
            assert shot.marked.read_bytes() == before.marked.read_bytes(), name


def test_the_dark_look_is_dark_and_the_window_as_wide_as_it_says(browser: Browser, tmp_path: Path) -> None:
    """Every look is its own: dark ones are dark, narrow ones narrow, all with the same controls marked."""
    shots = take_pictures(browser, tmp_path, "2026", "en", ["landing"])["landing"]
    brightness = {key: _brightness(shot.clean) for key, shot in shots.items()}
    assert shots.keys() == set(TAKINGS)
    assert all(value < 60 if theme == "dark" else value > 150 for (theme, _size), value in brightness.items())
    assert {shot.width for (_theme, size), shot in shots.items() if size == "narrow"} == {2 * 390}
    assert {mark.text for shot in shots.values() for mark in shot.marks} == {"Press here"}


def test_an_unknown_picture_is_named(browser: Browser, tmp_path: Path) -> None:
    """A picture that the edition doesn't have is an error that names it."""
    with pytest.raises(GuideError) as caught:
        take_pictures(browser, tmp_path, "2020", "tr", ["second_step_sms"])
    assert (caught.value.code, caught.value.detail) == ("picture_unknown", "second_step_sms (2020)")


def _is_inside(box: TextBox, shot: Shot) -> bool:
    width, height = shot.width / shot.scale, shot.height / shot.scale
    return box.x > -4 and box.y > -4 and box.x + box.width < width + 4 and box.y + box.height < height + 4


def _masks(shot: Shot) -> list[TextBox]:
    return [mark.box for mark in shot.marks if mark.kind == "mask"]


def _inner(box: TextBox) -> tuple[int, int, int, int]:
    """Return the box in device pixels, a pixel smaller where its edge falls between two."""
    left, top = round(box.x * 2) + 2, round(box.y * 2) + 2
    return left, top, round((box.x + box.width) * 2) - 2, round((box.y + box.height) * 2) - 2


def _brightness(path: Path) -> float:
    with Image.open(BytesIO(path.read_bytes())) as picture:
        grey = picture.convert("L").resize((1, 1), Image.Resampling.BOX)
        value = grey.getpixel((0, 0))
    assert isinstance(value, int)
    return value
