"""Which screen a kept page is taken for, the verdict of each signal, and what would be pressed.

It asks the code that a run asks. What is added is only the order in which screens are told: the likeliest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.snapshot.kept import Screen
from flows import Control, Decision, FlowError, Known, Look, ScreenError, Seen, TabView, decide
from flows.controls import find_all
from flows.look import ScreenSpec, Signal
from flows.screens import holds, see
from flows.statement import read_statement

Kind = Literal["all", "none", "site"]
AT_HOME = Known(missing_seen=True)
"""What a run knows that has come as far as the page: its E-Onay screen said that the consent is missing."""


@dataclass(frozen=True, slots=True)
class SignalVerdict:
    """What became of one signal of a screen."""

    kind: Kind
    """Whether it must be there, must not, or is the site."""
    signal: Signal
    is_there: bool

    @property
    def speaks_for(self) -> bool:
        """Whether it is as the screen wants it."""
        return self.is_there is (self.kind != "none")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One screen of the portal's description, beside the page."""

    spec: ScreenSpec
    verdicts: tuple[SignalVerdict, ...]

    @property
    def held(self) -> int:
        """How many signals are as the screen wants them."""
        return sum(verdict.speaks_for for verdict in self.verdicts)

    @property
    def likeness(self) -> tuple[bool, float, int]:
        """What it is sorted by: a positive sign beside the address, the share of signals, their number."""
        is_any = any(verdict.is_there for verdict in self.verdicts if verdict.kind == "all")
        return is_any, self.held / len(self.verdicts), self.held


@dataclass(frozen=True, slots=True)
class Recognised:
    """What is made of one page."""

    screen: Screen
    tab: TabView
    taken_for: tuple[str, ...]
    """The one screen; several where it is ambiguous; none where it is unknown."""
    candidates: tuple[Candidate, ...]
    """The screens that it could be, the likeliest first."""
    decision: Decision | FlowError | None
    """What a run would do there, or why it would stop; None where that hangs on the code, which no snapshot has."""

    @property
    def name(self) -> str:
        """The screen that it is taken for; empty where that is not one."""
        return self.taken_for[0] if len(self.taken_for) == 1 else ""

    @property
    def told(self) -> Candidate | None:
        """The screen whose signals are told: the one it is, else the nearest."""
        for candidate in self.candidates:
            if candidate.spec.name in self.taken_for:
                return candidate
        return self.candidates[0] if self.candidates and self.candidates[0].likeness[0] else None

    def controls(self, look: Look) -> dict[str, list[Control]]:
        """Return the controls that the told screen speaks of, and what is found of each."""
        told = self.told
        named = [v.signal.control for v in told.verdicts if v.kind == "all" and v.signal.control] if told else []
        target = getattr(self.decision, "target", "")
        return {name: find_all(self.tab, look.controls[name]) for name in dict.fromkeys([*named, target]) if name}


def recognised(screen: Screen, look: Look) -> Recognised:
    """Return what a run would make of the kept page *screen*."""
    tab = screen.tab()
    decision: Decision | FlowError | None
    try:
        seen = see(tab, look)
        names: tuple[str, ...] = (seen.screen,)
        decision = _decided(seen, look)
    except ScreenError as error:
        names = tuple(error.seen.split(", ")) if error.reason == "screen_ambiguous" else ()
        decision = error
    candidates = [
        Candidate(spec, verdicts(tab, spec, look)) for spec in look.screens.values() if tab.sites & spec.sites
    ]
    candidates.sort(key=lambda each: (each.spec.name in names, each.likeness), reverse=True)
    return Recognised(screen, tab, names, tuple(candidates), decision)


def verdicts(tab: TabView, spec: ScreenSpec, look: Look) -> tuple[SignalVerdict, ...]:
    """Return the verdict of each signal of *spec* on *tab*, the site first."""
    statement = read_statement(tab, look)
    told = [SignalVerdict("site", Signal(), bool(tab.sites & spec.sites))]
    told += [SignalVerdict("all", signal, holds(signal, tab, look, statement)) for signal in spec.all]
    told += [SignalVerdict("none", signal, holds(signal, tab, look, statement)) for signal in spec.none]
    return tuple(told)


def _decided(seen: Seen, look: Look) -> Decision | FlowError | None:
    if seen.screen == "signing":
        return None
    try:
        return decide(seen, AT_HOME, look)
    except FlowError as error:
        return error
