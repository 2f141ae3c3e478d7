"""Whatever a portal, a card and a person do, in whatever order: the rules of a run hold, and every run ends."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.base.outcome import Outcome, reasons
from assistant.run import events as events_module
from assistant.run import limits as limits_module
from assistant.run import rules as rules_module
from assistant.run import state as state_module
from assistant.run import step as step_module
from assistant.run import tables as tables_module
from assistant.run.events import (
    Action,
    Answered,
    Ask,
    Done,
    Looked,
    Missed,
    Perform,
    Sight,
    SignatureFailed,
    SignatureSaid,
    Stop,
    Visit,
    Visited,
    Went,
)
from assistant.run.limits import COUNTS
from assistant.run.state import RunState, ending
from assistant.run.step import step
from assistant.run.tables import APPROVALS, BESIDE, PHASES, SIGNATURES, Turn
from docs.draw_run import PLACE, drawn
from flows import Phase, Signature
from flows import settled as settled_module
from flows.code import ShownCode
from flows.consent import (
    Approval,
    AskAgain,
    End,
    HandOver,
    Press,
)
from tests.assistant.run.driven import (
    BOX,
    LIMITS,
    Driven,
    WorldTurn,
    approve,
    consent_on,
    handed_over,
    hopeful,
    live,
    turns,
)


@settings(max_examples=200)
@given(st.one_of(st.lists(turns, min_size=1, max_size=6), st.lists(hopeful, min_size=1, max_size=10)), st.booleans())
def test_whatever_happens_the_rules_hold_and_there_is_an_end(lived: list[WorldTurn], has_helper: bool) -> None:
    """No second press of weight on a page, no code given twice, no word of the signature's own page, and an end."""
    run = live(lived, has_helper=has_helper)
    assert run.stop is not None
    assert run.stop.outcome is not None or run.stop.reason in reasons()
    outcome, reason = ending(run.state, run.stop.outcome or reasons()[run.stop.reason or ""].outcome, run.stop.reason)
    if run.state.may_be_handed_in:
        assert outcome in {Outcome.CONSENT_GIVEN, Outcome.UNVERIFIED}, (outcome, reason)


@pytest.mark.nightly(
    sample="tests/assistant/run/test_step.py::test_whatever_happens_the_rules_hold_and_there_is_an_end"
)
@settings(max_examples=20_000)
@given(st.one_of(st.lists(turns, min_size=1, max_size=8), st.lists(hopeful, min_size=1, max_size=12)))
def test_whatever_happens_for_a_long_time(lived: list[WorldTurn]) -> None:
    """The same, with a hundred times as many worlds."""
    assert live(lived).stop is not None


@pytest.mark.parametrize(
    ("fared", "reason"),
    [({}, "navigation_stuck"), ({"is_cut_off": True}, "portal_unreachable"), ({"status": 502}, "portal_error")],
)
def test_a_page_that_stays_because_its_site_failed_says_so(fared: dict[str, Any], reason: str) -> None:
    """A page drawn by scripts stays where it is when its site doesn't answer: then that is the reason, no riddle."""
    run = Driven()
    action: Action | None = None
    for _turn in range(60):
        looked = Looked(Sight("nes", (1.0,), fingerprint=7, **fared), Press("eonay_tile", BOX, "it"))
        action = run.hear(looked, 5)
        if isinstance(action, Stop):
            break
        if isinstance(action, Perform):
            run.hear(Done(action, done=True), 1)
    assert action == Stop(reason)


@pytest.mark.parametrize("approval", ["sharing", "consent", "renew_code"])
def test_a_press_that_is_said_to_have_missed_is_not_made_for_ever(approval: Approval) -> None:
    """A page whose guard reports each press of weight as missed gets three, each after its own yes, and no more."""
    run = Driven()
    looked = Looked(Sight("sharing", (1.0,), code="1" * 15), Press("sharing", BOX, "it", approval))
    action: Action = run.hear(looked, 15)
    for _ in range(3):
        assert isinstance(action, Ask)
        act = run.hear(Answered(action, "yes"))
        assert isinstance(act, Perform)
        run.note(act, missed=True)
        action = run.hear(Missed(act))
        if not isinstance(action, Stop):
            action = run.hear(looked, 1)
    assert action == Stop("navigation_stuck")
    assert run.tried.total() == 3


def test_devam_is_pressed_once_on_a_page_and_on_two_pages_at_most() -> None:
    """A page on which Devam was pressed is never pressed again, whatever it shows; a third page isn't pressed at all."""
    run = Driven()
    approve(run, consent_on(1.0))
    again = run.hear(consent_on(1.0), 5)
    assert not isinstance(again, Ask | Perform)
    assert isinstance(run.hear(consent_on(1.0), 30), Stop)
    run = Driven()
    assert not isinstance(approve(run, consent_on(1.0)), Stop)
    assert not isinstance(approve(run, consent_on(2.0)), Stop)
    assert approve(run, consent_on(3.0)) == Stop("navigation_stuck")
    assert run.weighty.total() == 2


@pytest.mark.parametrize("document", [5.0, 6.0])
def test_only_another_page_than_the_signatures_confirms(document: float) -> None:
    """``verilmiş`` on the page that the code stood on counts only once that page has made way; elsewhere at once."""
    run = Driven()
    handed_over(run, document=5.0)
    run.hear(SignatureSaid(Signature.ACCEPTED))
    given = Sight("eonay_given", (document, 77.0))
    assert run.hear(Looked(given, AskAgain("eonay_given")), 1) == Visit(by_home=given)
    run.hear(Went(given))
    seen_again = run.hear(Looked(given, End("consent_given")), 1)
    assert seen_again == (Visit() if document == 5.0 else Stop(None, Outcome.CONSENT_GIVEN))
    if document == 5.0:
        run.hear(Visited(4.0))
        assert run.hear(Looked(given, End("consent_given")), 1) == Stop("not_confirmed")
        assert run.signed_on


def test_a_code_is_given_away_once() -> None:
    """The code that is already with the signing component is waited for, and never given a second time."""
    run = Driven()
    handed_over(run)
    run.hear(SignatureSaid(Signature.CODE_DEAD))
    assert not isinstance(handed_over(run), Ask | Perform)
    assert run.codes.total() == 1
    handed_over(run, "2" * 15)
    assert run.codes.total() == 2


def test_an_answer_that_nobody_waits_for_is_an_error() -> None:
    """An event without a row is refused, not ignored."""
    run = Driven()
    ask = run.hear(consent_on(1.0), 1)
    assert isinstance(ask, Ask)
    with pytest.raises(LookupError):
        step(RunState.begun(0), Answered(ask, "yes"), 1.0, LIMITS)
    with pytest.raises(LookupError):
        step(RunState.begun(0), SignatureSaid(Signature.ACCEPTED), 1.0, LIMITS)


def test_the_tables_are_whole() -> None:
    """Every phase and every signature has its row, every row leads to one that has, and every limit has a reason."""
    assert set(PHASES) == set(APPROVALS) == set(Phase)
    assert set(SIGNATURES) == set(BESIDE) == set(Signature)
    assert all(set(moves) <= set(Turn) and set(moves.values()) <= set(Phase) for moves in PHASES.values())
    assert PHASES[Phase.CHECKING] == {}
    assert "consent" not in APPROVALS[Phase.CHECKING] | BESIDE[Signature.RUNNING] | BESIDE[Signature.ELSEWHERE]
    assert {"consent", "hand_off", "renew_code"}.isdisjoint(APPROVALS[Phase.CHECKING] | BESIDE[Signature.ACCEPTED])
    assert all(row.reason in reasons() and row.at_most(LIMITS) >= 1 for row in COUNTS.values())


def test_a_state_shows_no_code() -> None:
    """No representation of a state or an event holds the code."""
    run = Driven()
    handed_over(run)
    sight = Sight("signing", (1.0,), code="1" * 15)
    assert "1" * 15 not in repr((run.state, sight, Looked(sight, HandOver("signing", ShownCode("1" * 15, 9)))))


def test_the_page_that_shows_the_tables_is_theirs() -> None:
    """docs/run.md is what ``python -m docs.draw_run`` draws from the tables now."""
    assert PLACE.read_text(encoding="utf-8") == drawn()


def test_the_rules_know_no_browser_and_no_clock() -> None:
    """The files that decide import neither Playwright nor a clock, and nothing of ours that does something."""
    deciding = (events_module, limits_module, rules_module, state_module, step_module, tables_module, settled_module)
    for module in deciding:
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        ours = {name for name in named if name.startswith(("assistant", "flows"))}
        pure = {
            f"assistant.run.{name}" for name in ("events", "limits", "question", "rules", "state", "step", "tables")
        }
        assert ours <= {
            *pure,
            "assistant.base.outcome",
            "assistant.base.words",
            "flows",
            "flows.consent",
            "flows.settled",
        }, module
        assert named - ours <= {"__future__", "collections.abc", "dataclasses", "enum", "types", "typing"}, module


def test_a_code_that_was_not_given_away_leaves_no_signature_behind() -> None:
    """If one more code is too many, the run ends as what it is: the portal can have nothing of that code."""
    run = Driven()
    for number in range(LIMITS.codes):
        handed_over(run, str(number) * 15, document=float(number))
        run.hear(SignatureSaid(Signature.CODE_DEAD))
    assert handed_over(run, "9" * 15, document=9.0) == Stop("code_expired")
    assert run.state.signature is Signature.CODE_DEAD
    assert ending(run.state, Outcome.FAILED, "code_expired") == (Outcome.FAILED, "code_expired")


@pytest.mark.parametrize("signature", [Signature.RUNNING, Signature.ACCEPTED])
def test_another_code_waits_for_the_signature_with_the_first(signature: Signature) -> None:
    """While a signature may reach the portal, or has, no second one is begun, whatever code the page shows by now."""
    run = Driven()
    handed_over(run)
    run.hear(SignatureSaid(signature))
    assert not isinstance(handed_over(run, "2" * 15, document=6.0), Ask | Perform)
    renew = Press("signing", BOX, "renew_code", "renew_code")
    assert not isinstance(run.hear(Looked(Sight("signing", (6.0,)), renew), 1), Ask | Perform)
    assert run.codes.total() == 1


def test_a_word_of_success_before_the_code_was_given_is_about_something_else() -> None:
    """A greeting that says so on the way in neither sends the run to its check nor is remembered."""
    run = Driven()
    assert run.hear(Looked(Sight("home", (1.0,), says_banner=True), AskAgain("signed")), 1) == Visit()
    run.hear(Visited(1.0))
    assert run.state.phase is Phase.GIVING
    assert not run.state.told.banner


def test_a_word_of_success_during_the_signature_is_kept_until_it_has_ended() -> None:
    """The page isn't left while the signature is under way; a failure after that word is for the portal to decide."""
    run = Driven()
    handed_over(run)
    sight = Sight("signing", (5.0,), says_banner=True)
    assert not isinstance(run.hear(Looked(sight, AskAgain("signing")), 1), Visit)
    assert not isinstance(run.hear(SignatureFailed("service_unreachable")), Stop)
    assert isinstance(run.hear(Looked(sight, AskAgain("signing")), 1), Visit)


def test_a_way_home_that_leads_back_to_the_signature_is_not_the_last_word() -> None:
    """From there the entry's address is tried once, and only then is the result not checkable."""
    run = Driven()
    handed_over(run)
    run.hear(SignatureSaid(Signature.ACCEPTED))
    sight = Sight("signing", (5.0,))
    run.hear(Looked(sight, AskAgain("signing")), 1)
    run.hear(Went(sight))
    back = Looked(sight, End("unverified", "not_checkable"))
    assert run.hear(back, 1) == Visit()
    run.hear(Visited(5.0))
    assert run.hear(back, 1) == Stop("not_checkable", Outcome.UNVERIFIED)
