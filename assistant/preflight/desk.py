"""What the checks look at: this machine, its readers and cards. Each is looked at once, when a check first asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant.base.errors import CardError
from assistant.base.outcome import Reason, reasons
from assistant.base.problems import problem
from assistant.base.settings import Settings
from assistant.base.words import Language, told
from assistant.card.card import NO_CARD, Card
from assistant.card.model import CardView
from assistant.card.modules import FoundModule, card_modules
from assistant.official_app.java import Java, find_java
from assistant.preflight.binaries import loadable
from assistant.preflight.pcsc import PcscState, ask_pcsc
from assistant.setup import System
from assistant.setup.command import run_command
from flows.sites import SITES

LOOK_S = 12.0
"""How long a vendor's module may take to list its certificates, seconds."""

_Seen = TypeVar("_Seen")


def open_module(path: Path, token_label: str | None = None) -> Card:
    """Return the card behind the module at *path*; the module runs in its own process."""
    from assistant.card.process import Deadlines, Pkcs11Card

    return Pkcs11Card(path, token_label, deadlines=Deadlines(look=LOOK_S))


@dataclass(frozen=True, slots=True)
class CardLook:
    """What the modules showed us of the card."""

    view: CardView | None = None
    module: FoundModule | None = None
    """The one that showed it."""
    troubles: tuple[tuple[FoundModule, CardError], ...] = ()
    """Modules that couldn't show it, and why."""


def through_modules(desk: Workstation) -> CardLook:
    """Look at the card through *desk*'s modules, one after the other, until one shows it."""
    troubles: list[tuple[FoundModule, CardError]] = []
    for module in desk.modules():
        if not loadable(module.path):
            continue
        card = desk.open_card(module.path, desk.settings.token_label)
        try:
            view = card.look()
        except CardError as error:
            troubles.append((module, error))
            continue
        finally:
            card.close()
        return CardLook(view, module, tuple(troubles))
    return CardLook(troubles=tuple(troubles))


@dataclass(frozen=True)
class Workstation:
    """One desk. `Workstation()` is this one; tests make up others."""

    system: System = field(default_factory=System.current)
    settings: Settings = field(default_factory=Settings, repr=False)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    run: Callable[[Sequence[str]], str | None] = run_command
    pcsc: Callable[[], PcscState] = ask_pcsc
    open_card: Callable[[Path, str | None], Card] = open_module
    show_card: Callable[[Workstation], CardLook] = through_modules
    """Practice looks at its own card here, and so at no module of this machine."""
    registry: Mapping[str, str] | None = None
    """On Windows: what opens a kind of file, by its suffix; None to read the registry."""
    addresses: Sequence[str] = tuple(f"https://{site.host}/" for site in SITES.values())
    """What the browser will visit; the real portal's sites unless told otherwise."""
    window: str = ""
    """The address of the panel's page; empty if no panel is opened."""
    language: Language = "tr"
    """Language of the findings."""
    _seen: dict[str, object] = field(default_factory=dict, init=False, repr=False)
    _locks: dict[str, threading.Lock] = field(
        default_factory=lambda: {name: threading.Lock() for name in ("readers", "java", "modules", "card")},
        init=False,
        repr=False,
    )

    def say(self, name: str, /, **values: object) -> str:
        """Return the preflight text *name* in the person's language."""
        return told(f"preflight.{name}", self.language, **values)

    def reason(self, code: str) -> Reason:
        """Return a catalogue entry in the person's language."""
        return reasons(self.language)[code]

    def remedy(self, problem_id: str) -> str:
        """Return what helps against a common problem, in the person's language."""
        return problem(problem_id, self.language).remedy

    def readers(self) -> PcscState:
        """Return what PC/SC says about its readers."""
        return self._once("readers", self.pcsc)

    def java(self) -> Java:
        """Return the Javas on this machine."""
        return self._once("java", lambda: find_java(self.system, self.run))

    def modules(self) -> tuple[FoundModule, ...]:
        """Return this machine's PKCS#11 modules, or just the one in the settings if it is set."""
        return self._once("modules", self._find_modules)

    def card(self) -> CardLook:
        """Return what we can see of the card without a PIN, through the first module that shows one."""
        return self._once("card", lambda: self.show_card(self))

    def _find_modules(self) -> tuple[FoundModule, ...]:
        root = None if self.system.root == Path("/") else self.system.root
        return card_modules(self.settings.pkcs11_module, root, self.system.os)

    def _once(self, name: str, look: Callable[[], _Seen]) -> _Seen:
        with self._locks[name]:
            if name not in self._seen:
                try:
                    self._seen[name] = partial(_give, look())
                except Exception as error:  # noqa: BLE001 (the next caller gets the same error)
                    self._seen[name] = partial(_fail, error)
            kept: Callable[[], _Seen] = self._seen[name]  # type: ignore[assignment]
        return kept()


def _give(value: _Seen) -> _Seen:
    return value


def _fail(error: Exception) -> None:
    raise error


def shows_no_token(error: CardError) -> bool:
    """Whether a module works but sees no card of its kind."""
    return error.code in NO_CARD
