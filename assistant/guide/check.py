"""Compares a saved guide's pictures with fresh ones: changed structure, changed pixels, new, gone.

Structure is the words and controls on the screen, as the run saw them. Pixels are those of the clean pictures; the
guide's own marks don't count.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Literal

from jinja2 import Environment, StrictUndefined
from PIL import Image, ImageChops

from assistant.base.files import write
from assistant.base.words import Language, words
from assistant.guide.book import Shots
from assistant.guide.manifest import KeptPicture, browser_of, read_manifest, words_of
from assistant.guide.model import Guide

ChangeKind = Literal["structure", "pixels", "new", "gone"]


@dataclass(frozen=True, slots=True)
class PictureChange:
    """One picture that has changed."""

    picture: str
    kind: ChangeKind
    takings: tuple[str, ...]
    """Looks and sizes whose pixels differ, are new or gone: ``light-desktop``; empty if the pixels are the same."""


def changes(kept: Path, shots: Shots) -> tuple[PictureChange, ...]:
    """Return how *shots* differ from the guide in the folder *kept*: in its order, then what is new.

    Raises `OSError` if *kept* has no guide, `ValueError` if its manifest is unreadable.
    """
    before = read_manifest(kept).pictures
    return tuple(_changes(before, shots))


@dataclass(frozen=True, slots=True)
class Reworded:
    """A section whose words have changed."""

    section: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def reworded(kept: Path, guide: Guide) -> tuple[Reworded, ...]:
    """Return the sections of *guide* whose words differ from the guide in *kept*; none if that is too old to tell.

    Raises like `changes`.
    """
    before, now = read_manifest(kept).words, words_of(guide)
    if not before:
        return ()
    found = []
    for name in dict.fromkeys((*before, *now)):
        old, new = before.get(name, ()), now.get(name, [])
        if list(old) != new:
            found.append(
                Reworded(name, tuple(it for it in old if it not in new), tuple(it for it in new if it not in old))
            )
    return tuple(found)


def other_browser(kept: Path, shots: Shots) -> tuple[str, str] | None:
    """Return the browsers of *kept* and *shots*, if we know both and they differ.

    Another version draws edges and letters a little differently in every picture. The headless shell makes no
    difference: the same version draws the same bytes. Raises like `changes`.
    """
    before = read_manifest(kept).browser
    now = browser_of(shot for takings in shots.values() for shot in takings.values())
    return (before, now) if before and now and before != now else None


def _changes(before: Mapping[str, KeptPicture], shots: Shots) -> Iterator[PictureChange]:
    for name, picture in before.items():
        if name not in shots:
            yield PictureChange(name, "gone", tuple(picture.takings))
            continue
        old = {taking: kept.pixels for taking, kept in picture.takings.items()}
        new = {taking: hashlib.sha256(path.read_bytes()).hexdigest() for taking, path in _clean(shots, name).items()}
        differing = tuple(taking for taking in {**old, **new} if old.get(taking) != new.get(taking))
        structures = {shot.structure for shot in shots[name].values()}
        if structures != {picture.structure}:
            yield PictureChange(name, "structure", differing)
        elif differing:
            yield PictureChange(name, "pixels", differing)
    for name in shots:
        if name not in before:
            yield PictureChange(name, "new", tuple(_clean(shots, name)))


def write_page(path: Path, kept: Path, shots: Shots, found: Sequence[PictureChange], language: Language) -> Path:
    """Write one self-contained page that shows *found* side by side: old, new, difference. Returns *path*.

    Raises `OSError` and `ValueError` like `changes`. If a saved picture is gone, the page says so.
    """
    before = read_manifest(kept).pictures
    texts = words("guide", language).group("changes")
    entries = [
        {"change": change, "about": texts[change.kind], "rows": list(_rows(change, kept, before, shots))}
        for change in found
    ]
    template = (resources.files("assistant.guide") / "check.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(template).render(entries=entries, texts=texts, language=language)
    write(path, page)
    return path


def _rows(
    change: PictureChange, kept: Path, before: Mapping[str, KeptPicture], shots: Shots
) -> Iterator[Mapping[str, str | None]]:
    """Yield the takings that differ; if only the structure does, the first one."""
    fresh = _clean(shots, change.picture) if change.picture in shots else {}
    old = before[change.picture].takings if change.picture in before else {}
    for taking in change.takings or tuple(fresh)[:1]:
        left = _opened(kept / old[taking].file) if taking in old else None
        right = _opened(fresh[taking]) if taking in fresh else None
        yield {
            "taking": taking,
            "old": _inline(left),
            "new": _inline(right),
            "difference": _inline(_difference(left, right)) if left and right else None,
        }


def _clean(shots: Shots, name: str) -> dict[str, Path]:
    return {f"{theme}-{size}": shot.clean for (theme, size), shot in shots[name].items()}


def _opened(path: Path) -> Image.Image | None:
    """Return the picture; None if it is missing."""
    if not path.is_file():
        return None
    with Image.open(path) as picture:
        return picture.convert("RGB")


def _difference(old: Image.Image, new: Image.Image) -> Image.Image:
    """Return the new picture in pale grey with every difference in red."""
    size = (max(old.width, new.width), max(old.height, new.height))
    one, other = (Image.new("RGB", size, "white") for _ in range(2))
    one.paste(old)
    other.paste(new)
    differs = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value else 0)
    pale = Image.blend(other.convert("L").convert("RGB"), Image.new("RGB", size, "white"), 0.65)
    pale.paste(Image.new("RGB", size, "#c1121f"), mask=differs)
    return pale


def _inline(picture: Image.Image | None) -> str | None:
    """Return *picture* as a data address, at half size: enough to see what changed."""
    if picture is None:
        return None
    held = BytesIO()
    picture.reduce(2).save(held, "PNG", compress_level=9)
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"
