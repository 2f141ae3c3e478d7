"""The hand: the only place where anything in a page is pressed, ticked or filled.

Every act goes through `check_act` on what the page says at that moment; no screen's code can act in another way.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import ElementHandle, Frame, Position
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from flows.errors import ControlError, Covered, PageChanged, PageHeld, PressMissed, SafetyError
from flows.held import given_up_after
from flows.layers import way_out
from flows.observation import Control, Layer, TabView
from flows.observer import ACT_TIMEOUT_MS, Observer, Picked, is_page_gone, page_may_change
from flows.safety import check_act

_HEARD_S = 1.0
"""How long a page has to say that a press was held back."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Acts on controls that were found in an observation. Every method raises `PageChanged` when they are gone."""

    observer: Observer

    def press(self, tab: TabView, control: Control) -> bool:
        """Press *control*. Returns False when a layer lay over it and that was closed instead: look again.

        Raises `SafetyError` for a forbidden control or host, `Covered` when something lies over it that only the person
        may answer, `ControlError` when another control is tangled up with it.
        """
        if self._press_as_seen(tab, control):
            return True
        picked = self._checked(tab, control)
        if picked.layer is not None:
            out = way_out(picked.layer)
            if out is None:
                raise Covered(picked.layer)
            self.close(tab, out)
            return False
        if picked.tangled:
            raise ControlError("control_tangled", expected="a control of its own", seen="another within or around it")
        self._click(tab, picked)
        return True

    def cover(self, tab: TabView, control: Control) -> Layer | None:
        """Return what lies over *control* now, or None. Raises `PageChanged` when the control is no longer there."""
        return self.observer.pick(tab, control).layer

    def close(self, tab: TabView, out: Control) -> None:
        """Press *out*, the way out of a layer: see `flows.layers.way_out`. Raises as `press` does."""
        picked = self.observer.pick(tab, out)
        # What the page behind says does not matter: a notice may be closed on a page that quotes the withdraw sentence.
        check_act(picked.control, "", _address(tab, tab.frames[out.frame].frame), self.observer.rule)
        self._click(tab, picked)

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
        check_act(control, tab.whole_text, _address(tab, view.frame), self.observer.rule)
        point = self.observer.arm(tab, control)
        if point is None:
            return False
        with self._meeting_it(view.frame):
            tab.page.mouse.click(*point)
        return True

    def _checked(self, tab: TabView, control: Control) -> Picked:
        picked = self.observer.pick(tab, control)
        url = _address(tab, tab.frames[control.frame].frame)
        check_act(picked.control, f"{tab.whole_text}\n{picked.text}", url, self.observer.rule)
        return picked

    def _click(self, tab: TabView, picked: Picked) -> None:
        point = self.observer.arm(tab, picked.control, text=picked.text)
        if point is None:
            raise PageChanged
        try:
            with self._meeting_it(tab.frames[picked.control.frame].frame):
                picked.element.click(
                    position=_within(picked.element, point), timeout=ACT_TIMEOUT_MS, no_wait_after=True
                )
        except PlaywrightTimeoutError:
            # It never became still and uncovered, so the mouse did not go down.
            raise PageChanged from None

    @contextmanager
    def _meeting_it(self, frame: Frame) -> Iterator[None]:
        """Press within: raises `PageChanged` when the press met something else, and so was none."""
        missed = self.observer.missed
        try:
            with self.observer.held.giving_way():
                yield
                with given_up_after(_HEARD_S):
                    frame.evaluate("0")  # what the page told before it has now been heard
        except PageHeld:
            # The page asks something because of the press, or just then: that counts as pressed.
            return
        except CancelledError:
            pass  # the press leads to a page that lets itself be waited for
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
            raise PressMissed


def _address(tab: TabView, frame: Frame) -> str:
    """Return whose page *frame* is: what a page has written into a frame is its own."""
    return tab.page.url if frame.url.startswith("about:") else frame.url


def _within(element: ElementHandle, point: tuple[float, float]) -> Position | None:
    """Return *point* of the frame as a place within *element*; None for its middle, which may move with it."""
    box = element.evaluate(
        "el => { const box = el.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; }"
    )
    x, y = point[0] - box[0], point[1] - box[1]
    if abs(x - box[2] / 2) < 1 and abs(y - box[3] / 2) < 1:
        return None
    return {"x": x, "y": y}
