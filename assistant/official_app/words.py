"""What we tell the person while the official app signs, from the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.base.problems import problem
from assistant.base.words import Language, table


@dataclass(frozen=True, slots=True)
class AppWords:
    """The texts in one language."""

    steps: tuple[str, ...]
    """What to do in the app, in order."""
    steps_by_hand: tuple[str, ...]
    """The same where the code isn't on the clipboard, and pasting would paste something else."""
    texts: dict[str, str]

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its placeholders filled in. Raises `KeyError` for an unknown name."""
        return self.texts[name].format(**values)


@cache
def app_words(language: Language = "tr") -> AppWords:
    """Return the texts in *language*."""
    data = table("official_app")
    return AppWords(
        steps=tuple(step[language] for step in data["step"]),
        steps_by_hand=tuple(step.get("by_hand", step)[language] for step in data["step"]),
        texts={name: text[language] for name, text in data["words"].items()},
    )


@cache
def app_troubles(language: Language = "tr") -> tuple[tuple[str, str], ...]:
    """Return the app's problems as a person would describe them, each with what helps, one line per problem."""
    told = []
    for trouble in table("official_app")["trouble"]:
        known = (problem(name, language) for name in trouble["problems"])
        told.append((trouble[language], "\n".join(f"{one.what} {one.remedy}" for one in known)))
    return tuple(told)
