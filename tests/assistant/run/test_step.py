"""Whatever a portal, a card and a person do, in whatever order: the rules of a run hold, and every run ends."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.outcome import Outcome, reasons
from assistant.run import events as events_module
from assistant.run import limits as limits_module
from assistant.run import rules as rules_module
from assistant.run import state as state_module
from assistant.run import step as step_module
from assistant.run import tables as tables_module
from assistant.run.events import (
    Act,
    Action,
    Answered,
    Ask,
    Close,
    Closed,
    CoveredBy,
    Done,
    Event,
    Held,
    LetAct,
    Looked,
    Lying,
    NoWindow,
    PersonActed,
    Shifted,
    Sight,
    SignatureFailed,
    SignatureSaid,
    Stop,
    Turned,
    Unclear,
    Visit,
    Visited,
    Went,
)
from assistant.run.limits import COUNTS, Limits
from assistant.run.question import Answer
from assistant.run.state import RunState, ending
from assistant.run.step import step
from assistant.run.tables import APPROVALS, BESIDE, PHASES, SIGNATURES, Turn
from docs.draw_run import PLACE, drawn
from flows import Control, Phase, Signature
from flows.code import ShownCode
from flows.consent import (
    Approval,
    AskAgain,
    Decision,
    End,
    HandOver,
    LetPersonAct,
    Press,
    StartOver,
    Tick,
    Wait,
)

LIMITS = Limits()
BOX = Control(0, 0, "button", "", "", "", "Devam", (), "", "", (), False, False, -1, -1, (0, 0, 9, 9))
STEPS_AT_MOST = 30_000
"""Events within which every run has ended, at the pace of these tests."""


@dataclass
class Driven:
    """A run without a browser: what it has done, seen from outside."""

    limits: Limits = LIMITS
    now: float = 0.0
    state: RunState = field(default_factory=lambda: RunState.begun(0.0))
    weighty: Counter[tuple[str, float, str]] = field(default_factory=Counter)
    """Presses of weight by approval, document and the code that was shown."""
    by_screen: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    signed_on: set[float | None] = field(default_factory=set)
    answered: Ask | None = None
    sight: Sight = field(default_factory=Sight)
    stop: Stop | None = None

    def hear(self, event: Event, later: float = 0.0) -> Action:
        """Let *event* happen *later* seconds on, and check what the run wants then."""
        self.now += later
        before = self.state
        self.state, action = step(self.state, event, self.now, self.limits)
        yes = isinstance(event, Answered) and event.answer == "yes"
        if isinstance(event, Looked):
            self.sight = event.sight
        if isinstance(event, Visited):
            self.signed_on -= {event.left}
        if isinstance(action, Act) and action.question is not None:
            assert yes, "an act of weight without a yes just before it"
            assert isinstance(event, Answered)
            assert event.ask.then == action
            approval = action.question.approval
            assert approval in APPROVALS[before.phase]
            assert approval in BESIDE[before.signature]
        if isinstance(action, Act) and isinstance(action.decision, HandOver):
            self.codes[action.decision.code.value] += 1
            self.signed_on = {action.sight.document}
        if isinstance(action, Stop):
            self.stop = action
            if action.outcome is Outcome.CONSENT_GIVEN:
                assert before.phase is Phase.CHECKING
                assert self.sight.document not in self.signed_on
        self.check()
        return action

    def note(self, act: Act) -> None:
        """Count a press of weight that really happened."""
        if isinstance(act.decision, Press) and act.decision.approval:
            code = act.sight.code if act.decision.approval == "renew_code" else ""
            self.weighty[act.decision.approval, act.sight.document, code] += 1
            self.by_screen[act.decision.approval, act.sight.screen, self.state.phase] += 1

    def check(self) -> None:
        """What holds at every moment."""
        assert max(self.weighty.values(), default=0) <= 1, "two presses of weight on one page"
        assert max(self.codes.values(), default=0) <= 1, "a code was handed over twice"
        assert self.codes.total() <= self.limits.codes
        for (approval, _, _), count in self.by_screen.items():
            assert count <= {"sharing": 2, "consent": 2, "renew_code": self.limits.codes - 1}[approval]


@dataclass(frozen=True)
class Turned1:
    """What the world does in one turn."""

    event: Event
    answer: Answer
    outcome: str
    """What comes of an act: it is done, a layer was closed instead, or it could not be done."""
    signature: Signature | None
    later: float


def live(turns: Sequence[Turned1], limits: Limits = LIMITS) -> Driven:
    """Live through *turns* over and over until the run ends."""
    run = Driven(limits)
    action: Action = Visit()
    for turn, _ in zip(cycle(turns), range(STEPS_AT_MOST), strict=False):
        while (event := reply(run, action, turn)) is not None:
            action = run.hear(event, 0.01)
            if run.stop:
                return run
        for event in heard(run, turn):
            action = run.hear(event, turn.later if isinstance(event, Turned) else 0.01)
            if run.stop:
                return run
    raise AssertionError("this run never ends")


def reply(run: Driven, action: Action, turn: Turned1) -> Event | None:
    """Return what comes of *action*."""
    match action:
        case Ask():
            return Answered(action, turn.answer)
        case Act():
            if isinstance(action.decision, HandOver) and turn.outcome == "failed":
                return SignatureFailed("service_unreachable")
            if turn.outcome == "shifted":
                return Shifted()
            if turn.outcome == "covered":
                return CoveredBy("Duyuru")
            if turn.outcome == "closed" and not isinstance(action.decision, HandOver):
                return Done(action, done=False)
            run.note(action)
            return Done(action)
        case Close():
            return Closed(action, done=turn.outcome != "shifted")
        case LetAct():
            return PersonActed(action.sight, done=turn.answer == "yes")
        case Visit():
            if action.by_home and turn.outcome == "done":
                return Went(action.by_home)
            return Visited() if action.new_window else Visited(run.sight.document)
    return None


def heard(run: Driven, turn: Turned1) -> Sequence[Event]:
    """Return the events of a turn, as the loop gives them."""
    said = turn.signature
    is_polled = run.state.signature.is_under_way or run.state.signature is Signature.ELSEWHERE
    signs = [SignatureSaid(said)] if is_polled and said in SIGNATURES[run.state.signature] else []
    return [Turned(), *signs, turn.event]


screens = st.sampled_from(["landing", "hop", "sharing", "eonay_missing", "eonay_given", "signing", "signed", "nes"])
sights = st.builds(
    Sight,
    screen=screens,
    documents=st.sampled_from([(1.0,), (2.0,), (3.0,), (1.0, 9.0)]),
    fingerprint=st.integers(0, 3),
    alerts=st.sampled_from([(), ("Hata",)]),
    code=st.sampled_from(["", "1" * 15, "2" * 15]),
    status=st.sampled_from([0, 200, 503]),
    layer=st.sampled_from(
        [None, None, None, Lying("Duyuru", can_close=True), Lying("Emin misiniz?"), Lying("8 sn", goes=True)]
    ),
    is_loading=st.booleans(),
    is_complete=st.booleans(),
    is_busy=st.booleans(),
    awaits_scripts=st.booleans(),
    has_failed=st.sampled_from([False, False, False, True]),
    says_banner=st.booleans(),
)
codes = st.builds(ShownCode, st.sampled_from(["1" * 15, "2" * 15, "3" * 15]), st.sampled_from([None, 5, 200]))
approvals: st.SearchStrategy[Approval | None] = st.sampled_from([None, "sharing", "consent", "renew_code"])
decisions: st.SearchStrategy[Decision] = st.one_of(
    st.builds(Press, st.just("step"), st.just(BOX), st.sampled_from(["tile", "proceed"]), approvals),
    st.builds(Tick, st.just("eonay_missing"), st.just(BOX), st.just("consent")),
    st.builds(HandOver, st.just("signing"), codes),
    st.builds(LetPersonAct, st.just("login"), st.just("login")),
    st.builds(Wait, st.sampled_from(["hop", "signing"]), st.sampled_from([20.0, 60.0, 330.0])),
    st.just(AskAgain("signed")),
    st.just(StartOver("session_ended")),
    st.builds(
        lambda end: End(*end),
        st.sampled_from(
            [
                ("consent_given", None),
                ("already_consented", None),
                ("unverified", "not_confirmed"),
                ("failed", "portal_maintenance"),
            ]
        ),
    ),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Looked, sights, decisions),
    st.builds(Looked, sights, decisions),
    st.builds(Looked, sights, decisions),
    st.builds(
        Unclear,
        sights,
        st.sampled_from(
            ["screen_unknown", "screen_ambiguous", "control_missing", "host_not_allowed", "code_unreadable"]
        ),
    ),
    st.builds(Held, st.sampled_from(["Tamam", "İptal edilsin mi?"]), st.booleans()),
    st.just(NoWindow()),
    st.just(Shifted()),
)
turns = st.builds(
    Turned1,
    events,
    st.sampled_from(["yes", "yes", "yes", "pending", "no"]),
    st.sampled_from(["done", "done", "done", "closed", "covered", "shifted", "failed"]),
    st.sampled_from([None, *SIGNATURES[Signature.RUNNING]]),
    st.sampled_from([0.25, 1.0, 3.0, 9.0, 40.0, 700.0]),
)
hopeful = st.builds(
    Turned1,
    st.builds(Looked, st.builds(replace, sights, layer=st.none(), has_failed=st.just(False)), decisions),
    st.just("yes"),
    st.just("done"),
    st.sampled_from([None, Signature.RUNNING, Signature.ACCEPTED, Signature.CODE_DEAD, Signature.ELSEWHERE]),
    st.sampled_from([1.0, 9.0]),
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(turns, min_size=1, max_size=6), st.lists(hopeful, min_size=1, max_size=10)))
def test_whatever_happens_the_rules_hold_and_there_is_an_end(lived: list[Turned1]) -> None:
    """No second press of weight on a page, no code given twice, no word of the signature's own page, and an end."""
    run = live(lived)
    assert run.stop is not None
    assert run.stop.outcome is not None or run.stop.reason in reasons()
    outcome, reason = ending(run.state, run.stop.outcome or reasons()[run.stop.reason or ""].outcome, run.stop.reason)
    if run.state.may_be_handed_in:
        assert outcome in {Outcome.CONSENT_GIVEN, Outcome.UNVERIFIED}, (outcome, reason)


def consent_on(document: float) -> Looked:
    """Return a look at the consent's page, loaded at *document*."""
    sight = Sight("eonay_missing", (document,))
    return Looked(sight, Press("eonay_missing", BOX, "proceed", "consent", "E-Onay veriyorum"))


def approve(run: Driven, looked: Looked) -> Action:
    """Look, say yes and let it be done; return what the run wants then."""
    ask = run.hear(looked, 15)
    if not isinstance(ask, Ask):
        return ask
    act = run.hear(Answered(ask, "yes"))
    if not isinstance(act, Act):
        return act
    run.note(act)
    return run.hear(Done(act))


def test_devam_is_pressed_once_on_a_page_and_on_two_pages_at_most() -> None:
    """A page on which Devam was pressed is never pressed again, whatever it shows; a third page is not pressed at all."""
    run = Driven()
    approve(run, consent_on(1.0))
    again = run.hear(consent_on(1.0), 5)
    assert not isinstance(again, Ask | Act)
    assert isinstance(run.hear(consent_on(1.0), 30), Stop)
    run = Driven()
    assert not isinstance(approve(run, consent_on(1.0)), Stop)
    assert not isinstance(approve(run, consent_on(2.0)), Stop)
    assert approve(run, consent_on(3.0)) == Stop("navigation_stuck")
    assert run.weighty.total() == 2


def handed_over(run: Driven, code: str = "1" * 15, document: float = 5.0) -> Action:
    """Give a code away."""
    return approve(run, Looked(Sight("signing", (document,)), HandOver("signing", ShownCode(code, 200))))


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
    assert not isinstance(handed_over(run), Ask | Act)
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
    for module in (events_module, limits_module, rules_module, state_module, step_module, tables_module):
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        ours = {name for name in named if name.startswith(("assistant", "flows"))}
        pure = {
            f"assistant.run.{name}" for name in ("events", "limits", "question", "rules", "state", "step", "tables")
        }
        assert ours <= {*pure, "assistant.outcome", "flows", "flows.consent"}, module
        assert named - ours <= {"__future__", "collections.abc", "dataclasses", "enum", "types", "typing"}, module


def test_a_code_that_was_not_given_away_leaves_no_signature_behind() -> None:
    """Where one code more is too many, the run ends as what it is: nothing of that code can be with the portal."""
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
    assert not isinstance(handed_over(run, "2" * 15, document=6.0), Ask | Act)
    renew = Press("signing", BOX, "renew_code", "renew_code")
    assert not isinstance(run.hear(Looked(Sight("signing", (6.0,)), renew), 1), Ask | Act)
    assert run.codes.total() == 1


def test_a_word_of_success_before_the_code_was_given_is_about_something_else() -> None:
    """A greeting that says so on the way in neither sends the run to its check nor is remembered."""
    run = Driven()
    assert run.hear(Looked(Sight("home", (1.0,), says_banner=True), AskAgain("signed")), 1) == Visit()
    run.hear(Visited(1.0))
    assert run.state.phase is Phase.GIVING
    assert not run.state.told.banner


def test_a_word_of_success_during_the_signature_is_kept_until_it_has_ended() -> None:
    """The page is not left while the signature is under way; a failure after that word is for the portal to decide."""
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
