"""`step`, the one function that moves the state of a run: every event has its rule here, and no event is ignored.

`step(state, event, now, limits) -> (state, action)`. Nobody else makes a `RunState` from another, and nothing here
knows a browser, a clock, a card or a person: see `assistant.run.state`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from assistant.base.outcome import Outcome
from assistant.run.events import (
    Answered,
    Close,
    Closed,
    CoveredBy,
    Done,
    Event,
    Held,
    Helped,
    LookAgain,
    Looked,
    Lying,
    Missed,
    NoWindow,
    Perform,
    PersonActed,
    Rest,
    ScreenShown,
    Shifted,
    Sight,
    SignatureFailed,
    SignatureSaid,
    StillThere,
    Stop,
    Turned,
    Unclear,
    Visit,
    Visited,
    Went,
)
from assistant.run.limits import COUNTS, FRAME_S, PASSING_S, PRESS_S, SIGNING_S, SLEPT_S, Limits
from assistant.run.question import CHECK_STEP, Question
from assistant.run.rules import (
    DECISIONS,
    Moved,
    absence,
    ask,
    count_key,
    count_or_stop,
    explained,
    go_ahead,
    is_at_rest,
    is_believed,
    person_left,
    plead,
    rest,
    weighty,
)
from assistant.run.state import Over, Quiet, RunState
from assistant.run.state import Shown as ShownScreen
from assistant.run.tables import HELPED_WITH, SIGNATURES
from flows.consent import Decision, End, HandOver, Phase, Press, Signature, Tick

_UNDERSTOOD = (Looked, Answered, Done, PersonActed, Went, Visited)
"""After these events a page counts as understood, unless something is about to be done with it."""
_REPLIES = (Answered, Done, Missed, Closed, PersonActed, Helped, ScreenShown, Went, Visited)
"""Events that report on an action, which may have taken its time. Before any other, a long silence is a sleep."""
_WEIGHTY_SCREENS = frozenset({"eonay_given", "eonay_missing"})
"""The two states of the E-Onay page look alike, so we believe them only once the page stands still."""
_UNSETTLED = "page_unsettled"
_UNDRAWN = frozenset({"screen_unknown", "screen_ambiguous", "control_missing", "consent_state_unclear"})
"""What a page seems to be while it is still being drawn."""
_HELP_ENDS = {"by_hand": "person_by_hand", "stop": "person_stopped"}
_REFUSED = {"sharing": "sharing_refused", "dialog": "person_stopped"}


def step(state: RunState, event: Event, now: float, limits: Limits) -> Moved:
    """Return the state that *event* leads to at *now*, and what to do next.

    *now* never goes backwards. Raises `LookupError` for an event that can't happen in this state.
    """
    if not isinstance(event, _REPLIES) and now - state.timers.heard > SLEPT_S:
        state = _woken(state, now)
    if state.counts.get("sleep", 0) > COUNTS["sleep"].at_most(limits):
        return state, Stop(COUNTS["sleep"].reason)
    after, action = _RULES[type(event)](state, event, now, limits)
    if isinstance(action, Stop) and isinstance(event, Looked | Unclear):
        action = explained(action, event.sight)
    if after.counts.get("screen", 0) > COUNTS["screen"].at_most(limits):
        return after, Stop(COUNTS["screen"].reason)
    timers = replace(after.timers, heard=now)
    if isinstance(event, _UNDERSTOOD) and isinstance(action, Rest | LookAgain | Visit):
        timers = replace(timers, unclear=None)
    if _is_progress(state, after):
        timers = replace(timers, progress=now)
    return replace(after, timers=timers), action


# --- looking ---------------------------------------------------------------------------------------------


def _woken(state: RunState, now: float) -> RunState:
    """Give pages their time again after a sleep, because they slept too; the person's time went on."""
    return replace(
        state,
        timers=replace(state.timers, unclear=None, second_look=None, slept=True, progress=now),
        quiet=replace(state.quiet, since=now),
        settling=state.settling.woken(now),
        handed=replace(state.handed, at=now),
        pressed=replace(state.pressed, at=now) if state.pressed else None,
    ).counted("sleep")


def _turned(state: RunState, _event: Turned, now: float, limits: Limits) -> Moved:
    """Whatever a page does, it can't keep us here forever."""
    is_stuck = now - state.timers.progress > 2 * max(limits.person_s, limits.page_s, limits.banner_s, SIGNING_S)
    return state, Stop("navigation_stuck") if is_stuck else LookAgain()


def _looked(state: RunState, event: Looked, now: float, limits: Limits) -> Moved:
    sight, decision = event.sight, event.decision
    state = _noted(state, sight, now)
    if sight.has_failed and is_at_rest(state, sight, now, limits):
        return state, Stop("portal_unreachable")
    if _acts_on(decision):
        if not is_believed(state, sight, now, limits):
            return state, rest(state, says=False)
        if sight.screen in _WEIGHTY_SCREENS and sight.drawn.is_drawing:
            return state, Stop(_UNSETTLED, expected="a page that stands still", seen=sight.screen)
        if isinstance(decision, End) and now - state.settling.since < FRAME_S:
            return state, Rest(FRAME_S * 1000, says=False)  # nothing else compares two frames of it
    if sight.layer is not None:
        return _lies_over(state, event, sight.layer, now, limits)
    return DECISIONS[type(decision)](replace(state, over=None), decision, sight, now, limits)


def _noted(state: RunState, sight: Sight, now: float) -> RunState:
    """Take in what a look showed; a screen only if it is a known one."""
    is_ours = state.phase is not Phase.GIVING  # before that, a word of success is about something else
    told = replace(state.told, banner=state.told.banner or (is_ours and sight.says_banner))
    if sight.screen in _WEIGHTY_SCREENS:
        told = replace(told, missing=sight.screen == "eonay_missing")
    state = replace(state, settling=state.settling.looked(sight.documents, sight.drawn, now))
    if state.quiet.fingerprint != sight.fingerprint:
        state = replace(state, quiet=Quiet(sight.fingerprint, now))
    at = CHECK_STEP if state.phase is Phase.CHECKING else sight.screen
    if sight.screen and (state.shown.step, state.shown.screen) != (at, sight.screen):
        state = replace(state, shown=ShownScreen(at, sight.screen, now)).counted("screen")
    return replace(state, told=told)


def _lies_over(state: RunState, looked: Looked, lying: Lying, now: float, limits: Limits) -> Moved:
    """Close what lies over the page if we may; wait if it goes away by itself; else the person answers it."""
    if looked.sight.says_banner and state.phase is Phase.HANDED_OVER:
        if state.signature.is_under_way and now - state.handed.at < SIGNING_S:
            return state, rest(state)
        if state.signature.may_be_made:  # leaving it answers nothing, and only a fresh visit decides
            return state.checking(), Visit()
    state, over = state.covered_by(lying.text, now)
    screen = looked.sight.screen or state.shown.screen or "landing"
    if over.closed is not None and now - over.closed < limits.settle_s:
        return state, rest(state, says=False)  # it may fade away
    if lying.can_close and state.counts.get(f"layer {screen}", 0) < COUNTS["layer"].at_most(limits):
        return state, Close(looked, lying)
    # A dialog is drawn piece by piece too.
    to_go = limits.page_s if lying.goes else limits.settle_s if lying.blocks else min(PASSING_S, limits.page_s)
    if now - over.since < to_go and now - over.first < limits.page_s:
        return state, rest(state, says=False)
    return ask(state, Question("dialog", screen, over.text, title=lying.title), None, now)


def _closed(state: RunState, event: Closed, now: float, limits: Limits) -> Moved:
    if event.done:
        state = replace(state, settling=state.settling.acted(now))
        screen = event.close.looked.sight.screen or state.shown.screen or "landing"
        if state.over is not None and not event.close.lying.unread:
            state = replace(state, over=replace(state.over, closed=now))
        return count_or_stop(state, "layer", screen, limits, LookAgain())
    # What looked like a way out wasn't one.
    return _lies_over(state, event.close.looked, replace(event.close.lying, can_close=False), now, limits)


def _covered(state: RunState, event: CoveredBy, now: float, _limits: Limits) -> Moved:
    return state.covered_by(event.text, now)[0], LookAgain()


def _shifted(state: RunState, _event: Shifted, now: float, limits: Limits) -> Moved:
    """The page changed under us. If it never stood still we would look at it forever."""
    since = now if state.timers.unclear is None else state.timers.unclear
    state = replace(state, timers=replace(state.timers, unclear=since))
    return state, Stop("navigation_stuck") if now - since > limits.page_s else LookAgain()


def _missed(state: RunState, event: Missed, now: float, limits: Limits) -> Moved:
    """A press of weight that is reported to have hit something else is retried with a new yes, but not forever."""
    decision = event.act.decision
    if not isinstance(decision, HandOver) and (deed := weighty(decision, event.act.sight)) is not None:
        times = state.missed.get(deed, 0) + 1
        state = replace(state, missed=MappingProxyType({**state.missed, deed: times}), asked=None)
        if times > COUNTS["missed"].at_most(limits):
            return state, Stop(COUNTS["missed"].reason)
    return _shifted(state, Shifted(), now, limits)


def _unclear(state: RunState, event: Unclear, now: float, limits: Limits) -> Moved:
    """Halt once a page we don't understand has come to rest; until then it may still be on its way."""
    sight = event.sight
    state = _noted(state, sight, now)
    since = now if state.timers.unclear is None else state.timers.unclear
    state = replace(state, timers=replace(state.timers, unclear=since))
    is_leaving = event.reason == "control_missing" and _has_just_pressed(state, sight, now)
    if (is_leaving or not is_at_rest(state, sight, now, limits)) and now - since < limits.page_s:
        return state, rest(state)
    if event.reason in HELPED_WITH and state.has_helper and _has_just_pressed(state, sight, now):
        return state, rest(state)
    reason = _UNSETTLED if sight.drawn.is_drawing and event.reason in _UNDRAWN else event.reason
    stop = Stop(reason, expected=event.expected, seen=event.seen)
    if event.reason not in {"screen_unknown", "screen_ambiguous"}:
        return _without_help(state, event, stop, now)
    if state.phase is Phase.HANDED_OVER and state.signature.may_be_made:
        # Whatever page follows the signature, only a fresh visit decides.
        return state.checking(), Visit()
    if sight.is_cut_off and event.reason == "screen_unknown":
        return state, Stop("portal_unreachable")
    if sight.status >= 400 and event.reason == "screen_unknown":
        state = replace(state, timers=replace(state.timers, unclear=None))
        return count_or_stop(
            state, "start_over", "", limits, Visit(), replace(stop, reason="portal_error", outcome=Outcome.FAILED)
        )
    return _without_help(state, event, stop, now)


def _without_help(state: RunState, event: Unclear, stop: Stop, now: float) -> Moved:
    """End with *stop*, unless there is a person who can help."""
    return plead(state, event, now) if state.has_helper and event.reason in HELPED_WITH else (state, stop)


def _no_window(state: RunState, _event: NoWindow, now: float, limits: Limits) -> Moved:
    if state.signature is Signature.RUNNING:
        # What the portal says before the signature has ended would be no answer.
        since = now if state.timers.unclear is None else state.timers.unclear
        state = replace(state, timers=replace(state.timers, unclear=since))
        return state, Stop("navigation_stuck") if now - since > limits.page_s else rest(state)
    if state.signature.is_under_way or state.signature.may_be_made:
        if state.phase is Phase.CHECKING:
            return count_or_stop(state, "start_over", "", limits, Visit(new_window=True), Stop("window_closed"))
        return state.checking(), Visit(new_window=True)
    return state, Stop("window_closed")


def _held(state: RunState, event: Held, now: float, _limits: Limits) -> Moved:
    """A dialog of the browser holds the page; the person answers it there."""
    if state.signature.is_under_way and now - state.handed.at < SIGNING_S:
        return state, rest(state)
    if state.phase is Phase.HANDED_OVER and state.signature.may_be_made and event.only_tells:
        # Whatever it says, only a fresh visit decides; leaving it answers nothing.
        return state.checking(), Visit(new_window=True, instead=True)
    return ask(state, Question("dialog", state.shown.screen or "landing", event.text), None, now)


def _acts_on(decision: Decision) -> bool:
    """Return whether *decision* rests on what the page shows, so that the page must be settled."""
    if isinstance(decision, End):
        return decision.outcome != Outcome.FAILED
    return isinstance(decision, Press | Tick | HandOver)


def _has_just_pressed(state: RunState, sight: Sight, now: float) -> bool:
    """Return whether the page may have hidden its controls because of the last press."""
    last = state.pressed
    return last is not None and last.documents == sight.documents and now - last.at < PRESS_S


# --- what came of it -------------------------------------------------------------------------------------


def _answered(state: RunState, event: Answered, now: float, limits: Limits) -> Moved:
    asked = state.asked
    if asked is None or (asked.approval, asked.step) != (event.ask.question.approval, event.ask.question.step):
        raise LookupError("an answer to a question that is not open")
    if event.answer == "no":
        return state, Stop(_REFUSED.get(asked.approval, "person_refused"))
    if event.answer == "pending":
        return _awaits_person(state, asked.since, now, limits)
    if event.ask.then is None:
        return state, rest(state)
    return go_ahead(state, event.ask.then, now, limits)


def _done(state: RunState, event: Done, now: float, limits: Limits) -> Moved:
    decision, sight = event.act.decision, event.act.sight
    if isinstance(decision, HandOver):
        return state, LookAgain()
    if not event.done:  # we closed what lay over the page instead
        state = replace(state, over=Over("", now, now, closed=now))
        return count_or_stop(state, "layer", sight.screen, limits, LookAgain())
    state = state.counted(count_key(state, decision))
    if isinstance(decision, Tick):
        return state.has_pressed(sight, now), LookAgain()  # a box may be slow to show that it is ticked
    state = state.counted(f"way {decision.target}")
    if (deed := weighty(decision, sight)) is not None:
        state = replace(state, weighty=MappingProxyType({**state.weighty, deed: now}))
    return replace(state.has_pressed(sight, now), asked=None), LookAgain()


def _person_acted(state: RunState, event: PersonActed, now: float, limits: Limits) -> Moved:
    if event.done:
        return state.has_pressed(event.sight, now), LookAgain()
    return _awaits_person(state, state.shown.since, now, limits)


def _awaits_person(state: RunState, since: float, now: float, limits: Limits) -> Moved:
    left_s = person_left(state, since, now, limits)
    return state, absence(state) if left_s < 0 else rest(state, left_s=left_s)


def _still_there(state: RunState, _event: StillThere, now: float, _limits: Limits) -> Moved:
    return replace(state, timers=replace(state.timers, renewed=now, progress=now)), LookAgain()


def _helped(state: RunState, event: Helped, now: float, limits: Limits) -> Moved:
    """The person presses in the page, goes on by hand, stops, or has not answered yet."""
    asked = state.asked
    if asked is None or asked.approval != "help":
        raise LookupError("help that nobody asked for")
    if event.answer in _HELP_ENDS:
        return state, Stop(_HELP_ENDS[event.answer])
    return _awaits_person(state, asked.since, now, limits)


def _shown(state: RunState, event: ScreenShown, now: float, limits: Limits) -> Moved:
    """We press what the person showed like any harmless way, and only if it is one we were looking for."""
    if event.press.approval is not None or event.press.target not in event.plea.sought:
        raise LookupError("what was shown was not looked for")
    return go_ahead(state, Perform(event.press, event.sight), now, limits)


def _went(state: RunState, event: Went, now: float, _limits: Limits) -> Moved:
    return state.has_pressed(event.sight, now), LookAgain()


def _visited(state: RunState, event: Visited, _now: float, _limits: Limits) -> Moved:
    """When the signature's own page was replaced, nothing that comes is that page, whatever its clock says."""
    if event.left is not None and event.left == state.handed.document:
        state = replace(state, handed=replace(state.handed, document=None))
    return replace(state, pressed=None), LookAgain()


def _signature_said(state: RunState, event: SignatureSaid, _now: float, _limits: Limits) -> Moved:
    if event.signature not in SIGNATURES[state.signature]:
        raise LookupError(f"{event.signature} said of a signature that is {state.signature}")
    return replace(state, signature=event.signature), LookAgain()


def _signature_failed(state: RunState, event: SignatureFailed, _now: float, _limits: Limits) -> Moved:
    """A portal that has reported success knows better than whoever signs: we ask it again."""
    if state.told.banner:
        return replace(state, signature=Signature.UNSURE), LookAgain()
    return replace(state, signature=Signature.NO), Stop(event.reason, detail=event.detail)


def _is_progress(before: RunState, after: RunState) -> bool:
    has_ended = before.signature is not after.signature and not after.signature.is_under_way
    return has_ended or (before.shown, before.counts, before.phase) != (after.shown, after.counts, after.phase)


Rule = Callable[[RunState, Any, float, Limits], Moved]

_RULES: Mapping[type[Event], Rule] = {
    Turned: _turned,
    Looked: _looked,
    Unclear: _unclear,
    Shifted: _shifted,
    Missed: _missed,
    CoveredBy: _covered,
    Held: _held,
    NoWindow: _no_window,
    Answered: _answered,
    Done: _done,
    Closed: _closed,
    PersonActed: _person_acted,
    Helped: _helped,
    ScreenShown: _shown,
    StillThere: _still_there,
    Went: _went,
    Visited: _visited,
    SignatureSaid: _signature_said,
    SignatureFailed: _signature_failed,
}
"""What each event does."""
