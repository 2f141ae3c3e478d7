"""Which pictures there are and what is marked on each: ``pictures.toml`` with types."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from assistant.guide.model import Edition
from flows.steps import Language

TargetKind = Literal["control", "tile", "says", "code"]
MarkStyle = Literal["box", "danger"]
_TARGETS: tuple[TargetKind, ...] = ("control", "tile", "says", "code")


@dataclass(frozen=True, slots=True)
class Target:
    """What a mark is about."""

    kind: TargetKind
    name: str
    """The control's name, the tile's title, or words on the page; empty for the code."""


@dataclass(frozen=True, slots=True)
class MarkSpec:
    """One mark as declared."""

    target: Target
    style: MarkStyle
    callout: Mapping[str, str]
    """By language; empty for a mark without words."""
    item: int = 0
    """Which item of the list next to the picture is done there, counted from 1; 0 for none."""
    is_optional: bool = False
    """Whether a page without it is fine too."""

    def words(self, language: Language) -> str:
        """Return what the mark says in *language*."""
        return self.callout.get(language, "")


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """One picture as declared."""

    id: str
    run: str
    """The scenario in which we take it."""
    screen: str
    marks: tuple[MarkSpec, ...]
    editions: tuple[Edition, ...] = ("2020", "2026")
    says: str = ""
    """Words that distinguish it from other pictures of the same screen."""
    link: tuple[str, ...] = ()
    """Take the page behind this link (any of these words) instead of the screen itself."""
    pictures: tuple[str, ...] = ()
    """Alternative texts of images that are different every time; we cover those."""
    countdown: int | None = None
    """Where we hold a countdown, in seconds; None if there is no countdown."""


@cache
def picture_specs() -> Mapping[str, PictureSpec]:
    """Return every picture by id, in the order of the guide."""
    text = (resources.files("assistant.guide.pictures") / "pictures.toml").read_text(encoding="utf-8")
    return {name: _picture(name, table) for name, table in tomllib.loads(text).items()}


def _picture(name: str, table: Mapping[str, Any]) -> PictureSpec:
    values = {key: value for key, value in table.items() if key not in {"marks", "editions", "pictures", "link"}}
    return PictureSpec(
        id=name,
        marks=tuple(_mark(entry) for entry in table["marks"]),
        editions=tuple(table.get("editions", ("2020", "2026"))),
        pictures=tuple(table.get("pictures", ())),
        link=tuple(table.get("link", ())),
        **values,
    )


def _mark(entry: Mapping[str, Any]) -> MarkSpec:
    kind = next(kind for kind in _TARGETS if kind in entry)
    name = "" if kind == "code" else entry[kind]
    return MarkSpec(Target(kind, name), entry.get("kind", "box"), entry.get("callout", {}), **_more(entry))


def _more(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"item": entry.get("item", 0), "is_optional": entry.get("optional", False)}
