"""Watching only: the person does everything by hand.

We recognise each screen, say what we would have pressed, and note it next to what the person pressed. We press, close,
fill in and sign nothing; there is no hand. The only navigation is the first one, to the portal's entry. We say that the
consent was given only if the portal has said that it is missing and, on another page load, that it is there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from loguru import logger
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from assistant.base.clock import real_seconds
from assistant.base.errors import RunError
from assistant.base.interrupt import Watchdog
from assistant.base.outcome import Outcome, reasons
from assistant.run.compared import Compared, LookComparison
from assistant.run.events import Stop
from assistant.run.limits import FROZEN_S, HEARTBEAT_MS, Limits
from assistant.run.logbook import Logbook
from assistant.run.record import RunResult
from assistant.run.trouble import CrashWatch, browser_trouble, let_go, why_unreachable
from flows import (
    Decision,
    FlowError,
    HandOver,
    HostRule,
    Known,
    LetPersonAct,
    Observer,
    PageHeld,
    Press,
    Seen,
    Shield,
    TabView,
    Tick,
    decide,
    recognise,
)
from flows.controls import find_all
from flows.shield import PersonsPress

Target = str
"""What we would have pressed: the name of a control, or one of the words below."""
NOTHING, PERSON, CODE, UNKNOWN = "nothing", "person", "code", "unknown"


class Watched(Protocol):
    """Somebody we watch, who is told what we see."""

    def attend(self) -> None:
        """Take in what the person did. Raises `RunError` when they want to stop."""

    def tell(self, seen: Seen | None, tab: TabView, target: Target, label: str) -> None:
        """Say what is *seen*, None for an unknown page, and what we would have pressed, by its *label*."""


class Watch:
    """One watched visit to the portal in one browser context."""

    def __init__(
        self, context: BrowserContext, rule: HostRule, person: Watched, shield: Shield, limits: Limits | None = None
    ) -> None:
        self._context = context
        self._person = person
        self._shield = shield
        self._limits = limits or Limits()
        self._observer = Observer(context, rule, shield)
        self._logbook = Logbook(real_seconds())
        self._comparison = LookComparison()
        self._last: dict[Page, TabView] = {}
        self._states: list[tuple[str, tuple[float, ...]]] = []
        self._quiet = (0, 0.0)
        self._crash = CrashWatch(context, self._observer.ring)
        self._watchdog = Watchdog(self._limits.page_s + FROZEN_S)

    def go(self) -> tuple[RunResult, tuple[Compared, ...]]:
        """Watch to the end. Raises nothing for what a portal, a browser or a person can do."""
        was_interrupted = False
        try:
            self._open_entry()
            stop = self._until_it_ends()
        except RunError as error:
            stop = Stop(error.code)
        except KeyboardInterrupt:
            stop, was_interrupted = let_go(self._context, self._person.attend, self._watchdog)
        except PlaywrightError as error:
            stop = browser_trouble(error)
        finally:
            self._watchdog.close()
        outcome = stop.outcome or reasons()[stop.reason or ""].outcome
        result = self._logbook.result(outcome, stop.reason, stop, real_seconds(), interrupted=was_interrupted)
        return result, self._comparison.lines()

    def _until_it_ends(self) -> Stop:
        while True:
            self._watchdog.alive()
            self._person.attend()
            if self._crash.has_come:
                return Stop("browser_crashed")
            if self._observer.held:  # a dialog of the browser: the person answers it, and we can't look at anything
                self._observer.held.text()
            else:
                with suppress(PageHeld), self._observer.held.giving_way():  # one may open while we look
                    stop = self._look()
                    if stop is not None:
                        return stop
            self._observer.wait(HEARTBEAT_MS)

    def _look(self) -> Stop | None:
        observation = self._observer.observe()
        if not observation.tabs:
            return Stop("window_closed")
        self._take_presses()
        tab = observation.tabs[-1]
        seen: Seen | None = None
        decision: Decision | None = None
        if not tab.is_elsewhere:
            try:
                seen = recognise(observation, self._observer.rule.look)
                tab = seen.tab
                decision = decide(seen, Known(), self._observer.rule.look)
            except FlowError as error:
                logger.debug("watched: {}", error.reason)
        self._last = {one.page: one for one in observation.tabs}
        target, label = _meant(decision, known=seen is not None or tab.is_elsewhere)
        if not tab.is_blank and not tab.is_loading and self._is_at_rest(tab):
            screen = seen.screen if seen else "elsewhere" if tab.is_elsewhere else UNKNOWN
            if self._comparison.came_to(screen, target, tab.document()):
                self._logbook.came_to(screen, screen, real_seconds())
            self._person.tell(seen, tab, target, label)
            return self._end(seen) if seen is not None else None
        return None

    def _is_at_rest(self, tab: TabView) -> bool:
        """Return whether the page has stood still for long enough to report it."""
        print_, now = tab.fingerprint(), real_seconds()
        if print_ != self._quiet[0]:
            self._quiet = (print_, now)
        return now - self._quiet[1] >= self._limits.settle_s / 2

    def _end(self, seen: Seen) -> Stop | None:
        """Return the end once the portal says that the consent is there."""
        if seen.screen not in {"eonay_given", "eonay_missing"}:
            return None
        document = seen.tab.document()
        if (seen.screen, document) not in self._states:
            self._states.append((seen.screen, document))
        if seen.screen != "eonay_given" or real_seconds() - self._quiet[1] < self._limits.settle_s:
            return None
        was_missing = [other for screen, other in self._states if screen == "eonay_missing" and other != document]
        return Stop(None, Outcome.CONSENT_GIVEN if was_missing else Outcome.ALREADY_CONSENTED)

    def _take_presses(self) -> None:
        while self._shield.presses:
            press = self._shield.presses.popleft()
            tab = self._last.get(press.page)
            self._comparison.pressed(_name_of(press, tab, self._observer) if tab is not None else "other")

    def _open_entry(self) -> None:
        page = self._context.pages[0] if self._context.pages else self._observer.new_page()
        self._observer.worlds.attach(page)
        try:
            page.goto(self._observer.rule.entry, wait_until="commit", timeout=self._limits.page_s * 1000)
        except PlaywrightError as error:
            raise RunError("window_closed" if page.is_closed() else why_unreachable(error.message)) from error


def _meant(decision: Decision | None, *, known: bool) -> tuple[Target, str]:
    """Return what *decision* would have pressed, and the label of the control."""
    match decision:
        case Press():
            return decision.target, _label(decision)
        case Tick():
            return "consent_toggle", _label(decision)
        case HandOver():
            return CODE, ""
        case LetPersonAct():
            return PERSON, ""
        case None if not known:
            return UNKNOWN, ""
        case _:
            return NOTHING, ""


def _label(decision: Press | Tick) -> str:
    control = decision.control
    return next((part for part in (*control.text.splitlines()[:1], *control.names, control.beside) if part), "")


def _name_of(press: PersonsPress, tab: TabView, observer: Observer) -> str:
    """Return which control of the portal's description was pressed; ``other`` for any that isn't in it."""
    for name, spec in observer.rule.look.controls.items():
        for control in find_all(tab, spec):
            if control.index == press.index and press.label in {*control.text.splitlines(), *control.names, ""}:
                return name
    return "other"
