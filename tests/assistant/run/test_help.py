"""If a run doesn't understand the page it asks a person for help, or halts without one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.base.outcome import Outcome, reasons
from assistant.run.events import Done, Helped, Looked, Perform, Plead, Rest, ScreenShown, Sight, Stop, Unclear
from assistant.run.question import HelpAnswer, Plea
from assistant.run.state import RunState
from assistant.run.step import step
from assistant.run.tables import BEHIND, HELPED_WITH, WAYS, WAYS_OF
from flows import portal_look
from flows.additions import ALLOWED
from flows.consent import LetPersonAct, Press
from flows.controls import WAYS_ON
from tests.assistant.run.driven import BOX, LIMITS, Driven

PORTAL = Sight("", (1.0,), 7, sites=frozenset({"portal"}))


def _helped_run() -> Driven:
    return Driven(state=RunState.begun(0.0, has_helper=True))


def _plead(run: Driven, sight: Sight = PORTAL, reason: str = "screen_unknown") -> Plead:
    run.hear(Unclear(sight, reason), 1)
    action = run.hear(Unclear(sight, reason), LIMITS.settle_s + 0.5)
    assert isinstance(action, Plead), action
    return action


@pytest.mark.parametrize("reason", sorted(HELPED_WITH))
def test_with_a_person_it_asks_and_without_one_it_halts(reason: str) -> None:
    """The same page is a question if somebody is there, and the end if nobody is."""
    assert _plead(_helped_run(), reason=reason).plea.reason == reason
    run = Driven()
    run.hear(Unclear(PORTAL, reason), 1)
    action = run.hear(Unclear(PORTAL, reason), LIMITS.settle_s + 0.5)
    assert isinstance(action, Stop)
    assert reasons()[action.reason or ""].outcome is Outcome.HALTED


@pytest.mark.parametrize(
    "reason", ["forbidden_control", "host_not_allowed", "wrong_screen", "consent_state_unclear", "page_unguarded"]
)
def test_a_rule_of_safety_halts_whoever_is_there(reason: str) -> None:
    """What a safety rule stops isn't put to the person."""
    run = _helped_run()
    run.hear(Unclear(PORTAL, reason), 1)
    assert isinstance(run.hear(Unclear(PORTAL, reason), LIMITS.settle_s + 0.5), Stop)


def test_a_page_that_is_on_its_way_is_not_asked_about() -> None:
    """Nothing is asked while the page still changes, or while a press may yet have its effect."""
    run = _helped_run()
    assert isinstance(run.hear(Unclear(PORTAL, "screen_unknown"), 1), Rest)
    assert isinstance(run.hear(Unclear(replace(PORTAL, fingerprint=8), "screen_unknown"), 2.5), Rest)
    plea = _plead(run, replace(PORTAL, fingerprint=9)).plea
    act = run.hear(ScreenShown(plea, PORTAL, Press("landing", BOX, plea.sought[0])))
    assert isinstance(act, Perform)
    run.hear(Done(act))
    assert isinstance(run.hear(Unclear(PORTAL, "screen_unknown"), 3), Rest)
    assert isinstance(run.hear(Unclear(PORTAL, "screen_unknown"), 9), Plead), "the press had no effect"


@pytest.mark.parametrize(
    ("answer", "reason"), [("stop", "person_stopped"), ("by_hand", "person_by_hand"), ("pending", "person_absent")]
)
def test_stop_by_hand_and_silence_are_cancelled(answer: HelpAnswer, reason: str) -> None:
    """None of them is the assistant's halt."""
    run = _helped_run()
    plea = _plead(run).plea
    if answer == "pending":
        assert isinstance(run.hear(Helped(plea, answer)), Rest)
        run.hear(Unclear(PORTAL, "screen_unknown"), LIMITS.person_s + 1)
    action = run.hear(Helped(plea, answer))
    assert isinstance(action, Stop)
    assert action.reason == reason
    assert reasons()[reason].outcome is Outcome.CANCELLED


def test_a_person_who_presses_themselves_is_waited_for() -> None:
    """The run watches, and goes on at the next page that it knows."""
    run = _helped_run()
    plea = _plead(run).plea
    assert isinstance(run.hear(Helped(plea, "self")), Rest)
    known = Looked(Sight("home", (2.0,), sites=frozenset({"portal"})), Press("home", BOX, "nes_menu"))
    run.hear(known, 1)
    assert isinstance(run.hear(known, LIMITS.settle_s + 0.5), Perform)


def test_what_is_looked_for_follows_the_way() -> None:
    """We don't ask again for ways behind us; after the login only for the portal's own; at the gateway for none."""
    run = _helped_run()
    assert _plead(run).plea.sought == WAYS[:3]
    run.hear(Looked(Sight("login", (2.0,), 8, sites=frozenset({"gateway"})), LetPersonAct("login", "login")), 1)
    inside = replace(PORTAL, documents=(3.0,), fingerprint=9)
    plea = _plead(run, inside).plea
    assert (plea.after, plea.sought) == ("login", ("nes_menu", "individual_menu", "eonay_tile"))
    act = run.hear(ScreenShown(plea, inside, Press("login", BOX, "nes_menu")))
    assert isinstance(act, Perform)
    run.hear(Done(act))
    assert _plead(run, replace(PORTAL, documents=(4.0,), fingerprint=10)).plea.sought == WAYS[3:]
    gateway = replace(PORTAL, documents=(5.0,), fingerprint=11, sites=frozenset({"gateway"}))
    assert _plead(run, gateway).plea.sought == ()
    anywhere = replace(PORTAL, documents=(6.0,), fingerprint=12, sites=frozenset({"portal", "gateway"}))
    assert _plead(run, anywhere).plea.sought == ()


@pytest.mark.parametrize(("screen", "sought"), [*WAYS_OF.items(), ("eonay_missing", ()), ("signing", ())])
def test_on_a_known_screen_only_its_own_way_may_be_shown(screen: str, sought: tuple[str, ...]) -> None:
    """If we know the page but not its control, we look for nothing else; nobody may point at a control with legal weight."""
    assert _plead(_helped_run(), replace(PORTAL, screen=screen), "control_missing").plea.sought == sought


def test_only_what_was_looked_for_is_pressed() -> None:
    """A control of weight, or one that wasn't looked for, is a mistake of ours and no press."""
    plea = _plead(run := _helped_run()).plea
    for press in (Press("landing", BOX, "proceed"), Press("landing", BOX, plea.sought[0], approval="consent")):
        with pytest.raises(LookupError):
            step(run.state, ScreenShown(plea, PORTAL, press), run.now + 1, LIMITS)
    with pytest.raises(LookupError):
        step(RunState.begun(0), Helped(Plea("screen_unknown", "", ""), "stop"), 1, LIMITS)


def test_the_ways_are_those_that_may_get_words() -> None:
    """The table names the harmless ways in their order, and screens of the portal's description."""
    assert WAYS == WAYS_ON
    assert set(WAYS) <= set(ALLOWED)
    assert {way for ways in WAYS_OF.values() for way in ways} <= set(WAYS)
    assert set(WAYS_OF) <= set(portal_look().screens)
    assert set(BEHIND) - {"elsewhere"} <= set(portal_look().screens)
