"""Leaving the page where a good run ends: its Devam would take the consent back.

By then the outcome is known, and nothing here can change it: not a page that hangs, not Ctrl+C.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from loguru import logger
from playwright.sync_api import Error as PlaywrightError

from assistant.base.clock import real_seconds
from assistant.base.errors import RunError
from assistant.base.interrupt import Impatience
from flows import Danger, FlowError, Hand, Observer, TabView, danger_of, is_trap, says_withdrawal
from flows.controls import find_all

Result = TypeVar("Result")

_EACH_WAY_S = 5.0
_HEARTBEAT_MS = 100.0
_HANGS_S = 1.0
"""A call to a page that is this many seconds over its time will never return."""


class Leaving:
    """Leaves whatever is open in a browser context when a run is over, and says where the person is left."""

    def __init__(self, observer: Observer, hand: Hand, attend: Callable[[], None] = lambda: None) -> None:
        """*attend* takes in what the person did; it raises `RunError` when they wanted to stop."""
        self._observer = observer
        self._hand = hand
        self._attend = attend
        self.interrupted = False
        """Whether Ctrl+C or the system ended it meanwhile."""

    def leave(self, *, good: bool) -> Danger | None:
        """Leave the page that withdraws the consent, after a *good* end; return the danger that is still on screen.

        Tries each way once, at most five seconds each. Raises nothing.
        """
        try:
            if good and not self._leaves_traps():
                return "withdrawal"
            return self._within(real_seconds(), self._danger)
        except KeyboardInterrupt:
            for page in self._observer.context.pages:  # one of them may be hung
                with suppress(PlaywrightError):
                    page.close()
            self.interrupted = not self._is_persons_stop()
            return None

    def _is_persons_stop(self) -> bool:
        try:
            self._attend()
        except RunError:
            return True
        return False

    def _leaves_traps(self) -> bool:
        look = self._observer.rule.look
        traps = [tab for tab in self._tabs() if says_withdrawal(tab, look)]
        for way in (self._go_home, self._open_entry):
            until = real_seconds() + _EACH_WAY_S
            traps = [tab for tab in traps if not self._within(until, partial(self._has_left, tab, way, until))]
        return not traps

    def _within(self, until: float, act: Callable[[], Result]) -> Result | None:
        """Return what *act* returns; None when it isn't back soon after *until*.

        No call into a page returns while its script runs forever, or before a navigation that a press started.
        """
        watch = Impatience(max(until - real_seconds(), 0) + _HANGS_S)
        try:
            watch.wish()
            return act()
        except KeyboardInterrupt:
            if real_seconds() < until + _HANGS_S:
                raise
            return None
        finally:
            watch.heard()

    def _has_left(self, trap: TabView, way: Callable[[TabView, float], bool], until: float) -> bool:
        try:
            if not way(trap, until):
                return False
            while not (is_away := self._is_away(trap)) and real_seconds() < until:
                self._observer.wait(_HEARTBEAT_MS)
        except (FlowError, PlaywrightError) as error:
            logger.debug("a way off the page failed: {}", type(error).__name__)
            return False
        return is_away

    def _go_home(self, trap: TabView, _until: float) -> bool:
        home = find_all(trap, self._observer.rule.look.controls["portal_home"])
        return len(home) == 1 and not home[0].disabled and self._hand.press(trap, home[0])

    def _open_entry(self, trap: TabView, until: float) -> bool:
        left_ms = max(1.0, (until - real_seconds()) * 1000)
        trap.page.goto(self._observer.rule.entry, wait_until="commit", timeout=left_ms)
        return True

    def _is_away(self, trap: TabView) -> bool:
        """Return whether the page of *trap* has been replaced by one that we can see is no trap."""
        if trap.page.is_closed():
            return True
        tab = next((tab for tab in self._tabs() if tab.page == trap.page), None)
        if tab is None or not tab.sites:
            return tab is not None
        if tab.document() == trap.document():
            return not says_withdrawal(tab, self._observer.rule.look)
        return not tab.is_blank and not is_trap(tab, self._observer.rule.look)

    def _danger(self) -> Danger | None:
        """Return what could be lost where the person is left: on the newest tab where we know of a danger."""
        found = (danger_of(tab, self._observer.rule.look) for tab in reversed(self._tabs()))
        return next((danger for danger in found if danger is not None), None)

    def _tabs(self) -> tuple[TabView, ...]:
        try:
            return self._observer.observe().tabs
        except (FlowError, PlaywrightError):
            return ()
