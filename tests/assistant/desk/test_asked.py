"""What a person is asked in a guided run: over every shipped look the four approvals, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser

import fixtures
from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.practice.card import PracticeCard
from assistant.practice.stories import PracticeStage
from mock_portal import Edition, Portal, serve
from tests.assistant.desk.sitter import Sitter, sit_down
from tests.sampling import sampled

APPROVALS = {words("desk")(f"approve.{name}.title") for name in ("sharing", "consent", "hand_off", "renew_code")}
EDITIONS: Sequence[Edition] = get_args(Edition)
SHIPPED: Sequence[str | None] = tuple(getattr(fixtures, "LOOKS", (None,)))
"""The ways the portal can be drawn; None means it only has one."""
PEOPLE = ("ayse", "hatice", "zeynep", "fatma")
"""Every kind of consent form and second step is somebody's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a guided run, and what the person was asked in it."""

    outcome: Outcome
    titles: tuple[str, ...]
    doubts: tuple[str, ...]
    acts: tuple[str, ...]

    @property
    def beyond(self) -> list[str]:
        """The questions that aren't any of the four approvals, and those that came more than once."""
        known = {title for title in self.titles if title in APPROVALS and self.titles.count(title) == 1}
        return [title for title in self.titles if title not in known]


def asked_in(browser: Browser, person: str, edition: Edition, look: str | None) -> Asked:
    """Make a guided run with somebody who says yes to all, and return what they were asked."""
    who = fixtures.people()[person]
    drawn: dict[str, Any] = {} if look is None else {"look": look}
    portal = Portal(people=[person], edition=edition, **drawn)
    card = PracticeCard(portal.pki.credentials(who), who.pin, wrong_before=0)
    with serve(portal) as served:
        sitter = Sitter(PracticeStage(portal, served.entry_url, card, who, who.pin))
        receipt = sit_down(browser, sitter)
    asked = {view.question.id: view.question for view in sitter.views if view.question is not None}
    return Asked(
        receipt.result.outcome,
        tuple(question.title for question in asked.values()),
        tuple(doubt for question in asked.values() for doubt in question.doubts),
        tuple(sitter.acts),
    )


def check(asked: Asked) -> None:
    """Fail where a run came to no good end, or asked for more than the four approvals."""
    assert asked.outcome.exit_code == 0, asked
    assert asked.beyond == [], asked
    assert asked.doubts == ()


@pytest.mark.parametrize(
    ("look", "edition"),
    sampled(
        product(SHIPPED, EDITIONS),
        every_run=[("jsf", "2026")],
    ),
)
def test_every_look_asks_for_the_approvals_alone(browser: Browser, look: str | None, edition: Edition) -> None:
    """However the portal is drawn, a person is asked for the four approvals, each at most once, and doubts nothing."""
    check(asked_in(browser, "ayse", edition, look))


@pytest.mark.parametrize(
    ("person", "edition"),
    sampled(product(PEOPLE[1:], EDITIONS), every_run=[("fatma", "2020")]),
)
def test_every_form_asks_for_the_approvals_alone(browser: Browser, person: str, edition: Edition) -> None:
    """Whatever form the consent has and whatever second step the login, the questions are the same."""
    check(asked_in(browser, person, edition, SHIPPED[0]))


@pytest.mark.nightly(sample="tests/assistant/desk/test_asked.py::test_every_look_asks_for_the_approvals_alone")
@pytest.mark.parametrize(("person", "look", "edition"), list(product(PEOPLE, SHIPPED, EDITIONS)))
def test_every_look_and_form_asks_for_the_approvals_alone(
    browser: Browser, person: str, look: str | None, edition: Edition
) -> None:
    """Every look with every form and both editions, each in its own run."""
    check(asked_in(browser, person, edition, look))


def test_a_question_more_or_twice_is_noticed() -> None:
    """A fifth question, and one of the four that is asked twice, are beyond what a person should be asked."""
    one, other, *_ = sorted(APPROVALS)
    assert Asked(Outcome.CONSENT_GIVEN, (one, other), (), ()).beyond == []
    assert Asked(Outcome.CONSENT_GIVEN, (one, "Emin misiniz?"), (), ()).beyond == ["Emin misiniz?"]
    assert Asked(Outcome.CONSENT_GIVEN, (one, other, one), (), ()).beyond == [one, one]
