"""The guide as an animated image, looked into with Pillow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageColor, ImageDraw, ImageSequence

from assistant.guide.film.drawing import ACCENT
from assistant.guide.formats import animation
from assistant.guide.formats.animation import HEIGHT, LIMIT, WIDTH
from assistant.guide.model import Guide, Section, Shot, TextBox
from tests.assistant.guide.formats.press import Made, make_twice
from tests.assistant.guide.samples import sample_guide

RIBBON = "#ff00ff"


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A guide of three steps, whose first picture says far from its mark that it is a sample."""
    sample = sample_guide(tmp_path_factory.mktemp("pictures"))
    shot = sample.figures[0].shot()
    for path in (shot.clean, shot.marked):
        with Image.open(path) as opened:
            picture = opened.copy()
        ImageDraw.Draw(picture).rectangle((2300, 1500, 2500, 1560), fill=RIBBON)
        picture.save(path)
    ribboned = replace(shot, ribbon=TextBox(1150, 750, 100, 30))

    def with_ribbon(section: Section) -> Section:
        figure = replace(section.figures[0], shots={("light", "desktop"): ribboned})
        blocks = tuple(figure if block is section.figures[0] else block for block in section.blocks)
        return replace(section, blocks=blocks)

    before, way, last = sample.sections
    return replace(sample, sections=(before, replace(way, parts=(with_ribbon(way.parts[0]), *way.parts[1:])), last))


@pytest.fixture(scope="module")
def made(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The GIF, twice."""
    return make_twice(animation.write, tmp_path_factory.mktemp("gif"), guide)


@pytest.fixture(scope="module")
def shown(made: Made) -> list[Image.Image]:
    """Its pictures."""
    with Image.open(made.files[0]) as gif:
        return [frame.convert("RGB") for frame in ImageSequence.Iterator(gif)]


def test_it_is_short_and_begins_again(made: Made) -> None:
    """It is a GIF of 15 to 30 seconds and at most 3 MB that goes on forever, and no picture flits by."""
    with Image.open(made.files[0]) as gif:
        assert (gif.format, gif.size, gif.info["loop"]) == ("GIF", (WIDTH, HEIGHT), 0)
        lengths = [frame.info["duration"] for frame in ImageSequence.Iterator(gif)]
    assert 15_000 <= sum(lengths) <= 30_000
    assert min(lengths) >= 400
    assert made.files[0].stat().st_size <= LIMIT


def test_each_step_is_shown_without_and_with_its_mark(shown: list[Image.Image]) -> None:
    """A cover, two pictures for each of the three steps with so much of the way lit, and an end."""
    assert len(shown) == 1 + 2 * 3 + 1
    third = (WIDTH - 64) / 3
    for number, picture in enumerate(shown[1:-1]):
        lit = [close(picture, (round(32 + third * (step + 0.5)), 65), ACCENT) for step in range(3)]
        assert lit == [step <= number // 2 for step in range(3)]
    for clean, marked in zip(shown[1:-1:2], shown[2:-1:2], strict=True):
        assert not has(clean, "#c2410c")
        assert has(marked, "#c2410c")


def test_what_is_cut_off_still_says_that_it_is_a_sample(shown: list[Image.Image]) -> None:
    """If only part of a page is shown, its ribbon is above it."""
    assert close(shown[1], (WIDTH - 60, 30), RIBBON)
    assert close(shown[2], (WIDTH - 60, 30), RIBBON)
    assert not close(shown[3], (WIDTH - 60, 30), RIBBON)


def test_it_is_made_smaller_until_it_fits(guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the best one is too large, we write a smaller one."""
    monkeypatch.setattr(animation, "LIMIT", 50_000)
    (path,) = animation.write(guide, tmp_path)
    assert path.stat().st_size <= 50_000
    with Image.open(path) as gif:
        assert gif.size < (WIDTH, HEIGHT)


def test_a_step_without_a_picture_says_what_to_do(guide: Guide) -> None:
    """Its words take the picture's place."""
    before, way, last = guide.sections
    bare = replace(way.parts[0], blocks=())
    frames = tuple(animation.frames(replace(guide, sections=(before, replace(way, parts=(bare,)), last))))
    assert len(frames) == 3
    assert has(frames[1].image.crop((0, 150, WIDTH, HEIGHT)), "#14213d")


def test_the_same_guide_gives_the_same_bytes(made: Made) -> None:
    """Written twice, the GIF is the same."""
    assert made.differing == []


def test_the_webp_shows_the_same(guide: Guide, tmp_path: Path, made: Made) -> None:
    """The WebP has as many pictures, as long."""
    (path,) = animation.write_webp(guide, tmp_path)
    with Image.open(path) as webp, Image.open(made.files[0]) as gif:
        assert (webp.format, webp.size) == ("WEBP", (WIDTH, HEIGHT))
        assert lengths_of(webp) == lengths_of(gif)


def lengths_of(image: Image.Image) -> list[int]:
    """Return how long each picture is shown, in milliseconds."""
    found = []
    for frame in ImageSequence.Iterator(image):
        frame.load()
        found.append(int(frame.info["duration"]))
    return found


def close(picture: Image.Image, at: tuple[int, int], colour: str) -> bool:
    """Whether a point has that colour, as far as a GIF can show it."""
    found = picture.getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(one - other) <= 12 for one, other in zip(found, ImageColor.getrgb(colour), strict=True))


def has(picture: Image.Image, colour: str) -> bool:
    """Whether some of the picture has that colour."""
    wanted = ImageColor.getrgb(colour)
    found = picture.getcolors(1 << 20) or []
    return any(
        isinstance(one, tuple) and count > 50 and all(abs(a - b) <= 12 for a, b in zip(one, wanted, strict=True))
        for count, one in found
    )


def test_a_part_of_a_page_ends_between_words(tmp_path: Path) -> None:
    """If the middle would cut through a line of words or the ribbon, the part moves a little up or down."""
    page = Image.new("RGB", (2160, 1500), "white")
    draw = ImageDraw.Draw(page)
    lines = range(120, 1400, 90)
    for top in lines:
        for x in range(320, 1800, 12):
            draw.rectangle((x, top, x + 5, top + 36), fill="black")
    clean, marked = tmp_path / "clean.png", tmp_path / "marked.png"
    page.save(clean)
    draw.rectangle((700, 700, 1000, 760), outline="red", width=8)
    page.save(marked)
    ribbon = TextBox(900, 600, 150, 30)
    _left, top, right, bottom = animation.window_of(Shot(clean, marked, 2160, 1500, ribbon=ribbon))
    assert top <= 700 < 760 <= bottom, "the mark is shown"
    assert not any(line <= edge <= line + 36 for line in lines for edge in (top, bottom)), (top, bottom)
    assert bottom <= 1200 or right >= 2100, "no sliver of the ribbon"
