"""The catalogue of steps: one place for what the person is told on each screen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Language = Literal["tr", "en"]


@dataclass(frozen=True, slots=True)
class Step:
    """What we say about one screen. What only the guide says is empty for screens that it doesn't show."""

    id: str
    title: str
    now: str
    """One sentence on what to do or what is being done."""
    help: str = ""
    """What to do when it doesn't work, besides the commonest problems; empty if those cover it."""
    plain_title: str = ""
    """The step in a list that doesn't say what was seen on it; empty if *title* doesn't say that either."""
    lead: str = ""
    """What the person does there by hand, in a sentence or two."""
    guide: tuple[str, ...] = ()
    """The same in small steps, in order."""
    caption: str = ""
    """What is written below the screen's picture."""
    alt: str = ""
    """What the picture shows, for those who can't see it."""
    spoken: str = ""
    """What a trainer says about it."""

    @property
    def by_hand(self) -> tuple[str, ...]:
        """What the person does there by hand, one line each."""
        return self.guide or (self.lead,)


@cache
def steps(language: Language = "tr") -> dict[str, Step]:
    """Return the catalogue in *language*, by screen, in the order of the guide."""
    text = (resources.files("flows") / "steps.toml").read_text(encoding="utf-8")
    return {name: _step(name, entry, language) for name, entry in tomllib.loads(text).items()}


def _step(name: str, entry: Mapping[str, Mapping[Language, Any]], language: Language) -> Step:
    said = {key: texts[language] for key, texts in entry.items()}
    return Step(name, **{"lead": said["now"], **said, "guide": tuple(said.get("guide", ()))})
