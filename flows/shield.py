"""The shield: keeps the person's own hand from what takes away, until they say a second word.

It stands in the pages themselves (``in_page/shield.js``), in the world of `flows.world`, and decides there, at each
event, by the rules that hold for the assistant's hand: `flows.shield_words` says why. The program hears what was held
back, says what it knows of a page as a whole, and passes the person's second word on. It presses nothing.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import get_args
from weakref import WeakKeyDictionary

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from flows.dangers import Danger, danger_of
from flows.hosts import HostRule
from flows.observation import FrameView, TabView
from flows.observer import Observer
from flows.scripts import seeing, source
from flows.shield_words import script
from flows.sites import SITES

_HELD = "held "
_PRESSED = "pressed "
_MOST_PRESSES = 50
_JUDGED = "(text, danger) => globalThis.shield?.judged(text, danger)"
_LEAVE = "kind => globalThis.shield?.leave(kind)"


@dataclass(frozen=True, slots=True)
class HeldPress:
    """A press of the person's that was held back."""

    page: Page = field(repr=False)
    danger: Danger
    label: str = field(repr=False)
    """What the control is called; empty where a script of the page would have acted."""


@dataclass(frozen=True, slots=True)
class PersonsPress:
    """A press of the person's on a control of a page."""

    page: Page = field(repr=False)
    index: int
    """The control's number within its frame, as in `flows.observation.Control`."""
    label: str = field(repr=False)
    """For telling it from the others of that number; it goes no further."""


class Shield:
    """The shield over one browser context's pages of the portal; the gateway and other hosts are without."""

    def __init__(self, rule: HostRule, wanted: Collection[Danger] = (), *, reports: bool = False) -> None:
        """*wanted* is what the person has said to have come for: it is not held. *reports*: presses are told of too."""
        self._rule = rule
        self._wanted = wanted
        self._reports = reports
        self._judged: WeakKeyDictionary[Page, object] = WeakKeyDictionary()
        self.held: HeldPress | None = None
        """The last press that was held back and not yet taken up; whoever takes it up sets it to None."""
        self.is_asked = False
        """Whether the person is being asked about what was held: until they answer, nothing else is done."""
        self.presses: deque[PersonsPress] = deque(maxlen=_MOST_PRESSES)
        """What the person pressed, where it *reports*; whoever reads them takes them out."""
        self.observer: Observer | None = None
        """Where it stands; None until it does."""

    def stand_in(self, observer: Observer) -> None:
        """Take note of the observer whose pages are shielded."""
        self.observer = observer

    def script(self) -> str:
        """Return what each document gets beside ``bell.js``, with the same places to be filled in."""
        labels = [(site.label, site.host) for site in SITES.values() if site.name != "portal"]
        away = r"^(?:" + "|".join(_host(label if self._rule.loopback else host) for label, host in labels) + ")"
        parts = {
            "AWAY": f"new RegExp({json.dumps(away)})",
            "OPEN": json.dumps(sorted(self._wanted)),
            "REPORTS": json.dumps(self._reports),
            "SEE": seeing("threats.js"),  # not in brackets: those have V8 compile it at once, in every document
            "WORDS": script(self._rule.look),
        }
        return re.sub(r"\b(?:AWAY|OPEN|REPORTS|SEE|WORDS)\b", lambda found: parts[found[0]], source("shield.js"))

    def hear(self, page: Page, word: str) -> bool:
        """Hear a word of the shield in *page*; return whether it was one."""
        if word.startswith(_PRESSED):
            if (pressed := json.loads(word.removeprefix(_PRESSED))) is not None:
                self.presses.append(PersonsPress(page, pressed["index"], pressed["label"]))
            return True
        if not word.startswith(_HELD):
            return False
        said = json.loads(word.removeprefix(_HELD))
        if said["kind"] in get_args(Danger):
            self.held = HeldPress(page, said["kind"], said["label"])
        return True

    def judge(self, tab: TabView) -> Danger | None:
        """Tell *tab*'s page what the program makes of it as a whole, where that is new; return it."""
        danger = danger_of(tab, self._rule.look)
        known = (tab.document(), tuple(view.text for view in tab.frames), danger)
        if self._judged.get(tab.page) == known:
            return danger
        self._judged[tab.page] = known
        for view in _shielded(tab):
            with suppress(PlaywrightError):  # the page went away: the next one is judged anew
                view.place.call(_JUDGED, view.text, danger or "")
        return danger

    def leave(self, tabs: Collection[TabView], danger: Danger | None) -> None:
        """Let one press through that means *danger*, in the pages that stand there now; None for none any more."""
        for tab in tabs:
            for view in _shielded(tab):
                with suppress(PlaywrightError):
                    view.place.call(_LEAVE, danger)


def _shielded(tab: TabView) -> Iterator[FrameView]:
    return iter(tab.frames if "portal" in tab.sites else ())


def _host(name: str) -> str:
    return rf"{re.escape(name)}(?:\.|$)"
