"""Every word a person reads: one catalogue with one file per room, and its one loader.

``desk.toml`` holds everything that starts with ``desk.``. A text is a pair, ``{ tr = "…", en = "…" }``, with
`str.format` placeholders. Standard library only: we need the words before anything is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["tr", "en"]
LANGUAGES: tuple[Language, ...] = ("tr", "en")


class Words:
    """One room's texts in one language, by dotted name, such as ``approve.sharing.yes``."""

    def __init__(self, room: str, language: Language) -> None:
        self._texts = dict(_flat(table(room), "", language))
        self.language = language

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a text with its placeholders filled in. Raises `KeyError` for an unknown name."""
        text = self._texts[name]
        return text.format(**values) if values else text

    def get(self, name: str) -> str:
        """Return a text, or an empty one if it is missing."""
        return self._texts.get(name, "")

    def group(self, name: str) -> dict[str, str]:
        """Return all texts of a group, by the last part of their names."""
        prefix = f"{name}."
        return {key.removeprefix(prefix): text for key, text in self._texts.items() if key.startswith(prefix)}


@cache
def words(room: str, language: Language = "tr") -> Words:
    """Return *room*'s texts in *language*. Raises `FileNotFoundError` if the room has no file."""
    return Words(room, language)


def told(name: str, language: Language, /, **values: object) -> str:
    """Return the text *name*, such as ``desk.ui.stop``, with its placeholders filled in. Raises `KeyError`."""
    room, _, rest = name.partition(".")
    return words(room, language)(rest, **values)


@cache
def table(room: str) -> dict[str, Any]:
    """Return a room's file as is, for texts that carry more than words (an outcome, an order)."""
    import tomllib  # here, because not every start needs the catalogue

    # No importlib.resources: it brings zip files and temporary folders along, and takes longer than the whole file.
    return tomllib.loads(Path(__file__).with_name(f"{room}.toml").read_text(encoding="utf-8"))


def _flat(entries: dict[str, Any], prefix: str, language: Language) -> Iterator[tuple[str, str]]:
    for key, value in entries.items():
        if not isinstance(value, dict):
            continue
        if value.keys() == set(LANGUAGES):
            yield prefix + key, value[language]
        else:
            yield from _flat(value, f"{prefix}{key}.", language)
