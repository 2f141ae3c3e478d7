"""A page that is still being drawn is waited for, and nothing waits forever."""

from __future__ import annotations

import pytest

from assistant.run.events import Ask, Event, Looked, Rest, Sight, Stop, Unclear
from flows.code import ShownCode
from flows.consent import Decision, End, HandOver, Press
from flows.settled import Drawn
from tests.assistant.run.driven import BOX, LIMITS, Driven

PRESS = Press("nes", BOX, "eonay_tile")
CONSENT = Press("eonay_missing", BOX, "proceed", "consent", "E-Onay veriyorum")


def looked(decision: Decision, drawn: Drawn) -> Looked:
    """Return a look at the page of *decision*."""
    return Looked(Sight(decision.step if isinstance(decision, Press) else "eonay_given", (1.0,), drawn=drawn), decision)


def until_it_acts(event: Event) -> tuple[Driven, object, float]:
    """Look at the same page twice a second until something else than rest comes of it."""
    run = Driven()
    while isinstance(action := run.hear(event, 0.5), Rest):
        assert run.now < 10 * LIMITS.page_s, "it waits for ever"
    return run, action, run.now


@pytest.mark.parametrize("decision", [PRESS, CONSENT], ids=["harmless", "weighty"])
def test_a_plain_page_is_acted_upon_at_the_first_look(decision: Press) -> None:
    """Nothing is waited for if nothing speaks against the page."""
    assert not isinstance(Driven().hear(looked(decision, Drawn())), Rest)


@pytest.mark.parametrize(
    "decision", [PRESS, CONSENT, End("already_consented"), HandOver("signing", ShownCode("1" * 15, 200))]
)
@pytest.mark.parametrize("drawn", [Drawn(is_drawing=True), Drawn(awaits_data=True), Drawn(is_complete=False)])
def test_a_page_that_is_not_settled_is_waited_for(decision: Decision, drawn: Drawn) -> None:
    """No act, no code handed over and no good end comes of a page in the making."""
    run = Driven()
    assert isinstance(run.hear(looked(decision, drawn)), Rest)
    assert isinstance(run.hear(looked(decision, drawn), 0.5), Rest)


def test_what_is_drawn_for_ever_is_judged_as_it_is_or_halts() -> None:
    """After the page's patience a harmless step is done; one of weight ends with a reason of its own."""
    drawn = Drawn(is_drawing=True)
    _, action, took = until_it_acts(looked(PRESS, drawn))
    assert not isinstance(action, Stop)
    assert took == pytest.approx(LIMITS.page_s, abs=1.5)
    for decision in (CONSENT, End("already_consented")):
        event = Looked(Sight("eonay_missing" if decision is CONSENT else "eonay_given", (1.0,), drawn=drawn), decision)
        _, action, took = until_it_acts(event)
        assert isinstance(action, Stop)
        assert action.reason == "page_unsettled"
        assert took == pytest.approx(LIMITS.page_s, abs=1.5)


def test_a_page_not_understood_that_is_still_drawn_is_told_as_that() -> None:
    """An unknown page that never finishes is no unknown page."""
    _, action, _ = until_it_acts(Unclear(Sight(documents=(1.0,), drawn=Drawn(is_drawing=True)), "screen_unknown"))
    assert isinstance(action, Stop)
    assert action.reason == "page_unsettled"


def test_a_long_poll_holds_nothing_back_for_longer_than_it_is_young() -> None:
    """Once a request has become a channel, the page only needs to be still."""
    run = Driven()
    assert isinstance(run.hear(looked(CONSENT, Drawn(awaits_data=True)), 0.5), Rest)
    assert isinstance(run.hear(looked(CONSENT, Drawn()), 0.5), Rest)
    assert isinstance(run.hear(looked(CONSENT, Drawn()), LIMITS.settle_s), Ask)
