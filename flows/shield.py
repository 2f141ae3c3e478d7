"""The shield: holds the person's own press on anything destructive until they confirm it with a second word.

It runs in the pages themselves (``in_page/shield.js``), in the world of `flows.world`, and decides there, at each
event, by the same rules as the assistant's hand: `flows.shield_words` says why. The program hears what was held
back, adds its verdict on the page as a whole, and passes the person's second word on. It presses nothing.
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
    """What the control is called; empty when a script of the page would have acted."""


@dataclass(frozen=True, slots=True)
class PersonsPress:
    """A press by the person on a control of a page."""

    page: Page = field(repr=False)
    index: int
    """The control's number within its frame, as in `flows.observation.Control`."""
    label: str = field(repr=False)
    """Tells it from the others with that number; goes no further."""


class Shield:
    """The shield over the portal's pages in one browser context; the gateway and other hosts have none."""

    def __init__(self, rule: HostRule, wanted: Collection[Danger] = (), *, reports: bool = False) -> None:
        """*wanted* is what the person said they came for: it isn't held. *reports*: report presses too."""
        self._rule = rule
        self._wanted = wanted
        self._reports = reports
        self._judged: WeakKeyDictionary[Page, object] = WeakKeyDictionary()
        self.held: HeldPress | None = None
        """The last press held back and not yet dealt with; whoever deals with it sets it to None."""
        self.is_asked = False
        """Whether we are asking the person about a held press: nothing else happens until they answer."""
        self.presses: deque[PersonsPress] = deque(maxlen=_MOST_PRESSES)
        """What the person pressed, if it *reports*; whoever reads them takes them out."""
        self.observer: Observer | None = None
        """The observer it works in; None until it does."""

    def stand_in(self, observer: Observer) -> None:
        """Remember the observer whose pages are shielded."""
        self.observer = observer

    def script(self) -> str:
        """Return what each document gets along with ``bell.js``, with the same placeholders to fill in."""
        labels = [(site.label, site.host) for site in SITES.values() if site.name != "portal"]
        away = r"^(?:" + "|".join(_host(label if self._rule.loopback else host) for label, host in labels) + ")"
        parts = {
            "AWAY": f"new RegExp({json.dumps(away)})",
            "OPEN": json.dumps(sorted(self._wanted)),
            "REPORTS": json.dumps(self._reports),
            "SEE": seeing("threats.js"),  # no brackets: with them V8 compiles it at once, in every document
            "WORDS": script(self._rule.look),
        }
        return re.sub(r"\b(?:AWAY|OPEN|REPORTS|SEE|WORDS)\b", lambda found: parts[found[0]], source("shield.js"))

    def hear(self, page: Page, word: str) -> bool:
        """Hear a word from the shield in *page*; return whether it was one."""
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
        """Tell *tab*'s page what the program thinks of it as a whole, if that is new; return it."""
        danger = danger_of(tab, self._rule.look)
        known = (tab.document(), tuple(view.text for view in tab.frames), danger)
        if self._judged.get(tab.page) == known:
            return danger
        self._judged[tab.page] = known
        for view in _shielded(tab):
            with suppress(PlaywrightError):  # the page went away: the next one gets its own verdict
                view.place.call(_JUDGED, view.text, danger or "")
        return danger

    def leave(self, tabs: Collection[TabView], danger: Danger | None) -> None:
        """Let one press that means *danger* through, in the pages open now; None takes that back."""
        for tab in tabs:
            for view in _shielded(tab):
                with suppress(PlaywrightError):
                    view.place.call(_LEAVE, danger)


def _shielded(tab: TabView) -> Iterator[FrameView]:
    return iter(tab.frames if "portal" in tab.sites else ())


def _host(name: str) -> str:
    return rf"{re.escape(name)}(?:\.|$)"
