"""The hand: the only place where anything in a page is pressed, ticked or filled.

Every act passes `check_act` on what the page says at that moment; no screen's code can act any other way.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Frame
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from flows.errors import ControlError, Covered, PageChanged, PageHeld, PressMissed, SafetyError
from flows.giving_up import given_up_after
from flows.layers import way_out
from flows.observation import Control, FrameView, Layer, TabView
from flows.observer import ACT_TIMEOUT_MS, Observer, Picked, is_page_gone, page_may_change
from flows.safety import check_act
from flows.statement import Statement, read_statement

_HEARD_S = 1.0
"""How long a page has to report that a press was held back."""
_MAKE_READY = """field => {
  field.focus();
  field.select?.();
  return field.getRootNode().activeElement === field;
}"""


@dataclass(frozen=True, slots=True)
class Hand:
    """Acts on controls that were found in an observation.

    Every method raises `PageChanged` when the control is gone or changed, `PressMissed` when that happened under the
    mouse.
    """

    observer: Observer

    def press(self, tab: TabView, control: Control, *, upon: Statement | None = None) -> bool:
        """Press *control*. Returns False when a layer lay over it and we closed that instead: look again.

        *upon* is the statement that the press rests on; if the page no longer says it, the page has changed. Raises
        `SafetyError` for a forbidden control or host, `Covered` when something lies over it that only the person may
        answer, `ControlError` when it is tangled up with another control.
        """
        stands = upon.quote if upon is not None else ""
        if upon is not None and len(tab.frames) > 1:
            self._read_again(tab, upon)  # the sentence may be in another frame than the control
        if self._press_as_seen(tab, control, stands):
            return True
        picked = self._checked(tab, control)
        if picked.layer is not None and not picked.layer.modal:
            tab.page.mouse.move(-9, -9)  # a menu or a hint may be open only because the mouse rests there
            picked = self._checked(tab, control)
        if upon is not None:
            self._read_again(tab, upon)
        if picked.layer is not None:
            out = way_out(picked.layer)
            if out is None:
                raise Covered(picked.layer)
            self.close(tab, out)
            return False
        if picked.tangled:
            raise ControlError("control_tangled", expected="a control of its own", seen="another within or around it")
        self._click(tab, picked, stands)
        return True

    def cover(self, tab: TabView, control: Control) -> Layer | None:
        """Return what lies over *control* now, or None. Raises `PageChanged` when the control is gone."""
        return self.observer.pick(tab, control).layer

    def close(self, tab: TabView, out: Control) -> None:
        """Press *out*, the way out of a layer: see `flows.layers.way_out`. Raises as `press` does."""
        picked = self.observer.pick(tab, out)
        # What the page behind says does not matter: a notice may be closed on a page that quotes the withdraw sentence.
        check_act(picked.control, "", _address(tab, tab.frames[out.frame].frame), self.observer.rule)
        self._click(tab, picked)

    def leave_menu(self, tab: TabView) -> None:
        """Let an open menu close, as Escape and moving the mouse away do; choose nothing in it."""
        with page_may_change(), self.observer.held.giving_way():
            tab.page.mouse.move(-9, -9)
            tab.page.keyboard.press("Escape")

    def tick(self, tab: TabView, control: Control, *, upon: Statement | None = None) -> bool:
        """Tick a checkbox or radio button. Returns False as `press` does."""
        return True if control.checked else self.press(tab, control, upon=upon)

    def fill(self, tab: TabView, control: Control, value: str) -> None:
        """Type *value* into a field of a loopback portal's gateway; everywhere else the person types.

        Raises `SafetyError` on any other page.
        """
        rule = self.observer.rule
        if not rule.loopback or "gateway" not in rule.sites(tab.frames[control.frame].url):
            raise SafetyError("host_not_allowed", expected="the gateway of a loopback portal", seen="another page")
        picked = self._checked(tab, control)
        with page_may_change():
            if not picked.element.evaluate(_MAKE_READY):
                raise PageChanged
            if value:
                tab.page.keyboard.insert_text(value)
            else:
                tab.page.keyboard.press("Delete")

    def _read_again(self, tab: TabView, upon: Statement) -> None:
        """Raise `PageChanged` unless *tab* still says what the press rests on, and nothing doubtful besides."""
        now = next((other for other in self.observer.observe().tabs if other.page == tab.page), None)
        said = read_statement(now, self.observer.rule.look) if now is not None else None
        if said is None or (said.state, said.quote) != (upon.state, upon.quote) or set(said.doubts) - set(upon.doubts):
            raise PageChanged

    def _press_as_seen(self, tab: TabView, control: Control, stands: str) -> bool:
        """Press *control* if everything is still as we last saw it (one message tells); else return False."""
        view = tab.frames[control.frame]
        check_act(control, tab.whole_text, _address(tab, view.frame), self.observer.rule)
        point = self.observer.arm(tab, control, stands=stands)
        if point is None:
            return False
        with self._meeting_it(tab, view):
            tab.page.mouse.click(*point)
        return True

    def _checked(self, tab: TabView, control: Control) -> Picked:
        picked = self.observer.pick(tab, control)
        url = _address(tab, tab.frames[control.frame].frame)
        check_act(picked.control, f"{tab.whole_text}\n{picked.text}", url, self.observer.rule)
        return picked

    def _click(self, tab: TabView, picked: Picked, stands: str = "") -> None:
        """Press *picked* as soon as it stands still."""
        until = monotonic() + ACT_TIMEOUT_MS / 1000
        while (point := self.observer.arm(tab, picked.control, text=picked.text, stands=stands)) is None:
            again = self.observer.pick(tab, picked.control)
            is_as_it_was = (again.control.facts(), again.text) == (picked.control.facts(), picked.text)
            is_moving = again.control.box != picked.control.box and monotonic() < until
            if not (is_as_it_was and is_moving) or again.layer is not None or again.tangled:
                raise PageChanged
            picked = again
        with self._meeting_it(tab, tab.frames[picked.control.frame]):
            tab.page.mouse.click(*point)

    @contextmanager
    def _meeting_it(self, tab: TabView, view: FrameView) -> Iterator[None]:
        """Press inside this block. Raises `PressMissed` when the press hit something else and the guard stopped it."""
        missed = self.observer.missed(tab.page)
        try:
            with self.observer.held.giving_way():
                yield
                with given_up_after(_HEARD_S):
                    view.place.call("() => 0")  # one round trip: what the page's guard said before has now been heard
                    if len(tab.frames) > 1:
                        self.observer.disarm(tab)
        except PageHeld:
            # The page asks something because of the press, or just then. Either way it counts as pressed.
            return
        except CancelledError:
            pass  # the press leads to a page that takes its time
        except PlaywrightTimeoutError:
            raise
        except PlaywrightError as error:
            # The page went away with the mouse on it: that counts as pressed, so we never press twice.
            if not is_page_gone(error):
                raise
        if self.observer.missed(tab.page) != missed:
            raise PressMissed


def _address(tab: TabView, frame: Frame) -> str:
    """Return whose page *frame* is. What a page wrote into a frame belongs to that page."""
    return tab.page.url if frame.url.startswith("about:") else frame.url
