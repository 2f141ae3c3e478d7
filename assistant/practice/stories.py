"""The stories to practise, and the stage for each: a mock portal and a card in memory."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import fixtures
import mock_portal
from assistant.base.outcome import Language
from assistant.practice.card import PracticeCard

_LABELS: dict[Language, tuple[str, str, str, str]] = {
    "tr": ("T.C. Kimlik No", "e-Devlet şifresi", "SMS kodu", "Kart PIN'i"),
    "en": ("ID number", "e-Devlet password", "SMS code", "Card PIN"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One thing to practise."""

    name: str
    title: dict[Language, str]
    hint: dict[Language, str]
    person: str
    card: str = ""
    """Whose card is in the reader; the person's own where empty."""
    wrong_before: int = 0
    code_lifetime: float = 300
    """Seconds for which a code lives."""


@dataclass(frozen=True, slots=True)
class PracticeStage:
    """A story laid out."""

    portal: mock_portal.Portal = field(repr=False)
    entry: str
    card: PracticeCard = field(repr=False)
    person: fixtures.Person
    pin: str = field(repr=False)

    def credentials(self, language: Language) -> tuple[tuple[str, str], ...]:
        """Return what the person types: label and value. All of it is invented."""
        person = self.person
        values = (person.national_id, person.password, person.sms_code, self.pin)
        return tuple((label, value) for label, value in zip(_LABELS[language], values, strict=True) if value)


@cache
def stories() -> dict[str, Story]:
    """Return the stories by name."""
    text = (resources.files("assistant.practice") / "stories.toml").read_text(encoding="utf-8")
    return {name: Story(name, **table) for name, table in tomllib.loads(text).items()}


@contextmanager
def staged(story: Story, look: fixtures.Look = "plain") -> Iterator[PracticeStage]:
    """Serve the mock portal, drawn in *look*, for *story* with its card in the reader."""
    people = fixtures.people()
    person, holder = people[story.person], people[story.card or story.person]
    chosen = [*{person.key, holder.key}]
    portal = mock_portal.Portal(people=chosen, code_lifetime=story.code_lifetime, look=look)
    card = PracticeCard(portal.pki.credentials(holder), holder.pin, wrong_before=story.wrong_before)
    with mock_portal.serve(portal) as served:
        yield PracticeStage(portal, served.entry_url, card, person, holder.pin)
