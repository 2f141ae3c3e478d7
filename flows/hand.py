"""The hand: the only place where anything in a page is pressed, ticked or filled.

Every act goes through `check_act` on what the page says at that moment; no screen's code can act in another way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from playwright.sync_api import ElementHandle
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from flows.controls import matches
from flows.errors import ControlError, PageChanged, SafetyError
from flows.observation import Control, TabView
from flows.observer import Observer, page_may_change
from flows.safety import check_act, why_forbidden

ACT_TIMEOUT_MS = 5_000.0


@dataclass(frozen=True, slots=True)
class Hand:
    """Acts on controls that were found in an observation. Every method raises `PageChanged` when they are gone."""

    observer: Observer

    def press(self, tab: TabView, control: Control) -> bool:
        """Press *control*. Returns False when a layer lay over it and that was closed instead: look again.

        Raises `SafetyError` for a forbidden control or host, `ControlError` when it is covered by something that has
        no close control of its own.
        """
        covered, layer = self.observer.layer_over(tab, control)
        if covered:
            self._close_layer(tab, layer)
            return False
        self._act(tab, control)
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
        element = self._checked(tab, control)
        with page_may_change():
            try:
                element.fill(value, timeout=ACT_TIMEOUT_MS)
            except PlaywrightTimeoutError as error:
                raise PageChanged from error

    def _act(self, tab: TabView, control: Control) -> None:
        element = self._checked(tab, control)
        with page_may_change():
            try:
                element.click(timeout=ACT_TIMEOUT_MS, no_wait_after=True)
            except PlaywrightTimeoutError:
                raise PageChanged from None

    def _checked(self, tab: TabView, control: Control) -> ElementHandle:
        element, now, text = self.observer.pick(tab, control)
        url = tab.frames[control.frame].frame.url
        check_act(now, f"{tab.text}\n{text}", url, self.observer.rule)
        return element

    def _close_layer(self, tab: TabView, layer: tuple[Control, ...]) -> None:
        spec = self.observer.rule.look.controls["close_overlay"]
        for label in spec.labels:
            wanted = replace(spec, labels=(label,))
            for control in layer:
                if matches(control, wanted) and not why_forbidden(control, tab.text, self.observer.rule):
                    self._act(tab, control)
                    return
        raise ControlError("control_missing", expected="a way to close what lies over the page", seen="none")
