"""What is in a guide's folder, in ``guide.json``. It marks the folder as a guide, and we compare by it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.base.parsing import read_json
from assistant.base.words import Language
from assistant.guide.folder import FILES, MANIFEST
from assistant.guide.model import Edition, Guide, Shot
from assistant.guide.wording import texts_of
from assistant.setup.browser import BROWSER_NAME


@dataclass(frozen=True, slots=True)
class Taking:
    """One taking of a saved picture."""

    file: str
    """The clean picture's file, relative to the guide's folder."""
    pixels: str
    """Hash of the clean picture's file; the same pixels give the same hash."""


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """One saved picture."""

    structure: str
    takings: Mapping[str, Taking]
    """By look and size: ``light-desktop``."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``guide.json`` says."""

    edition: Edition
    language: Language
    story: str
    pictures: Mapping[str, KeptPicture]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By section; empty if an older version made the guide."""
    browser: str = ""
    """What the pictures were taken with, like ``Chromium 150.0``; empty if we don't know."""


def write_manifest(folder: Path, guide: Guide, files: Iterable[Path]) -> Path:
    """Record what *guide* in *folder* consists of; *files* is what people open. Returns the manifest's path."""
    pictures = {
        figure.id: {
            "structure": figure.shot().structure,
            "takings": {f"{theme}-{size}": _taking(folder, shot) for (theme, size), shot in figure.shots.items()},
        }
        for figure in guide.figures
    }
    taken = {path for figure in guide.figures for shot in figure.shots.values() for path in (shot.clean, shot.marked)}
    held = {
        "browser": browser_of(shot for figure in guide.figures for shot in figure.shots.values()),
        "edition": guide.edition,
        "language": guide.language,
        "story": guide.story,
        "version": guide.version,
        FILES: sorted({path.relative_to(folder).as_posix() for path in (*files, *taken)}),
        "pictures": pictures,
        "words": words_of(guide),
    }
    path = folder / MANIFEST
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


def words_of(guide: Guide) -> dict[str, list[str]]:
    """Return all the words of *guide* by section; the quick card counts as one."""
    return {**{section.id: list(texts_of(section)) for section in guide.walk()}, "quick-card": list(guide.quick_card)}


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of *folder*. Raises `OSError` if there isn't one, `ValueError` where it can't be read."""
    data = read_json((folder / MANIFEST).read_text(encoding="utf-8"))
    try:
        pictures = {name: _kept(entry) for name, entry in data["pictures"].items()}
        browser = data.get("browser", "")
        words = {name: tuple(map(str, texts)) for name, texts in data.get("words", {}).items()}
        known = browser if isinstance(browser, str) and BROWSER_NAME.fullmatch(browser) else ""
        return Manifest(data["edition"], data["language"], data["story"], MappingProxyType(pictures), words, known)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def browser_of(shots: Iterable[Shot]) -> str:
    """Return the browser that took *shots*; empty if we don't know, or there were several."""
    names = {shot.browser for shot in shots if shot.browser}
    return names.pop() if len(names) == 1 else ""


def _taking(folder: Path, shot: Shot) -> dict[str, str]:
    digest = hashlib.sha256(shot.clean.read_bytes()).hexdigest()
    return {"file": shot.clean.relative_to(folder).as_posix(), "pixels": digest}


def _kept(entry: Mapping[str, Any]) -> KeptPicture:
    takings = {name: Taking(taking["file"], taking["pixels"]) for name, taking in entry["takings"].items()}
    return KeptPicture(entry["structure"], MappingProxyType(takings))
