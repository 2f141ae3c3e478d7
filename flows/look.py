"""The portal's look as data: controls, screens and texts, read from ``portal.toml``. Hosts are code: `flows.sites`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from flows.sites import SITES

ControlKind = Literal["press", "field", "toggle"]


@dataclass(frozen=True, slots=True)
class ControlSpec:
    """How to recognise a control: by its exact label first, by stable ids and names second."""

    name: str
    kind: ControlKind
    labels: tuple[str, ...]
    hint: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    types: tuple[str, ...]
    also: tuple[str, ...]
    """Labels that other sources give it, and that other things may carry too: tried only when none of *labels* fits."""
    never: tuple[str, ...]
    """Names of other services: anything with one of them, or alone under one, is never this control."""
    weighty: bool
    """Whether pressing it has legal weight: then even two ways to the same address are two candidates."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign of a screen. One field is set, or *says* and *heading*: then either will do."""

    control: str = ""
    states: tuple[str, ...] = ()
    """What the page itself states about the consent: see `flows.statement`."""
    says: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Words that name what is shown: a sentence that merely mentions it doesn't count."""
    announces: tuple[str, ...] = ()
    """Words that the page announces: see `flows.announcing`."""


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """How to recognise a screen: its site, all of *all*, none of *none*."""

    name: str
    sites: frozenset[str]
    all: tuple[Signal, ...]
    none: tuple[Signal, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class CodeSpec:
    """How to recognise the verification code and its countdown. Times in seconds."""

    digits: int
    labels: tuple[str, ...]
    other_numbers: tuple[str, ...]
    """Words that name some number other than the code."""
    remaining: tuple[str, ...]
    lifetime_s: int
    shortest_useful_s: int
    expired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """Everything we know about how the portal looks."""

    controls: Mapping[str, ControlSpec]
    screens: Mapping[str, ScreenSpec]
    services: Mapping[str, tuple[str, ...]]
    """Names of the services besides E-Onay, none of which we ever use: see `flows.dangers`."""
    code: CodeSpec
    banner: tuple[str, ...]
    consent_text: str
    withdraw_text: str
    withdraw_sentences: tuple[str, ...]
    intro: tuple[str, ...]
    titles: tuple[str, ...]
    """Headings of the E-Onay page."""
    known: tuple[str, ...]
    """Sentences that the portal is known to say and that decide nothing."""
    purpose: str
    unreliable: tuple[str, ...]
    """What a page says of itself when its state may not be this person's, or not the present one."""


@cache
def portal_look() -> Look:
    """Return the shipped description of the portal."""
    text = (resources.files("flows") / "portal.toml").read_text(encoding="utf-8")
    return parse_look(tomllib.loads(text))


def parse_look(data: Mapping[str, Any]) -> Look:
    """Build a `Look` from parsed TOML.

    Raises `ValueError` when a screen names an unknown control or site, or has fewer than two signals.
    """
    controls = {name: _control(name, entry) for name, entry in data["controls"].items()}
    screens = {name: _screen(name, entry) for name, entry in data["screens"].items()}
    for screen in screens.values():
        _check(screen, controls)
    code, texts = data["code"], data["texts"]
    return Look(
        controls=controls,
        screens=screens,
        services={name: tuple(titles) for name, titles in data.get("services", {}).items()},
        code=CodeSpec(**{key: _frozen(value) for key, value in code.items()}),
        banner=tuple(texts["banner"]),
        consent_text=texts["consent"],
        withdraw_text=texts["withdraw"],
        withdraw_sentences=tuple(texts["withdraw_sentences"]),
        intro=tuple(texts["intro"]),
        titles=tuple(texts["titles"]),
        known=tuple(texts["known"]),
        purpose=texts["purpose"],
        unreliable=tuple(texts.get("unreliable", ())),
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _control(name: str, entry: Mapping[str, Any]) -> ControlSpec:
    return ControlSpec(
        name=name,
        kind=entry.get("kind", "press"),
        labels=tuple(entry["labels"]),
        hint=entry.get("hint", ""),
        ids=tuple(entry.get("ids", ())),
        names=tuple(entry.get("names", ())),
        types=tuple(entry.get("types", ())),
        also=tuple(entry.get("also", ())),
        never=tuple(entry.get("never", ())),
        weighty=entry.get("weighty", False),
    )


def _screen(name: str, entry: Mapping[str, Any]) -> ScreenSpec:
    def signals(key: str) -> tuple[Signal, ...]:
        return tuple(Signal(**{k: _frozen(v) for k, v in signal.items()}) for signal in entry.get(key, ()))

    return ScreenSpec(name, frozenset(entry["site"]), signals("all"), signals("none"), entry.get("rank", 1))


def _check(screen: ScreenSpec, controls: Mapping[str, ControlSpec]) -> None:
    if not screen.sites or not screen.all:
        raise ValueError(f"screen {screen.name}: fewer than two signals")
    unknown = {s.control for s in (*screen.all, *screen.none) if s.control} - set(controls)
    unknown |= screen.sites - set(SITES)
    if unknown:
        raise ValueError(f"screen {screen.name}: unknown {', '.join(sorted(unknown))}")
