"""The second witness at an act of weight: asked when the act is decided, and again just before it is done."""

from __future__ import annotations

import math
from dataclasses import replace

from assistant.run.events import Sight
from assistant.run.limits import Limits
from flows import Decision, HostRule, PageChanged, Press, TabView, Tick, Wait
from flows.witness import Disagreement, Witness, WitnessQuestion

_ASKED_OF = frozenset({"consent", "renew_code"})
"""The sharing is approved on a page of the gateway, where we read nothing but what the first witness needs."""
_HOLDS_S = 1.0
"""How long an answer is good on an unchanged page while the person makes up their mind."""


class Witnessed:
    """Has the witness look at what we are about to press, and remembers since when it has disagreed."""

    def __init__(self, rule: HostRule) -> None:
        self._witness = Witness(rule)
        self._since: float | None = None
        self._known: tuple[object, ...] = ()
        self._asked_at = -math.inf

    def heard(self, decision: Decision, tab: TabView, sight: Sight, now: float, limits: Limits) -> Decision:
        """Return *decision* with what the witness has against it.

        A page may still be fading in, so a disagreement must last before it counts; until then we wait for the page.
        Raises `PageChanged` when the page went away.
        """
        question = _question(decision)
        if question is None or not isinstance(decision, Press | Tick):
            self._since = None
            return decision
        known = (sight.fingerprint, sight.documents, question)
        if known == self._known and now - self._asked_at < _HOLDS_S:
            return decision
        said = self._witness.disagrees(tab, question)
        if said is None:
            self._since, self._known, self._asked_at = None, known, now
            return decision
        if self._since is None:
            self._since = now
        if now - self._since < limits.settle_s:
            return Wait(decision.step, math.inf)
        return replace(decision, doubts=_doubts(decision, said), reason=said.reason)

    def check(self, decision: Press | Tick, tab: TabView) -> None:
        """Raise `PageChanged` when the witness no longer says what it said when *decision* was made."""
        question = _question(decision)
        if question is None:
            return
        said = self._witness.disagrees(tab, question)
        if said is None:
            has_changed = bool(decision.reason)
        else:
            has_changed = decision.reason != said.reason or not set(said.sentences) <= set(decision.doubts)
        if has_changed:
            self._known = ()
            raise PageChanged


def _question(decision: Decision) -> WitnessQuestion | None:
    if not isinstance(decision, Press | Tick) or decision.approval not in _ASKED_OF:
        return None
    return WitnessQuestion(decision.control, decision.quote)


def _doubts(decision: Press | Tick, said: Disagreement) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*decision.doubts, *said.sentences)))
