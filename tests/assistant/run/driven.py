"""Runs without a browser: the events of a world, in whatever order, and what must hold at every moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle

from hypothesis import strategies as st

from assistant.base.outcome import Outcome
from assistant.run.events import (
    Action,
    Answered,
    Ask,
    Close,
    Closed,
    CoveredBy,
    Done,
    Event,
    Held,
    Helped,
    LetAct,
    Looked,
    Lying,
    Missed,
    NoWindow,
    Perform,
    PersonActed,
    Plead,
    ScreenShown,
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
from assistant.run.question import Answer, HelpAnswer
from assistant.run.state import RunState
from assistant.run.step import step
from assistant.run.tables import APPROVALS, BESIDE, SIGNATURES
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
from flows.settled import Drawn

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
    tried: Counter[tuple[str, float, str]] = field(default_factory=Counter)
    """The same, with those that are said to have met something else: for all that anybody knows, each was a press."""
    yeses: int = 0
    """How often the person has said yes to an act of weight since the last press of one."""
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
        if isinstance(event, Looked | Unclear):
            self.sight = event.sight
        if isinstance(event, Visited):
            self.signed_on -= {event.left}
        self.yeses += yes and isinstance(event, Answered) and event.ask.then is not None
        if isinstance(action, Perform) and action.question is not None:
            assert yes, "an act of weight without a yes just before it"
            assert isinstance(event, Answered)
            assert event.ask.then == action
            approval = action.question.approval
            assert approval in APPROVALS[before.phase]
            assert approval in BESIDE[before.signature]
        if isinstance(action, Perform) and isinstance(action.decision, HandOver):
            self.codes[action.decision.code.value] += 1
            self.signed_on = {action.sight.document}
        if isinstance(action, Stop):
            self.stop = action
            if action.outcome is Outcome.CONSENT_GIVEN:
                assert before.phase is Phase.CHECKING
                assert self.sight.document not in self.signed_on
        self.check()
        return action

    def note(self, act: Perform, *, missed: bool = False) -> None:
        """Count a press of weight; one that *missed* may have happened all the same."""
        if isinstance(act.decision, Press) and act.decision.approval:
            code = act.sight.code if act.decision.approval == "renew_code" else ""
            self.tried[act.decision.approval, act.sight.document, code] += 1
            assert self.yeses > 0, "a yes was used for two presses"
            self.yeses = 0
            if missed:
                return
            self.weighty[act.decision.approval, act.sight.document, code] += 1
            self.by_screen[act.decision.approval, act.sight.screen, self.state.phase] += 1

    def check(self) -> None:
        """What holds at every moment."""
        assert max(self.weighty.values(), default=0) <= 1, "two presses of weight on one page"
        assert max(self.tried.values(), default=0) <= 1 + COUNTS["missed"].at_most(self.limits), "tried again and again"
        assert max(self.codes.values(), default=0) <= 1, "a code was handed over twice"
        assert self.codes.total() <= self.limits.codes
        for (approval, _, _), count in self.by_screen.items():
            assert count <= {"sharing": 2, "consent": 2, "renew_code": self.limits.codes - 1}[approval]


@dataclass(frozen=True)
class WorldTurn:
    """What the world does in one turn."""

    event: Event
    answer: Answer
    outcome: str
    """What comes of an act: it is done, a layer was closed instead, or it could not be done."""
    signature: Signature | None
    later: float


def live(turns: Sequence[WorldTurn], limits: Limits = LIMITS, *, has_helper: bool = False) -> Driven:
    """Live through *turns* over and over until the run ends."""
    run = Driven(limits, state=RunState.begun(0.0, has_helper=has_helper))
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


def reply(run: Driven, action: Action, turn: WorldTurn) -> Event | None:
    """Return what comes of *action*."""
    match action:
        case Ask():
            return Answered(action, turn.answer)
        case Perform():
            if isinstance(action.decision, HandOver) and turn.outcome == "failed":
                return SignatureFailed("service_unreachable")
            if turn.outcome == "shifted":
                return Shifted()
            if turn.outcome == "missed" and isinstance(action.decision, Press):
                run.note(action, missed=True)
                return Missed(action)
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
        case Plead():
            if turn.answer == "yes" and action.plea.sought and turn.outcome == "done":
                return ScreenShown(action.plea, run.sight, Press("step", BOX, action.plea.sought[0]))
            said: Mapping[Answer, HelpAnswer] = {"yes": "self", "no": "stop", "pending": "pending"}
            return Helped(action.plea, said[turn.answer])
        case Visit():
            if action.by_home and turn.outcome == "done":
                return Went(action.by_home)
            return Visited() if action.new_window else Visited(run.sight.document)
    return None


def heard(run: Driven, turn: WorldTurn) -> Sequence[Event]:
    """Return the events of a turn, as the loop gives them."""
    said = turn.signature
    is_polled = run.state.signature.is_under_way or run.state.signature is Signature.ELSEWHERE
    signs = [SignatureSaid(said)] if is_polled and said in SIGNATURES[run.state.signature] else []
    return [Turned(), *signs, turn.event]


screens = st.sampled_from(["landing", "hop", "sharing", "eonay_missing", "eonay_given", "signing", "signed", "nes"])
sights = st.builds(
    Sight,
    screen=screens,
    sites=st.sampled_from([frozenset({"portal"}), frozenset({"gateway"})]),
    documents=st.sampled_from([(1.0,), (2.0,), (3.0,), (1.0, 9.0)]),
    fingerprint=st.integers(0, 3),
    alerts=st.sampled_from([(), ("Hata",)]),
    code=st.sampled_from(["", "1" * 15, "2" * 15]),
    status=st.sampled_from([0, 200, 503]),
    layer=st.sampled_from(
        [None, None, None, Lying("Duyuru", can_close=True), Lying("Emin misiniz?"), Lying("8 sn", goes=True)]
    ),
    is_loading=st.booleans(),
    is_leaving=st.booleans(),
    drawn=st.builds(Drawn, st.integers(0, 2), st.booleans(), st.booleans(), st.booleans(), st.booleans()),
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
    WorldTurn,
    events,
    st.sampled_from(["yes", "yes", "yes", "pending", "no"]),
    st.sampled_from(["done", "done", "done", "closed", "covered", "shifted", "missed", "failed"]),
    st.sampled_from([None, *SIGNATURES[Signature.RUNNING]]),
    st.sampled_from([0.25, 1.0, 3.0, 9.0, 40.0, 700.0]),
)
hopeful = st.builds(
    WorldTurn,
    st.builds(Looked, st.builds(replace, sights, layer=st.none(), has_failed=st.just(False)), decisions),
    st.just("yes"),
    st.just("done"),
    st.sampled_from([None, Signature.RUNNING, Signature.ACCEPTED, Signature.CODE_DEAD, Signature.ELSEWHERE]),
    st.sampled_from([1.0, 9.0]),
)


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
    if not isinstance(act, Perform):
        return act
    run.note(act)
    return run.hear(Done(act))


def handed_over(run: Driven, code: str = "1" * 15, document: float = 5.0) -> Action:
    """Give a code away."""
    return approve(run, Looked(Sight("signing", (document,)), HandOver("signing", ShownCode(code, 200))))
