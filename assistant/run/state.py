"""The state of a run: plain data, and only `assistant.run.step` moves it on.

Nothing in here, in `tables`, `events`, `rules` or `step` knows who runs it: there is no browser, no clock, no card and
no person, only what they said (an event), and what to do about it (an action).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from assistant.base.outcome import Outcome
from assistant.run.events import Sight
from assistant.run.limits import Limits
from assistant.run.tables import PHASES, Turn
from flows.consent import Known, Phase, Signature
from flows.settled import Settling


@dataclass(frozen=True, slots=True)
class Shown:
    """The screen the run is at."""

    step: str = ""
    screen: str = ""
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Pressed:
    """The last press, until its page is replaced."""

    screen: str
    documents: tuple[float, ...]
    at: float
    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is open."""

    approval: str
    step: str
    since: float


@dataclass(frozen=True, slots=True)
class Handed:
    """The codes we gave away, and the page they were on."""

    codes: tuple[str, ...] = field(default=(), repr=False)
    at: float = 0.0
    document: float | None = None
    """The page of the signature: what it says about the consent confirms nothing."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Since when nothing changed."""

    fingerprint: int = 0
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Over:
    """What lies over the page, and since when."""

    text: str = field(repr=False)
    since: float
    first: float
    """Since when anything has been there, whatever it says."""
    closed: float | None = None
    """When its way out was last pressed: it may take a moment to go."""


@dataclass(frozen=True, slots=True)
class Timers:
    """Moments, seconds on the caller's clock."""

    heard: float = 0.0
    """The last event."""
    progress: float = 0.0
    """When the run last got a step further: another screen, an act, a signature that ended."""
    unclear: float | None = None
    """Since when we have understood no look."""
    second_look: float | None = None
    """When we visit the portal a second time, because it may be slow to show the consent."""
    slept: bool = False
    renewed: float = 0.0
    """When the person last said that they are still there: our wait for them starts again from then."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the portal has said in this run."""

    missing: bool = False
    """There is no consent, and that is the last thing it said about it."""
    banner: bool = False
    looked_twice: bool = False


_NO_DIGITS = str.maketrans("", "", "0123456789")

Weighty = tuple[str, float, str]
"""An act of weight by its approval, its page, and for a new code the dead code: done once, whatever happens."""


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RunState:
    """Everything a run remembers."""

    phase: Phase = Phase.GIVING
    signature: Signature = Signature.NO
    shown: Shown = Shown()
    pressed: Pressed | None = None
    asked: Asked | None = None
    counts: Mapping[str, int] = field(default_factory=_nothing)
    """How often each thing of `limits.COUNTS` happened, by its name, or its name and where."""
    weighty: Mapping[Weighty, float] = field(default_factory=_nothing, repr=False)
    """When each act of weight was done."""
    missed: Mapping[Weighty, int] = field(default_factory=_nothing, repr=False)
    """How often each was tried and is reported to have hit something else. Nothing on a page resets it."""
    handed: Handed = Handed()
    quiet: Quiet = Quiet()
    settling: Settling = field(default_factory=Settling)
    over: Over | None = None
    timers: Timers = Timers()
    told: Told = Told()
    has_helper: bool = False
    """Whether there is a person who can help with a page we don't understand."""

    @classmethod
    def begun(cls, now: float, *, has_helper: bool = False) -> RunState:
        """Return the state a run begins in."""
        timers = Timers(heard=now, progress=now)
        return cls(shown=Shown(since=now), quiet=Quiet(since=now), timers=timers, has_helper=has_helper)

    def known(self) -> Known:
        """Return what `flows.decide` needs of it."""
        ways = {name.removeprefix("way "): count for name, count in self.counts.items() if name.startswith("way ")}
        code = self.handed.codes[-1] if self.handed.codes else ""
        return Known(self.phase, self.told.missing, self.signature, code, self.told.banner, ways)

    @property
    def is_signed(self) -> bool:
        """Whether a signature was handed in."""
        return self.signature in {Signature.ACCEPTED, Signature.UNSURE}

    @property
    def may_be_handed_in(self) -> bool:
        """Whether a signature may have reached the portal, or still may."""
        return self.signature is Signature.RUNNING or self.signature.may_be_made

    def looks_closely(self, documents: tuple[float, ...], now: float, limits: Limits) -> bool:
        """Return whether to look for what covers a control: something did, or the last press has had no effect."""
        if self.over is not None:
            return True
        last = self.pressed
        return last is not None and last.documents == documents and now - last.at > limits.settle_s

    def counted(self, key: str) -> RunState:
        """Return the state with one more of *key*."""
        return replace(self, counts=MappingProxyType({**self.counts, key: self.counts.get(key, 0) + 1}))

    def without(self, *beginnings: str) -> RunState:
        """Return the state without the counts whose names begin like that."""
        kept = {name: count for name, count in self.counts.items() if not name.startswith(beginnings)}
        return replace(self, counts=MappingProxyType(kept))

    def checking(self) -> RunState:
        """Return the state at the start of the final check. Raises `LookupError` when that has already begun."""
        state = replace(self, phase=PHASES[self.phase][Turn.ASKED_AGAIN]).without("way ", "start_over")
        return replace(state, timers=replace(state.timers, unclear=None))

    def has_pressed(self, sight: Sight, now: float) -> RunState:
        """Return the state after a press, or an act of the person's, on what *sight* shows."""
        pressed = Pressed(sight.screen, sight.documents, now, sight.alerts)
        return replace(self, pressed=pressed, settling=self.settling.acted(now))

    def covered_by(self, text: str, now: float) -> tuple[RunState, Over]:
        """Return the state while something that says *text* lies over the page; changing digits don't make it new."""
        over = self.over
        if over is not None and not over.text:
            over = replace(over, text=text)
        elif over is None or over.text.translate(_NO_DIGITS) != text.translate(_NO_DIGITS):
            over = Over(text, now, over.first if over else now)
        return replace(self, over=over), over


def ending(state: RunState, outcome: Outcome, reason: str | None) -> tuple[Outcome, str | None]:
    """Return the outcome of a run that ends now: a signature that may be with the portal is never called undone."""
    if state.may_be_handed_in and outcome not in {Outcome.CONSENT_GIVEN, Outcome.UNVERIFIED}:
        return Outcome.UNVERIFIED, "not_checkable"
    return outcome, reason
