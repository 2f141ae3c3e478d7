"""The hand: the only place where anything in a page is pressed, ticked or filled.

Every act goes through `check_act` on what the page says at that moment; no screen's code can act in another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from flows.controls import matches
from flows.errors import ControlError, PageChanged, SafetyError
from flows.observation import Control, TabView
from flows.observer import ACT_TIMEOUT_MS, Observer, Picked, is_page_gone, page_may_change
from flows.safety import check_act, why_forbidden


@dataclass(frozen=True, slots=True)
class Hand:
    """Acts on controls that were found in an observation. Every method raises `PageChanged` when they are gone."""

    observer: Observer

    def press(self, tab: TabView, control: Control) -> bool:
        """Press *control*. Returns False when a layer lay over it and that was closed instead: look again.

        Raises `SafetyError` for a forbidden control or host, `ControlError` when it is covered by something that has
        no close control of its own.
        """
        if self._press_as_seen(tab, control):
            return True
        picked = self._checked(tab, control)
        if picked.layer is not None:
            self._close_layer(tab, picked.layer)
            return False
        self._click(tab, picked)
        return True

    def tick(self, tab: TabView, control: Control) -> bool:
        """Tick a checkbox or radio button. Returns False as `press` does."""
        return True if control.checked else self.press(tab, control)

    def fill(self, tab: TabView, control: Control, value: str) -> None:
        """Type *value* into a field of the gateway of a loopback portal: elsewhere the person types.

        Raises `SafetyError` on any other page.
        """
        rule = self.observer.rule
        if not rule.loopback or "gateway" not in rule.sites(tab.frames[control.frame].url):
            raise SafetyError("host_not_allowed", expected="the gateway of a loopback portal", seen="another page")
        element = self._checked(tab, control).element
        with page_may_change():
            try:
                element.fill(value, timeout=ACT_TIMEOUT_MS)
            except PlaywrightTimeoutError as error:
                raise PageChanged from error

    def _press_as_seen(self, tab: TabView, control: Control) -> bool:
        """Press *control* where all is still as it was looked at, which takes one message; else return False."""
        view = tab.frames[control.frame]
        check_act(control, tab.text, view.url, self.observer.rule)
        point = self.observer.arm(tab, control)
        if point is None:
            return False
        with self._meeting_it(view.frame):
            tab.page.mouse.click(*point)
        return True

    def _checked(self, tab: TabView, control: Control) -> Picked:
        picked = self.observer.pick(tab, control)
        url = tab.frames[control.frame].frame.url
        check_act(picked.control, f"{tab.text}\n{picked.text}", url, self.observer.rule)
        return picked

    def _close_layer(self, tab: TabView, layer: tuple[Control, ...]) -> None:
        spec = self.observer.rule.look.controls["close_overlay"]
        for label in spec.labels:
            wanted = replace(spec, labels=(label,))
            for control in layer:
                if matches(control, wanted) and not why_forbidden(control, tab.text, self.observer.rule):
                    self._click(tab, self._checked(tab, control))
                    return
        raise ControlError("control_missing", expected="a way to close what lies over the page", seen="none")

    def _click(self, tab: TabView, picked: Picked) -> None:
        if self.observer.arm(tab, picked.control, text=picked.text) is None:
            raise PageChanged
        try:
            with self._meeting_it(tab.frames[picked.control.frame].frame):
                picked.element.click(timeout=ACT_TIMEOUT_MS, no_wait_after=True)
        except PlaywrightTimeoutError:
            # It never became still and uncovered, so the mouse did not go down.
            raise PageChanged from None

    @contextmanager
    def _meeting_it(self, frame: Frame) -> Iterator[None]:
        """Press within: raises `PageChanged` when the press met something else, and so was none."""
        missed = self.observer.missed
        try:
            yield
            frame.evaluate("0")  # what the page told before it has now been heard
        except PlaywrightTimeoutError:
            raise
        except PlaywrightError as error:
            if "not attached" in error.message:
                # A page that draws itself anew took the element away before the mouse went down.
                raise PageChanged from None
            # The page went away while the mouse was on it: that counts as pressed, so that nothing is pressed twice.
            if not is_page_gone(error):
                raise
        if self.observer.missed != missed:
            raise PageChanged
