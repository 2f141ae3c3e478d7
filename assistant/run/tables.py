"""A run as tables: two machines side by side, and what may be done in each of their states.

One machine is the run itself, in three phases: on the way to the signature, the code given away, asking the portal
again. The other is the signature, which goes its own way in the hands of whoever signs. `PHASES` and `SIGNATURES` are
these two, complete; an event without a row in them is refused, never ignored. `APPROVALS` and `BESIDE` say which acts
of weight may happen there, and `limits.COUNTS` how often. ``docs/run.md`` is drawn from all of them.

What doesn't fit a table is time: a page that is still drawing, a press that may yet have its effect, a person who is
thinking. Each such wait is a comparison of `now` with a moment in the state (see `assistant.run.step`), and each ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flows.consent import Approval, Phase, Signature


class Turn(StrEnum):
    """What moves a run from phase to phase."""

    HANDED_OVER = "the code is handed over"
    ASKED_AGAIN = "the portal is asked again"


PHASES: Mapping[Phase, Mapping[Turn, Phase]] = {
    Phase.GIVING: {Turn.HANDED_OVER: Phase.HANDED_OVER, Turn.ASKED_AGAIN: Phase.CHECKING},
    Phase.HANDED_OVER: {Turn.HANDED_OVER: Phase.HANDED_OVER, Turn.ASKED_AGAIN: Phase.CHECKING},
    Phase.CHECKING: {},
}
"""Where each turn leads. From the check there is no way back: nothing is given or signed after it."""

_ALL: frozenset[Approval] = frozenset({"sharing", "consent", "renew_code", "hand_off"})
_ANOTHER_CODE: frozenset[Approval] = _ALL - {"consent"}
_SHARING: frozenset[Approval] = frozenset({"sharing"})

APPROVALS: Mapping[Phase, frozenset[Approval]] = {
    Phase.GIVING: _ALL,
    Phase.HANDED_OVER: _ALL,
    Phase.CHECKING: _SHARING,
}
"""The acts of weight that belong to each phase. Each needs its own yes."""

BESIDE: Mapping[Signature, frozenset[Approval]] = {
    Signature.NO: _ALL,
    Signature.WAITING: _ANOTHER_CODE,
    Signature.RUNNING: _SHARING,
    Signature.ELSEWHERE: _ANOTHER_CODE,
    Signature.ACCEPTED: _SHARING,
    Signature.UNSURE: _SHARING,
    Signature.CODE_DEAD: _ALL,
}
"""The acts of weight that may happen while a signature is in each of these states.

Another code only if nothing has been handed in, or if the person with the app sees to it; otherwise there might be
two signatures for one consent.
"""

_HEARD = frozenset(set(Signature) - {Signature.NO})

SIGNATURES: Mapping[Signature, frozenset[Signature]] = {
    Signature.NO: frozenset(),
    Signature.WAITING: _HEARD,
    Signature.RUNNING: _HEARD,
    Signature.ELSEWHERE: _HEARD,
    Signature.ACCEPTED: frozenset(),
    Signature.UNSURE: frozenset(),
    Signature.CODE_DEAD: frozenset(),
}
"""What we may hear of a signature next. Only a hand-over starts one, and it starts as ``running``."""

HELPED_WITH = frozenset({"screen_unknown", "screen_ambiguous", "control_missing", "control_ambiguous"})
"""Reasons for which a run with a person asks for their help instead of ending. All others are rules of safety."""
WAYS = ("edevlet_login", "gateway_link", "nes_menu", "individual_menu", "eonay_tile")
"""The ways that may be pointed at, in the order they come: each press leaves the earlier ones behind."""
WAYS_OF: Mapping[str, tuple[str, ...]] = {
    "landing": ("edevlet_login",),
    "gateway_link": ("gateway_link",),
    "home": ("nes_menu",),
    "individual": ("individual_menu", "nes_menu"),
    "nes": ("eonay_tile",),
}
"""The ways that are meant on a known screen."""
SCREEN_OF: Mapping[str, str] = {ways[0]: screen for screen, ways in WAYS_OF.items()}
"""The screen where each way usually is."""
BEHIND: Mapping[str, int] = {
    **dict.fromkeys(("login", "login_other", "second_step_sms", "second_step_phone", "second_step_failed"), 2),
    **dict.fromkeys(("elsewhere", "password_renewal", "sharing"), 2),
}
"""How many of `WAYS` a run has behind it that was at that screen, whatever was pressed."""
MOST_SOUGHT = 3
