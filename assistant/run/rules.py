"""What becomes of each thing the flow wants: we do it, ask for it, wait for it, or it ends the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.base.outcome import Outcome
from assistant.base.words import told
from assistant.run.events import Action, Ask, LetAct, Perform, Plead, Rest, Sight, Stop, Unclear, Visit
from assistant.run.limits import COUNTS, HEARTBEAT_MS, PRESS_S, SIGNING_HEARTBEAT_MS, SIGNING_S, Limits
from assistant.run.question import Plea, Question
from assistant.run.state import Asked, Handed, RunState, Weighty
from assistant.run.tables import APPROVALS, BEHIND, BESIDE, MOST_SOUGHT, PHASES, WAYS, WAYS_OF, Turn
from flows.consent import (
    Approval,
    AskAgain,
    Decision,
    End,
    HandOver,
    LetPersonAct,
    Phase,
    Press,
    Signature,
    StartOver,
    Tick,
    Wait,
)
from flows.settled import unsettled

Moved = tuple[RunState, Action]


def explained(stop: Stop, sight: Sight) -> Stop:
    """When the page doesn't move on because its site failed, that is the reason."""
    if stop.reason == "navigation_stuck" and sight.is_cut_off:
        return replace(stop, reason="portal_unreachable")
    if stop.reason == "navigation_stuck" and sight.status >= 500:
        return replace(stop, reason="portal_error")
    return stop


def _press(state: RunState, decision: Press | Tick, sight: Sight, now: float, limits: Limits) -> Moved:
    deed = weighty(decision, sight)
    state, is_waiting = awaits_change(state, sight, now, limits, is_weighty=deed is not None)
    if is_waiting:
        return state, rest(state)
    if deed is not None and deed in state.weighty:
        is_early = _may_show_effect(sight, now - state.weighty[deed], limits)
        return state, rest(state) if is_early else Stop("navigation_stuck")
    if sight.awaits_scripts and now - state.shown.since < limits.settle_s:
        return state, rest(state)  # the page may not hear a press yet
    if decision.approval is None:
        return go_ahead(state, Perform(decision, sight), now, limits)
    if refused := _refusal(state, decision.approval, now):
        return state, refused
    question = Question(
        decision.approval, decision.step, quote=decision.quote, doubts=decision.doubts, reason=decision.reason
    )
    return ask(state, question, Perform(decision, sight), now)


def _hand_over(state: RunState, decision: HandOver, sight: Sight, now: float, limits: Limits) -> Moved:
    if refused := _refusal(state, "hand_off", now):
        return state, refused
    if decision.code.value in state.handed.codes:
        return state, rest(state) if now - state.handed.at < limits.page_s else Stop("navigation_stuck")
    return ask(state, Question("hand_off", decision.step), Perform(decision, sight), now)


def _let_act(state: RunState, decision: LetPersonAct, sight: Sight, now: float, limits: Limits) -> Moved:
    state, is_waiting = awaits_change(state, sight, now, limits)
    if is_waiting:
        return state, rest(state)
    if person_left(state, state.shown.since, now, limits) < 0:
        return state, absence(state)
    return state, LetAct(decision, sight)


def _wait(state: RunState, decision: Wait, sight: Sight, now: float, limits: Limits) -> Moved:
    signed = state.is_signed
    patience = limits.banner_s if signed else decision.patience_s
    if decision.step == "hop":
        patience = min(patience, limits.page_s)
    if now - max(state.shown.since, state.handed.at) <= patience:
        return state, rest(state)
    if signed or (state.signature is Signature.ELSEWHERE and sight.screen == "signing"):
        return _ask_again(state, AskAgain(decision.step), sight, now, limits)
    return state, Stop("navigation_stuck")


def _ask_again(state: RunState, decision: AskAgain, sight: Sight, now: float, limits: Limits) -> Moved:
    """Leave the page for a fresh visit: by its own way home, or by the entry's address."""
    if state.phase is not Phase.HANDED_OVER:
        # Before we gave a code away, success is somebody else's: it says nothing about this run.
        return _start_over(state, StartOver(decision.step), sight, now, limits)
    if state.signature.is_under_way and now - state.handed.at < SIGNING_S:
        return state, rest(state)  # a word of success before the signature has ended is not about it
    if state.handed.document is None:
        state = replace(state, handed=replace(state.handed, document=sight.document))
    return state.checking(), Visit(by_home=sight)


def _start_over(state: RunState, _decision: StartOver, sight: Sight, now: float, limits: Limits) -> Moved:
    state, is_waiting = awaits_change(state, sight, now, limits)
    if is_waiting:
        return state, rest(state)
    reason = "session_ended" if sight.screen == "session_ended" else COUNTS["start_over"].reason
    return count_or_stop(state, "start_over", "", limits, Visit(), Stop(reason))


def _end(state: RunState, decision: End, sight: Sight, now: float, limits: Limits) -> Moved:
    outcome = Outcome(decision.outcome)
    if state.signature.is_under_way and state.phase is Phase.HANDED_OVER and now - state.handed.at < SIGNING_S:
        return state, rest(state)  # the portal's word means something only once the signature has ended
    if outcome is Outcome.FAILED and not is_at_rest(state, sight, now, limits) and not is_late(state, now, limits):
        return state, rest(state)
    if outcome is Outcome.CONSENT_GIVEN and (
        state.phase is not Phase.CHECKING or sight.document == state.handed.document
    ):
        unconfirmed = Stop(COUNTS["same_document"].reason)
        return count_or_stop(state, "same_document", "", limits, Visit(), unconfirmed)
    if decision.reason == "not_checkable" and "came_back" not in state.counts:
        # The page's own way home led back to the signature's page; the entry's address may not.
        return state.counted("came_back"), Visit()
    if decision.reason == "not_confirmed" and not state.told.looked_twice:
        return _look_once_more(state, now, limits)
    return state, Stop(decision.reason, outcome)


def _look_once_more(state: RunState, now: float, limits: Limits) -> Moved:
    """Give the portal as long as its banner may take, and visit it a second time: it may be slow to show it."""
    at = state.timers.second_look
    if at is None:
        at = now + limits.banner_s
        state = replace(state, timers=replace(state.timers, second_look=at))
    if now < at:
        return state, rest(state)
    state = state.without("way ")
    return replace(state, told=replace(state.told, looked_twice=True)), Visit()


# --- what the rules share --------------------------------------------------------------------------------


def ask(state: RunState, question: Question, then: Perform | None, now: float) -> Moved:
    """Ask *question*; with a yes, *then* is done. The person's time runs from the first time we ask."""
    asked = state.asked
    if asked is None or (asked.approval, asked.step) != (question.approval, question.step):
        state = replace(state, asked=Asked(question.approval, question.step, now))
    return state, Ask(question, replace(then, question=question) if then is not None else None)


def plead(state: RunState, event: Unclear, now: float) -> Moved:
    """Ask the person for help; their time runs from the first time we ask on this page."""
    sight, after = event.sight, state.shown.screen
    plea = Plea(event.reason, after, sight.screen, _sought(state, event), sight.document)
    where = f"{after} {sight.document}"
    asked = state.asked
    if asked is None or (asked.approval, asked.step) != ("help", where):
        state = replace(state, asked=Asked("help", where, now))
    return state, Plead(plea)


def _sought(state: RunState, event: Unclear) -> tuple[str, ...]:
    """Return which controls may be pointed at: harmless ways, on the portal's own pages."""
    sight = event.sight
    if "gateway" in sight.sites or not sight.sites or (sight.screen and sight.screen not in WAYS_OF):
        return ()
    if sight.screen:
        return WAYS_OF[sight.screen]
    pressed = [number for number, way in enumerate(WAYS, 1) if state.counts.get(f"way {way}")]
    behind = max([*pressed, BEHIND.get(state.shown.screen, 0)])
    return WAYS[behind : behind + MOST_SOUGHT]


def go_ahead(state: RunState, act: Perform, now: float, limits: Limits) -> Moved:
    """Let *act* be done, if it may be done once more.

    A code counts as given away before it is, because it can't be taken back.
    """
    decision, sight = act.decision, act.sight
    if isinstance(decision, HandOver):
        state, action = count_or_stop(state, "hand_over", "", limits, act)
        if action is act:
            state = replace(
                state,
                phase=PHASES[state.phase][Turn.HANDED_OVER],
                signature=Signature.RUNNING,
                handed=Handed((*state.handed.codes, decision.code.value), now, sight.document),
                pressed=None,
                asked=None,
            )
        return state, action
    row = COUNTS[counted_as(decision)]
    if state.counts.get(count_key(state, decision), 0) >= row.at_most(limits):
        return state, Stop(row.reason)
    return state, act


def rest(state: RunState, *, says: bool = True, left_s: float | None = None) -> Rest:
    """Return the wait until the next look; *left_s* when we wait for the person."""
    return Rest(SIGNING_HEARTBEAT_MS if state.signature.is_under_way else HEARTBEAT_MS, says=says, left_s=left_s)


def person_left(state: RunState, since: float, now: float, limits: Limits) -> float:
    """Return how long we still wait for the person asked at *since*, seconds; negative once it is over."""
    return limits.person_s - (now - max(since, state.timers.renewed))


def absence(state: RunState) -> Stop:
    """Return the end of a run whose person has gone; or they were there, and the computer slept."""
    return Stop("person_absent", detail=told("run.why.slept", "tr") if state.timers.slept else None)


def awaits_change(
    state: RunState, sight: Sight, now: float, limits: Limits, *, is_weighty: bool = False
) -> tuple[RunState, bool]:
    """Return whether the last press on this very page may still have its effect.

    A notice says that a press was heard. After a press of weight that is no leave to press again: see
    `RunState.weighty`.
    """
    last = state.pressed
    if last is None:
        return state, False
    if (last.screen, last.documents) != (sight.screen, sight.documents):
        return replace(state, pressed=None), False
    if is_weighty or (sight.alerts and sight.alerts != last.alerts):
        return state, False
    return state, _may_show_effect(sight, now - last.at, limits)


def _may_show_effect(sight: Sight, waited: float, limits: Limits) -> bool:
    """Return whether a press *waited* seconds ago may still lead on: where we hear nothing, its answer may be slow."""
    return waited < PRESS_S or ((sight.is_busy or sight.is_unheard) and waited < limits.page_s)


def is_at_rest(state: RunState, sight: Sight, now: float, limits: Limits) -> bool:
    """Return whether nothing has changed for a while, and nothing is on its way that will change it."""
    is_coming = sight.is_leaving or sight.awaits_scripts or sight.drawn.is_drawing or sight.drawn.awaits_data
    return now - state.quiet.since >= limits.settle_s and not is_coming


def is_believed(state: RunState, sight: Sight, now: float, limits: Limits) -> bool:
    """Return whether we may act on what the page shows: it is settled, or has had its time."""
    return is_late(state, now, limits) or unsettled(state.settling, sight.drawn, now, limits.settle_s) is None


def is_late(state: RunState, now: float, limits: Limits) -> bool:
    """Return whether the page or its screen has had its time, so that we take it as it is."""
    return now - min(state.shown.since, state.settling.came) >= limits.page_s


def weighty(decision: Press | Tick, sight: Sight) -> Weighty | None:
    """Name an act of weight, so that it is done once: nothing the same page shows afterwards makes it a new one.

    Another page needs another yes; so does another dead code.
    """
    if isinstance(decision, Tick) or decision.approval is None:
        return None
    return decision.approval, sight.document, sight.code if decision.approval == "renew_code" else ""


def _refusal(state: RunState, approval: Approval, now: float) -> Action | None:
    """Return what happens instead of an act of weight that doesn't belong here; None if it does."""
    if approval not in APPROVALS[state.phase]:
        return Stop("not_checkable")
    if approval in BESIDE[state.signature]:
        return None
    # What is under way ends soon, and then the flow will want something else.
    is_early = state.signature.is_under_way and now - state.handed.at < SIGNING_S
    return rest(state) if is_early else Stop("not_checkable")


def counted_as(decision: Press | Tick) -> str:
    """Return the row of `COUNTS` for *decision*."""
    return "tick" if isinstance(decision, Tick) else decision.approval or "press"


def count_key(state: RunState, decision: Press | Tick) -> str:
    """Return the name under which *decision* is counted: per screen and phase, and a harmless one per control too,
    because a person may show several on pages that are no known screen.
    """
    key = f"{counted_as(decision)} {state.phase} {state.shown.screen}"
    return f"{key} {decision.target}" if isinstance(decision, Press) and decision.approval is None else key


def count_or_stop(
    state: RunState, name: str, where: str, limits: Limits, action: Action, stop: Stop | None = None
) -> Moved:
    """Count one more of *name* and go on with *action*, or stop if that was one too many."""
    key = f"{name} {where}".strip()
    state = state.counted(key)
    if state.counts[key] > COUNTS[name].at_most(limits):
        return state, stop or Stop(COUNTS[name].reason)
    return state, action


DECISIONS: Mapping[type[Decision], Callable[[RunState, Any, Sight, float, Limits], Moved]] = {
    Press: _press,
    Tick: _press,
    HandOver: _hand_over,
    LetPersonAct: _let_act,
    Wait: _wait,
    AskAgain: _ask_again,
    StartOver: _start_over,
    End: _end,
}
"""What becomes of each thing the flow wants."""
