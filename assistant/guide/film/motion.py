"""The story's pictures in order, only where something changes, so there is little to draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.guide.film.drawing import Point
from assistant.guide.film.planes import Planes
from assistant.guide.film.pointer import with_pointer
from assistant.guide.film.stage import HEIGHT, WIDTH, FilmView, view
from assistant.guide.film.story import FADE, RIPPLE, TRAVEL, FilmStory, Scene

_REST: Point = (WIDTH * 0.72, HEIGHT * 0.84)
"""Where the pointer waits at first."""


@dataclass(frozen=True, slots=True)
class Motion:
    """A picture shown from a tick on."""

    tick: int
    image: Planes
    is_chapter: bool = False
    """A player can jump straight to it."""


def play(story: FilmStory) -> Iterator[Motion]:
    """Return the pictures of *story* in order, no two at the same tick."""
    starts = {chapter.start for chapter in story.chapters}
    before: Planes | None = None
    pointer = _REST
    for scene in story.scenes:
        shown = view(story.guide, scene)
        for change in _scene(scene, shown, pointer):
            image = change.image
            into = change.tick - scene.start
            if before is not None and into < FADE:
                image = before.faded(image, (into + 1) / (FADE + 1))
            yield Motion(change.tick, image, change.tick in starts)
            last = change.image
        before = last
        pointer = shown.stops[-1] if shown.stops else pointer


def _scene(scene: Scene, shown: FilmView, pointer: Point) -> Iterator[Motion]:
    def at(into: int, image: Planes) -> Motion:
        return Motion(scene.start + into, image)

    clean = Planes.of(shown.clean)
    start = clean if not shown.stops else with_pointer(clean, pointer)
    yield from (at(tick, start) for tick in range(FADE + 1))
    if scene.kind != "picture":
        return
    bare = Planes.of(shown.marked)
    marked = bare if not shown.stops else with_pointer(bare, pointer)
    for tick in range(1, FADE + 1):
        yield at(scene.marks_at + tick, start.faded(marked, tick / FADE))
    for stop, leaves in zip(shown.stops, (scene.sets_out_at, scene.goes_on_at), strict=False):
        for tick in range(1, TRAVEL + 1):
            yield at(leaves + tick, with_pointer(bare, _between(pointer, stop, tick / TRAVEL)))
        pointer = stop
    if not shown.is_pressed:
        return
    for tick in range(1, RIPPLE + 1):
        yield at(scene.press_at + tick, with_pointer(bare, pointer, tick / RIPPLE))


def _between(start: Point, end: Point, share: float) -> Point:
    """Return where the pointer is after *share* of its way: slow at both ends."""
    eased = share * share * (3 - 2 * share)
    return (start[0] + (end[0] - start[0]) * eased, start[1] + (end[1] - start[1]) * eased)
