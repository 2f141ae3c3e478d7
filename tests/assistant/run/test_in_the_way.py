"""A dialog over the page: closed as often as is sensible, read to its end, waited for, or shown to the person."""

from __future__ import annotations

from dataclasses import replace

from assistant.run.events import Ask, Close, Closed, Looked, Lying, Rest, Sight, Stop
from assistant.run.limits import COUNTS, Limits
from assistant.run.state import RunState
from assistant.run.step import step
from flows.consent import Wait

LIMITS = Limits()
NEWS = Lying("Duyuru\nKapat", can_close=True, title="Duyuru")
ASKS = Lying("Oturum\nDevam edilsin mi?\nEvet", title="Oturum")


def looked(lying: Lying, screen: str = "home") -> Looked:
    """Return a look at *screen* with *lying* over it."""
    return Looked(Sight(screen=screen, documents=(1.0,), layer=lying), Wait(screen, 60))


def test_a_dialog_that_comes_back_for_ever_becomes_the_persons() -> None:
    """What is closed and comes back is closed a number of times, then shown, and never ends as a stuck page."""
    state, closed = RunState.begun(0.0), 0
    for now in range(0, 200, 3):
        state, action = step(state, looked(NEWS), now, LIMITS)
        if isinstance(action, Close):
            closed += 1
            state, action = step(state, Closed(action, done=True), now, LIMITS)
        assert not isinstance(action, Stop)
    assert closed == COUNTS["layer"].at_most(LIMITS)
    assert isinstance(action, Ask)
    assert (action.question.approval, action.question.title) == ("dialog", "Duyuru")


def test_a_dialog_has_a_moment_to_fade_away() -> None:
    """Its way out is pressed once, and again only if it stays."""
    state, action = step(RunState.begun(0.0), looked(NEWS), 0.0, LIMITS)
    assert isinstance(action, Close)
    state, _ = step(state, Closed(action, done=True), 0.1, LIMITS)
    for now in (0.2, 0.5, 1.9):
        state, action = step(state, looked(NEWS), now, LIMITS)
        assert isinstance(action, Rest)
    state, action = step(state, looked(NEWS), 0.2 + LIMITS.settle_s, LIMITS)
    assert isinstance(action, Close)


def test_what_only_the_person_answers_is_shown_once_it_stands() -> None:
    """A dialog isn't shown while it is still being drawn, and then with its title and everything that it says."""
    state, first = step(RunState.begun(0.0), looked(ASKS), 0.0, LIMITS)
    assert isinstance(first, Rest)
    state, action = step(state, looked(ASKS), LIMITS.settle_s, LIMITS)
    assert isinstance(action, Ask)
    assert action.then is None
    assert (action.question.quote, action.question.title) == (ASKS.text, ASKS.title)


def test_a_dialog_that_counts_down_is_one_question() -> None:
    """The seconds that it tells make no other dialog of it, so that an answer isn't lost to the next second."""
    state, questions = RunState.begun(0.0), set()
    for second in range(20):
        counting = Lying(f"Oturumunuz {60 - second} saniye içinde sona erecek. Devam edilsin mi?")
        state, action = step(state, looked(counting), second, LIMITS)
        if isinstance(action, Ask):
            questions.add(action.question)
    assert len(questions) == 1


def test_a_dialog_over_a_page_that_is_not_known_is_treated_all_the_same() -> None:
    """Behind a dialog the page may show nothing; then the last screen speaks for the run."""
    state, action = step(RunState.begun(0.0), looked(NEWS, screen=""), 0.0, LIMITS)
    assert isinstance(action, Close)
    state, _ = step(state, looked(ASKS, screen=""), 1.0, LIMITS)
    state, action = step(state, looked(ASKS, screen=""), 1.0 + LIMITS.settle_s, LIMITS)
    assert isinstance(action, Ask)
    assert action.question.step == "landing"


def test_a_dialog_whose_way_out_turned_out_to_be_none_is_shown() -> None:
    """Where its cross leads elsewhere, nothing more is tried."""
    state, action = step(RunState.begun(0.0), looked(NEWS), 0.0, LIMITS)
    assert isinstance(action, Close)
    later = replace(action, looked=looked(NEWS))
    state, action = step(state, Closed(later, done=False), LIMITS.settle_s, LIMITS)
    state, action = step(state, Closed(later, done=False), 2 * LIMITS.settle_s, LIMITS)
    assert isinstance(action, Ask)
