"""Which screen we take a saved page for, the verdict on each signal, and what we would press.

It calls the same code as a run. It only adds the order of the screens: likeliest first.
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
"""What a run knows by the time it gets to the page: its E-Onay screen said that the consent is missing."""


@dataclass(frozen=True, slots=True)
class SignalVerdict:
    """The verdict on one of a screen's signals."""

    kind: Kind
    """Whether it must be there, must not, or is the site."""
    signal: Signal
    is_there: bool

    @property
    def speaks_for(self) -> bool:
        """Whether it is the way the screen wants it."""
        return self.is_there is (self.kind != "none")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the screens we know, compared with the page."""

    spec: ScreenSpec
    verdicts: tuple[SignalVerdict, ...]

    @property
    def held(self) -> int:
        """How many signals are the way the screen wants them."""
        return sum(verdict.speaks_for for verdict in self.verdicts)

    @property
    def likeness(self) -> tuple[bool, float, int]:
        """The sort key: something besides the address speaks for it, the share of signals, their number."""
        is_any = any(verdict.is_there for verdict in self.verdicts if verdict.kind == "all")
        return is_any, self.held / len(self.verdicts), self.held


@dataclass(frozen=True, slots=True)
class Recognised:
    """What we make of one page."""

    screen: Screen
    tab: TabView
    taken_for: tuple[str, ...]
    """The screen; several if it is ambiguous, none if unknown."""
    candidates: tuple[Candidate, ...]
    """The screens it could be, likeliest first."""
    decision: Decision | FlowError | None
    """What a run would do there, or why it would stop; None if that depends on the code, which snapshots don't have."""

    @property
    def name(self) -> str:
        """The screen we take it for; empty unless there is exactly one."""
        return self.taken_for[0] if len(self.taken_for) == 1 else ""

    @property
    def told(self) -> Candidate | None:
        """The screen whose signals we show: the right one, or else the nearest."""
        for candidate in self.candidates:
            if candidate.spec.name in self.taken_for:
                return candidate
        return self.candidates[0] if self.candidates and self.candidates[0].likeness[0] else None

    def controls(self, look: Look) -> dict[str, list[Control]]:
        """Return that screen's controls, and what we find for each."""
        told = self.told
        named = [v.signal.control for v in told.verdicts if v.kind == "all" and v.signal.control] if told else []
        target = getattr(self.decision, "target", "")
        return {name: find_all(self.tab, look.controls[name]) for name in dict.fromkeys([*named, target]) if name}


def recognised(screen: Screen, look: Look) -> Recognised:
    """Return what a run would make of the saved page *screen*."""
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
    """Return the verdict on each signal of *spec* on *tab*, the site first."""
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
