"""How long a run waits for what, and how often it may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings: waits in seconds, and a count."""

    settle_s: float = 2
    """How long nothing may change before we believe that a page stands still."""
    page_s: float = 60
    """How long a page may take to become one that we understand."""
    person_s: float = 600
    """How long the person may take for one answer, or for one screen that is theirs."""
    banner_s: float = 20
    """How long the portal's success banner may take after the signature."""
    codes: int = 3
    """How many verification codes may be handed over in one run; at most 5."""

    def but(self, others: Mapping[str, float]) -> Limits:
        """Return the same limits, except for *others*, given by name."""
        return Limits(**{**asdict(self), **others})


PRESS_S = 10.0
"""How long a press has to show its effect, seconds; longer while the page is fetching something."""
FROZEN_S = 30.0
"""A single call may take this much longer than a page, seconds, before we give it up."""
FRAME_S = 0.02
"""How long a page must stand to have been drawn twice, seconds, when no press compares the two drawings."""
PASSING_S = 10.0
"""How long something over the page that doesn't block it has to go away by itself, as toasts do, seconds."""
SLEPT_S = 10.0
"""When we heard nothing for this long between two looks, the computer slept or the program was suspended, seconds."""
SIGNING_S = 330.0
"""How long a signature may be under way without any news, seconds: a little over the life of a code."""
HEARTBEAT_MS = 250.0
"""Longest wait between two looks: for changes without a sign, such as style sheets."""
SIGNING_HEARTBEAT_MS = 20.0
"""The same while a signature is under way."""


@dataclass(frozen=True, slots=True)
class Count:
    """A row of `COUNTS`: what is counted, how often it may happen, and the reason that ends the run at one more."""

    what: str
    at_most: Callable[[Limits], int]
    reason: str


COUNTS = {
    "press": Count("the same harmless press on one screen in one phase", lambda _: 4, "navigation_stuck"),
    "tick": Count("ticking the consent's box", lambda _: 4, "navigation_stuck"),
    "layer": Count("closing what lies over one screen", lambda _: 12, "dialog_unanswered"),
    "sharing": Count("approving the sharing, in one phase", lambda _: 2, "navigation_stuck"),
    "consent": Count("Devam on the consent, in one phase", lambda _: 2, "navigation_stuck"),
    "missed": Count(
        "a press of weight that is said to have met something else, on one page", lambda _: 2, "navigation_stuck"
    ),
    "renew_code": Count("asking for a new code", lambda limits: limits.codes - 1, "code_expired"),
    "hand_over": Count("handing over a code", lambda limits: limits.codes, "code_expired"),
    "start_over": Count("beginning again at the entry, in one phase", lambda _: 1, "portal_error"),
    "same_document": Count("finding the consent confirmed by the signature's own page", lambda _: 1, "not_confirmed"),
    "came_back": Count("being led from the check to the signature's page", lambda _: 1, "not_checkable"),
    "sleep": Count("waking after a sleep", lambda _: 50, "navigation_stuck"),
    "screen": Count("coming to another screen", lambda _: 300, "navigation_stuck"),
}
"""Every count that can end a run. Acts of weight are counted apart from harmless ones, each by its name."""
