"""What you see when: the guide as a row of scenes on a grid of ticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.guide.film.captions import TICKS, Cue, cues
from assistant.guide.model import Figure, Guide, PictureMark, Section, Shot

Kind = Literal["cover", "picture", "words", "end"]

FADE = 5
"""Ticks for one picture to fade into the next."""
_LEAD_IN = 12
"""Ticks before the first caption of a chapter."""
_TAIL = 20
"""Ticks after its last caption."""
_SHORTEST = 5 * TICKS
"""No scene is shorter."""
_MARKS = 28
"""When the marks appear on a picture."""
_SET_OUT = 44
"""When the pointer starts moving to the control."""
TRAVEL = 15
RIPPLE = 10
_PRESS_BEFORE_END = 32
"""Ticks from the press to the end of the scene."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture or card, and how long it is shown."""

    kind: Kind
    start: int
    length: int
    section: Section | None = None
    figure: Figure | None = None

    @property
    def end(self) -> int:
        """The first tick after it."""
        return self.start + self.length

    @property
    def marks_at(self) -> int:
        """When the marks start to appear, in ticks from its start."""
        return _MARKS

    @property
    def sets_out_at(self) -> int:
        """When the pointer starts moving."""
        return _SET_OUT

    @property
    def goes_on_at(self) -> int:
        """When the pointer moves on to the second control, if there is one."""
        return self.press_at - TRAVEL - FADE

    @property
    def press_at(self) -> int:
        """When the pointer presses."""
        return self.length - _PRESS_BEFORE_END


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part you can jump to."""

    title: str
    start: int
    end: int


@dataclass(frozen=True)
class FilmStory:
    """The whole film."""

    guide: Guide
    scenes: tuple[Scene, ...]
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]

    @cached_property
    def length(self) -> int:
        """Ticks from beginning to end."""
        return self.scenes[-1].end


def tell(guide: Guide) -> FilmStory:
    """Return the film of *guide*: a cover, every section that is a step or has something spoken, an end."""
    scenes: list[Scene] = []
    chapters: list[Chapter] = []
    captions: list[Cue] = []

    def add(title: str, spoken: str, parts: list[tuple[Kind, Section | None, Figure | None]]) -> None:
        start = scenes[-1].end if scenes else 0
        said = cues(spoken, start + _LEAD_IN)
        captions.extend(said)
        length = max(said[-1].end + _TAIL - start if said else 0, _SHORTEST * len(parts))
        each, rest = divmod(length, len(parts))
        for number, (kind, section, figure) in enumerate(parts):
            at = scenes[-1].end if scenes else 0
            scenes.append(Scene(kind, at, each + (rest if number == len(parts) - 1 else 0), section, figure))
        chapters.append(Chapter(title, start, scenes[-1].end))

    add(guide.title, f"{guide.summary} {guide.words['silent']}", [("cover", None, None)])
    for section in told(guide):
        pictures: list[tuple[Kind, Section | None, Figure | None]]
        pictures = [("picture", section, figure) for figure in section.figures]
        add(chapter_title(guide, section), section.spoken or section.lead, pictures or [("words", section, None)])
    ending = guide.steps[-1].title if guide.steps else guide.title
    add(ending, guide.words["support"], [("end", None, None)])
    return FilmStory(guide, tuple(scenes), tuple(chapters), tuple(captions))


def told(guide: Guide) -> Iterator[Section]:
    """Return the sections that are in the film."""
    return (section for section in guide.walk() if section.step or section.spoken)


def chapter_title(guide: Guide, section: Section) -> str:
    """Return the section's name in a list: "3. NES İşlemleri"."""
    return f"{section.step}. {section.title}" if section.step else section.title


def stops(shot: Shot) -> tuple[PictureMark, ...]:
    """Return where the pointer goes: to the step's subject and, if that is only for reading, on to what you press."""
    marks = [mark for mark in shot.marks if mark.kind not in {"mask", "dim", "danger"}]
    return tuple(marks[:1] + ([] if not marks or marks[0].is_pressed else [m for m in marks if m.is_pressed][:1]))


def step_count(guide: Guide) -> int:
    """Return how many steps there are."""
    return max((section.step for section in guide.steps), default=0)
