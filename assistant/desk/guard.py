"""The shield at a desk: marks what it blocks, asks for the second word, and stays until the portal's window closes."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from assistant.base.words import Words
from assistant.browser.top_layer import over_page
from assistant.desk.surface import Event, Surface
from assistant.desk.view import QuestionView, new_number
from assistant.run.trouble import is_browser_gone
from flows import Danger, FlowError, HeldPress, Shield, TabView
from flows.giving_up import given_up_after

_MARK = over_page("assistant.desk", "shield_marks.js")
_COME_BACK = over_page("assistant.desk", "come_back.js")
_CLEAR = "() => globalThis.shieldMarks?.clear()"
_LOOK_MS = 250.0
_HANGS_S = 5.0
"""Timeout for a look after the run, seconds: a hung page mustn't keep anybody waiting."""


@runtime_checkable
class HasWindow(Protocol):
    """A surface with its own window."""

    def put_away(self) -> None:
        """Close the window."""


class Guard:
    """What the person sees of the shield. Used by the loop's thread, and after the run by whoever shows its end."""

    def __init__(self, shield: Shield, words: Words, needs_pin: Callable[[], bool] = lambda: False) -> None:
        """*needs_pin* says whether the card is locked or new, because then the person does need to make a PIN."""
        self.shield = shield
        self._words = words
        self._needs_pin = needs_pin
        self._asked: HeldPress | None = None
        self._asked_at = ""
        self._id = 0
        self._known: WeakKeyDictionary[Page, object] = WeakKeyDictionary()
        self._tabs: tuple[TabView, ...] = ()
        self._told: set[tuple[float, ...]] = set()
        self.taken: Danger | None = None
        """What the person gave their second word for, until `let_through` lets it through."""

    def look(self, tab: TabView) -> None:
        """If *tab* is new, tell the page what we know about it and mark what is blocked there. Never raises."""
        known = (tab.fingerprint(), tab.document())
        if self._known.get(tab.page) == known or "portal" not in tab.sites:
            return
        self._known[tab.page] = known
        self.shield.judge(tab)
        for view in tab.frames:
            with suppress(PlaywrightError):  # the page went away; we will mark the next one
                view.place.call(_MARK)

    @contextmanager
    def hidden(self, tab: TabView) -> Iterator[None]:
        """Remove the marks from *tab*'s page while a picture is taken."""
        for view in tab.frames:
            with suppress(PlaywrightError):
                view.place.call(_CLEAR)
        self._known.pop(tab.page, None)
        yield

    def attend(self) -> None:
        """Notice a blocked press; forget one whose page is gone."""
        held, self.shield.held = self.shield.held, None
        if held is not None and held != self._asked:
            self._id = new_number()
            self._asked, self._asked_at = held, held.page.url
        if self._asked is not None and (self._asked.page.is_closed() or self._asked.page.url != self._asked_at):
            self._asked = None
        self.shield.is_asked = self._asked is not None

    def question(self) -> QuestionView | None:
        """Return the question about the blocked press; None if there is none."""
        if self._asked is None:
            return None
        held = self._asked
        return held_question(self._id, held.danger, held.label, self._words, needs_pin=self._needs_pin())

    def take(self, event: Event) -> bool:
        """Take *event* if it answers the shield's question; return whether it does."""
        if self._asked is None or event.kind not in {"yes", "no"} or event.id != self._id:
            return False
        self.taken = self._asked.danger if event.kind == "yes" else None
        self._asked = None
        self.shield.is_asked = False
        return True

    def let_through(self) -> None:
        """Let the one press through that the person gave their second word for."""
        self.shield.leave(self._look_round(), self.taken)
        self.taken = None

    def tabs(self) -> tuple[TabView, ...]:
        """Look at all tabs; empty if we can't see them."""
        return self._look_round()

    def stay(
        self,
        surface: Surface,
        show: Callable[[], None],
        seconds: float,
        *,
        is_free: bool,
        chosen: Callable[[str], bool] = lambda _name: False,
    ) -> None:
        """Keep guard after a run, until the last view is closed or *seconds* have passed. If the panel is gone, or the
        person goes on by themselves (*is_free*), stay until the portal's window is closed. With 0 *seconds* don't stay
        at all.

        *show* draws the last view with the shield's question. *chosen* gets the name of what the person presses there,
        and returns whether that ends it.
        """
        waited, has_panel = 0.0, True
        if seconds > 0:
            self._look_round()
        while seconds > 0:
            for event in surface.events():
                if event.kind in {"close", "stop"} and not (is_free and self._pages()):
                    return
                if event.kind == "close" and isinstance(surface, HasWindow):
                    surface.put_away()
                has_panel &= event.kind not in {"gone", "close"}
                if event.kind == "action" and chosen(event.action):
                    return
                self.take(event)
            if not self._pages() and not has_panel:
                return
            if waited >= seconds and has_panel and not (is_free and self._pages()):
                return
            self.attend()
            is_free |= self.taken is not None
            if self.taken is not None:
                self.let_through()
            show()
            if not has_panel:
                self._say_how_to_come_back()
            if not self._wait(surface):
                return
            waited += _LOOK_MS / 1000

    def _say_how_to_come_back(self) -> None:
        """Say once in each of the portal's tabs that the panel is gone, and how to get the assistant back."""
        observer = self.shield.observer
        if observer is None or observer.held:
            return
        for tab in self._tabs:
            if tab.document() in self._told or not tab.frames or "portal" not in tab.sites:
                continue
            self._told.add(tab.document())
            with suppress(PlaywrightError, CancelledError), given_up_after(_HANGS_S):
                tab.frames[0].place.call(_COME_BACK, self._words("after.come_back"))

    def _pages(self) -> list[Page]:
        observer = self.shield.observer
        return [page for page in observer.context.pages if not page.is_closed()] if observer else []

    def _wait(self, surface: Surface) -> bool:
        """Wait a moment; return False if the browser or its driver is gone: then there is nothing left to guard."""
        observer = self.shield.observer
        if observer is None or not self._pages():
            surface.pause(_LOOK_MS / 1000)
            return True
        try:
            if observer.wait(_LOOK_MS):
                self._look_round()
        except PlaywrightError:
            return not is_browser_gone(observer.context)
        return True

    def _look_round(self) -> tuple[TabView, ...]:
        """Look at all tabs, enter new ones, and mark them. A tab blocked by a dialog is left alone."""
        observer = self.shield.observer
        if observer is None or observer.held:
            return ()
        try:
            with given_up_after(_HANGS_S):
                tabs = observer.observe().tabs
                for tab in tabs:
                    self.look(tab)
        except (FlowError, PlaywrightError, CancelledError):
            return ()
        self._tabs = tabs
        return tabs


def held_question(number: int, danger: Danger, label: str, words: Words, *, needs_pin: bool = False) -> QuestionView:
    """Return the question about a blocked press on *label*: what it would do, what it costs, the second word."""
    is_pin = danger == "pin"
    title = words("shield.title", label=label) if label else words("shield.title_script")
    meaning = words("shield.pin_needed" if is_pin and needs_pin else f"shield.{danger}")
    yes = words("shield.yes_pin" if is_pin else "shield.yes")
    meaning = f"{meaning} {words('shield.then')}"
    return QuestionView(number, title, meaning, "", yes, words("shield.no"), leads_on=False)
