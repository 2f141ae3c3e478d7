"""Compares the pictures of a kept guide with fresh ones: what changed in structure, what in pixels, new, gone.

Structure is what the screen holds, words and controls, as the run saw it; pixels are those of the clean pictures.
Marks are the guide's own and do not count.
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
    """One picture that is not what it was."""

    picture: str
    kind: ChangeKind
    takings: tuple[str, ...]
    """Looks and sizes whose pixels differ, are new or are gone: ``light-desktop``; empty where the pixels are alike."""


def changes(kept: Path, shots: Shots) -> tuple[PictureChange, ...]:
    """Return how *shots* differ from the guide in the folder *kept*: in its order, then what is new.

    Raises `OSError` where *kept* holds no guide, `ValueError` where its manifest cannot be read.
    """
    before = read_manifest(kept).pictures
    return tuple(_changes(before, shots))


@dataclass(frozen=True, slots=True)
class Reworded:
    """A section that does not say any more what it said."""

    section: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def reworded(kept: Path, guide: Guide) -> tuple[Reworded, ...]:
    """Return which sections of *guide* say something else than the guide in the folder *kept*; none if it is too old.

    Raises as `changes` does.
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
    """Return what the pictures in *kept* and *shots* were taken with, where that is known and not the same.

    Another version draws edges and letters a little differently, in every picture. Whether it is the headless shell
    makes no difference: of one version both drew the same bytes. Raises as `changes` does.
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
    """Write one page that shows *found* with the pictures side by side: old, new, difference. Returns *path*.

    It holds everything that it shows. Raises `OSError` and `ValueError` as `changes` does, and for a kept picture that
    is no longer there shows that it is missing.
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
    """Give the takings that differ; where only the structure does, the first one."""
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
    """Return the picture; None where it is not there."""
    if not path.is_file():
        return None
    with Image.open(path) as picture:
        return picture.convert("RGB")


def _difference(old: Image.Image, new: Image.Image) -> Image.Image:
    """Return the new picture in pale grey, with everything that differs in red."""
    size = (max(old.width, new.width), max(old.height, new.height))
    one, other = (Image.new("RGB", size, "white") for _ in range(2))
    one.paste(old)
    other.paste(new)
    differs = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value else 0)
    pale = Image.blend(other.convert("L").convert("RGB"), Image.new("RGB", size, "white"), 0.65)
    pale.paste(Image.new("RGB", size, "#c1121f"), mask=differs)
    return pale


def _inline(picture: Image.Image | None) -> str | None:
    """Return *picture* as an address that holds it, at half its size: enough to see what changed."""
    if picture is None:
        return None
    held = BytesIO()
    picture.reduce(2).save(held, "PNG", compress_level=9)
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"
