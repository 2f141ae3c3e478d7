"""What a run remembers, and how it moves on: the plain data behind every rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.base.outcome import Outcome
from assistant.run.events import Sight
from assistant.run.limits import Limits
from assistant.run.state import Asked, Handed, Over, Pressed, Quiet, RunState, Shown, Timers, Told, ending
from flows import Phase, Signature
from flows.consent import Known
from flows.settled import Settling

LIMITS = Limits(settle_s=2)
MAY_BE_THERE = {Signature.RUNNING, Signature.ELSEWHERE, Signature.ACCEPTED, Signature.UNSURE}


def test_a_run_begins_at_its_own_moment() -> None:
    """All clocks of a new run start when it begins, and nothing has happened yet."""
    begun = RunState.begun(7.0)
    assert begun.shown == Shown("", "", 7.0)
    assert begun.quiet == Quiet(0, 7.0)
    assert begun.timers == Timers(7.0, 7.0, None, None, slept=False, renewed=0.0)
    assert (begun.phase, begun.signature, begun.told) == (Phase.GIVING, Signature.NO, Told(False, False, False))
    assert (begun.pressed, begun.asked, begun.over, begun.handed) == (None, None, None, Handed((), 0.0, None))
    assert (begun.counts, begun.weighty, begun.missed, begun.has_helper) == ({}, {}, {}, False)
    assert begun.settling == Settling()
    assert RunState.begun(7.0, has_helper=True).has_helper
    assert not RunState().has_helper
    assert RunState().timers == Timers(0.0, 0.0, renewed=0.0)
    assert RunState().shown.since == RunState().quiet.since == 0.0


def test_what_the_flow_is_told() -> None:
    """The flow gets the phase, the newest code, and how often each way was pressed, by its bare name."""
    state = RunState(phase=Phase.HANDED_OVER, signature=Signature.WAITING, told=Told(missing=True, banner=True))
    state = replace(state, handed=Handed(("1", "2", "3")), counts={"way nes_menu": 2, "press nes nes_menu": 3})
    assert state.known() == Known(Phase.HANDED_OVER, True, Signature.WAITING, "3", True, {"nes_menu": 2})
    assert RunState().known() == Known()


@pytest.mark.parametrize("signature", Signature)
def test_a_signature_that_may_be_with_the_portal_is_never_called_undone(signature: Signature) -> None:
    """Whatever ends the run: only the portal's own word counts then, and otherwise the run ends as it is."""
    state = RunState(signature=signature)
    assert state.is_signed == (signature in {Signature.ACCEPTED, Signature.UNSURE})
    assert state.may_be_handed_in == (signature in MAY_BE_THERE)
    unsure = (Outcome.UNVERIFIED, "not_checkable")
    for outcome in (Outcome.FAILED, Outcome.HALTED, Outcome.CANCELLED, Outcome.ALREADY_CONSENTED):
        assert ending(state, outcome, "x") == (unsure if state.may_be_handed_in else (outcome, "x"))
    for outcome in (Outcome.CONSENT_GIVEN, Outcome.UNVERIFIED):
        assert ending(state, outcome, "x") == (outcome, "x")


def test_when_to_look_for_what_covers_a_control() -> None:
    """When something lay over the page, or the last press has had no effect on the same page for a while."""
    page = (1.0, 2.0)
    pressed = RunState(pressed=Pressed("nes", page, 10.0, ()))
    assert not RunState().looks_closely(page, 99.0, LIMITS)
    assert RunState(over=Over("Duyuru", 0.0, 0.0)).looks_closely(page, 0.0, LIMITS)
    assert not pressed.looks_closely(page, 12.0, LIMITS)
    assert pressed.looks_closely(page, 12.1, LIMITS)
    assert not pressed.looks_closely((3.0,), 99.0, LIMITS)


def test_counting_is_by_name() -> None:
    """One more of one thing, none of another; what begins otherwise is kept."""
    state = RunState().counted("way a").counted("way a").counted("start_over").counted("press x")
    assert state.counts == {"way a": 2, "start_over": 1, "press x": 1}
    assert state.without("way ").counts == {"start_over": 1, "press x": 1}
    assert RunState().counts == {}


def test_the_check_begins_once_and_afresh() -> None:
    """The last check has its own ways and beginnings and forgets what was unclear; there is no second one."""
    before = RunState(timers=Timers(unclear=3.0, heard=4.0)).counted("way a").counted("start_over").counted("press x")
    checking = before.checking()
    assert (checking.phase, checking.counts) == (Phase.CHECKING, {"press x": 1})
    assert checking.timers == Timers(heard=4.0)
    with pytest.raises(LookupError):
        checking.checking()


def test_a_press_is_remembered_with_its_page() -> None:
    """After an act we know where and when it was, and wait for its page."""
    state = RunState().has_pressed(Sight("nes", (1.0,), alerts=("Hata",)), 5.0)
    assert state.pressed == Pressed("nes", (1.0,), 5.0, ("Hata",))
    assert state.settling == Settling().acted(5.0)


def test_something_over_the_page_stays_the_same_while_only_its_digits_change() -> None:
    """A countdown is one notice; other words are another, which has been there since the first; none gets its words."""
    first, over = RunState().covered_by("8 sn kaldı", 1.0)
    assert first.over == over == Over("8 sn kaldı", 1.0, 1.0)
    assert first.covered_by("7 sn kaldı", 2.0)[1] == over
    other, found = first.covered_by("Emin misiniz?", 3.0)
    assert other.over == found == Over("Emin misiniz?", 3.0, 1.0)
    silent = RunState(over=Over("", 1.0, 1.0, closed=1.5))
    assert silent.covered_by("Duyuru", 4.0)[1] == Over("Duyuru", 1.0, 1.0, closed=1.5)


def test_nothing_personal_is_shown() -> None:
    """Codes, pages of acts of weight and the words over a page stay out of every representation."""
    state = RunState(
        handed=Handed(("135791357913579",)),
        weighty={("renew_code", 1.0, "246802468024680"): 1.0},
        missed={("renew_code", 1.0, "246802468024680"): 1},
        over=Over("Sayın Ayşe", 0.0, 0.0),
        asked=Asked("consent", "x", 0.0),
    )
    for secret in ("135791357913579", "246802468024680", "Ayşe"):
        assert secret not in repr(state)
