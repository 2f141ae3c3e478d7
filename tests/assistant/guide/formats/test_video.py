"""The guide as a film, looked into with FFmpeg's own ffprobe."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest
import webvtt
from PIL import Image

from assistant.guide.film.captions import TICKS
from assistant.guide.film.story import FilmStory, tell
from assistant.guide.formats import video
from assistant.guide.model import Guide
from assistant.setup.parts import Part
from tests.assistant.guide.formats.press import make_twice
from tests.assistant.guide.samples import sample_guide

NEEDS = (Part.VIDEO_PROBE,)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A guide of three steps."""
    return sample_guide(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def story(guide: Guide) -> FilmStory:
    """What its film tells."""
    return tell(guide)


@pytest.fixture(scope="module")
def files(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Film, captions, poster."""
    return video.write(guide, tmp_path_factory.mktemp("film"))


def probe(path: Path, *what: str) -> dict[str, Any]:
    """Return what ffprobe says of *path*."""
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", *what, str(path)], capture_output=True, check=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def picture_at(path: Path, seconds: float) -> Image.Image:
    """Return what a player shows *seconds* after the beginning."""
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert stream.time_base is not None
        film.seek(int(seconds / stream.time_base), stream=stream)
        shown: Image.Image | None = None
        for frame in film.decode(stream):
            if shown is not None and frame.time is not None and frame.time > seconds:
                break
            shown = frame.to_image()  # type: ignore[no-untyped-call] # the library leaves it open
        assert shown is not None
        return shown


def test_every_player_can_show_it(files: tuple[Path, ...], story: FilmStory) -> None:
    """It is H.264 with full-size pictures in the usual colours, as long as its story, with captions inside."""
    found = probe(files[0], "-show_streams", "-show_format")
    picture, words = found["streams"][0], found["streams"][1]
    assert (picture["codec_name"], picture["width"], picture["height"]) == ("h264", 1920, 1080)
    assert (picture["pix_fmt"], picture["color_space"], picture["r_frame_rate"]) == ("yuv420p", "bt709", "25/1")
    assert float(picture["duration"]) == pytest.approx(story.length / TICKS, abs=0.05)
    assert (words["codec_name"], words["tags"]["language"]) == ("mov_text", "tur")
    assert found["format"]["tags"]["title"] == "E-Onay Kılavuzu"


def test_it_plays_before_all_of_it_is_there(files: tuple[Path, ...]) -> None:
    """The index comes before the pictures."""
    content = files[0].read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_one_can_jump_to_each_step(files: tuple[Path, ...], story: FilmStory) -> None:
    """Cover, each step and the end are chapters, and each starts with a whole picture."""
    chapters = probe(files[0], "-show_chapters")["chapters"]
    assert [chapter["tags"]["title"] for chapter in chapters] == [
        "E-Onay Kılavuzu",
        "1. Giriş",
        "2. NES İşlemleri",
        "3. E-imza uygulaması",
        "E-imza uygulaması",
    ]
    packets = probe(files[0], "-select_streams", "v", "-show_packets")["packets"]
    keys = {round(float(packet["pts_time"]) * TICKS) for packet in packets if packet["flags"].startswith("K")}
    assert {chapter.start for chapter in story.chapters} <= keys


def test_captions_follow_the_pictures(files: tuple[Path, ...], story: FilmStory) -> None:
    """The captions next to the film are those in it; none overlap, and none outlasts its chapter."""
    read = webvtt.read(str(files[1])).captions
    inside = [
        packet
        for packet in probe(files[0], "-select_streams", "s", "-show_packets")["packets"]
        if int(packet["size"]) > 2
    ]
    assert [round(float(packet["pts_time"]) * TICKS) for packet in inside] == [cue.start for cue in story.cues]
    assert len(read) == len(inside)
    ends = [cue.end for cue in story.cues]
    assert all(end <= cue.start for end, cue in zip(ends[:-1], story.cues[1:], strict=True))
    for chapter in story.chapters:
        said = [cue for cue in story.cues if chapter.start <= cue.start < chapter.end]
        assert said
        assert all(cue.end <= chapter.end for cue in said)


def test_the_pointer_comes_to_the_control(files: tuple[Path, ...], story: FilmStory) -> None:
    """A step starts with its clean picture, then the marked one, then the pointer on its control."""
    scene = next(scene for scene in story.scenes if scene.kind == "picture")
    clean = picture_at(files[0], (scene.start + 20) / TICKS)
    marked = picture_at(files[0], (scene.start + scene.marks_at + 12) / TICKS)
    pressed = picture_at(files[0], (scene.start + scene.press_at + 5) / TICKS)
    # The sample's button, 60 to 220 by 120 to 164 on a page of 1280 by 800, in the frame of the film.
    scale = (1920 - 44 - 544) / 1280
    left, top = 544 + 60 * scale, 56 + (1080 - 150 - 56 - 800 * scale) / 2 + 120 * scale
    edge = (round(left + 3 * scale / 2), round(top + 20 * scale))
    assert near(colour(clean, edge), (43, 108, 176))
    red, _green, blue = colour(marked, edge)
    assert red > blue + 60
    tip = (round(left + 160 * 0.6 * scale) + 2, round(top + 44 * 0.75 * scale) + 4)
    assert near(colour(marked, tip), (43, 108, 176))
    assert max(colour(pressed, tip)) < 80


def colour(picture: Image.Image, at: tuple[int, int]) -> tuple[int, int, int]:
    """Return the colour of one point."""
    found = picture.getpixel(at)
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def near(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether two colours are the same but for the coding."""
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def test_the_poster_is_a_picture(files: tuple[Path, ...]) -> None:
    """The poster is a PNG of a handy size."""
    with Image.open(files[2]) as poster:
        assert (poster.format, poster.size) == ("PNG", (1280, 720))


@pytest.fixture(scope="module")
def brief(guide: Guide) -> Guide:
    """The guide with one step only, for what doesn't depend on how many there are."""
    steps = guide.sections[1]
    return replace(guide, summary="Kısa.", sections=(replace(steps, parts=steps.parts[:1]),))


def test_the_same_guide_gives_the_same_bytes(brief: Guide, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Written twice, film, captions and poster are the same."""
    assert make_twice(video.write, tmp_path_factory.mktemp("twice"), brief).differing == []


@pytest.mark.nightly(sample="tests/assistant/guide/formats/test_video.py::test_every_player_can_show_it")
def test_the_other_film_tells_the_same(brief: Guide, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The WebM is VP9 with the same length, chapters and captions, the same whenever it is written."""
    made = make_twice(video.write_webm, tmp_path_factory.mktemp("webm"), brief)
    assert made.differing == []
    told = tell(brief)
    found = probe(made.files[0], "-show_streams", "-show_chapters", "-show_format")
    picture, words = found["streams"]
    assert (picture["codec_name"], picture["width"], picture["height"]) == ("vp9", 1920, 1080)
    assert (words["codec_name"], words["tags"]["language"]) == ("webvtt", "tur")
    assert float(found["format"]["duration"]) == pytest.approx(told.length / TICKS, abs=0.1)
    assert [round(float(chapter["start_time"]) * TICKS) for chapter in found["chapters"]] == [
        chapter.start for chapter in told.chapters
    ]
    packets = probe(made.files[0], "-select_streams", "s", "-show_packets")["packets"]
    assert [round(float(packet["pts_time"]) * TICKS) for packet in packets] == [cue.start for cue in told.cues]
    scene = next(scene for scene in told.scenes if scene.kind == "picture")
    shown = picture_at(made.files[0], (scene.end - 2) / TICKS)
    assert near(colour(shown, (250, 1000)), (0x14, 0x21, 0x3D))
