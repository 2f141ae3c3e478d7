"""The stories to practise, and what each needs: a mock portal and a card in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import fixtures
import mock_portal
from assistant.base.words import Language, table, words
from assistant.practice.card import PracticeCard


@dataclass(frozen=True, slots=True)
class Story:
    """One thing to practise."""

    name: str
    title: dict[Language, str]
    hint: dict[Language, str]
    person: str
    card: str = ""
    """Whose card is in the reader; empty for the person's own."""
    wrong_before: int = 0
    code_lifetime: float = 300
    """How long a code is valid, seconds."""


@dataclass(frozen=True, slots=True)
class PracticeStage:
    """A story, ready to play."""

    portal: mock_portal.Portal = field(repr=False)
    entry: str
    card: PracticeCard = field(repr=False)
    person: fixtures.Person
    pin: str = field(repr=False)

    def credentials(self, language: Language) -> tuple[tuple[str, str], ...]:
        """Return what the person types: label and value. All of it is made up."""
        person, label = self.person, words("practice", language).group("label")
        typed = {
            "national_id": person.national_id,
            "password": person.password,
            "sms_code": person.sms_code,
            "pin": self.pin,
        }
        return tuple((label[name], value) for name, value in typed.items() if value)


@cache
def stories() -> dict[str, Story]:
    """Return the stories by name."""
    return {name: Story(name, **entry) for name, entry in table("practice")["story"].items()}


@contextmanager
def staged(story: Story, look: fixtures.Look = "plain") -> Iterator[PracticeStage]:
    """Serve the mock portal, drawn in *look*, for *story*, with its card in the reader."""
    people = fixtures.people()
    person, holder = people[story.person], people[story.card or story.person]
    chosen = [*{person.key, holder.key}]
    portal = mock_portal.Portal(people=chosen, code_lifetime=story.code_lifetime, look=look)
    card = PracticeCard(portal.pki.credentials(holder), holder.pin, wrong_before=story.wrong_before)
    with mock_portal.serve(portal) as served:
        yield PracticeStage(portal, served.entry_url, card, person, holder.pin)
