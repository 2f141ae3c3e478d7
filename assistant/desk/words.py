"""The panel's own words, beside the step catalogue and the error catalogue."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.base.outcome import Language


class Words:
    """Texts in one language by dotted name, such as ``approve.sharing.yes``."""

    def __init__(self, language: Language) -> None:
        text = (resources.files("assistant.desk") / "words.toml").read_text(encoding="utf-8")
        self._texts = dict(_flat(tomllib.loads(text), "", language))
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its places filled in. Raises `KeyError` for an unknown name."""
        text = self._texts[name]
        return text.format(**values) if values else text

    def time_left(self, seconds: int) -> str:
        """Say how long is left, in minutes and seconds."""
        minutes, rest = divmod(max(seconds, 0), 60)
        time = f"{rest} {self('ui.seconds')}"
        return self("ui.time_left", time=f"{minutes} {self('ui.minutes')} {time}" if minutes else time)

    def get(self, name: str) -> str:
        """Return a text, or an empty one where there is none."""
        return self._texts.get(name, "")

    def group(self, name: str) -> dict[str, str]:
        """Return all texts of a group by their last names."""
        prefix = f"{name}."
        return {key.removeprefix(prefix): text for key, text in self._texts.items() if key.startswith(prefix)}


@cache
def words(language: Language = "tr") -> Words:
    """Return the words in *language*."""
    return Words(language)


def _flat(table: dict[str, Any], prefix: str, language: Language) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if set(value) == {"tr", "en"}:
            found.append((prefix + key, value[language]))
        else:
            found.extend(_flat(value, f"{prefix}{key}.", language))
    return found
