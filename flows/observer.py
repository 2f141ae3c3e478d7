"""Watching a browser: one description per look, and a wait that ends when something changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, ConsoleMessage, ElementHandle, Frame, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from flows.elsewhere import PRESSED, Elsewhere
from flows.errors import PageChanged
from flows.held import HeldPages
from flows.hosts import HostRule
from flows.observation import Control, FrameView, Layer, Observation, TabView
from flows.scripts import seeing, source
from flows.utterance import layer_of

ACT_TIMEOUT_MS = 5_000.0
"""How long one act in a page may take."""
_RING = "eonay:changed"
_MISSED = "eonay:missed"
_OBSERVE = seeing("press.js")
_OBSERVE_DRAWN = f"""wanted => new Promise((drawn) => {{
  requestAnimationFrame(() => drawn());
  setTimeout(drawn, 250);
}}).then(() => ({_OBSERVE})(wanted))"""
"""The same once the page was drawn again; a page in a window that is out of sight is not drawn, and asked anyway."""
_BELL = source("bell.js")
_LOADING_KINDS = frozenset({"document", "xhr", "fetch", "script"})
_BROWSER_ERROR = "chrome-error://"


@dataclass(frozen=True, slots=True)
class Picked:
    """A control's element, found again."""

    element: ElementHandle = field(repr=False)
    control: Control
    """What the control is now."""
    text: str = field(repr=False)
    """What its frame says now."""
    layer: Layer | None
    """What lies over it; None when nothing does."""
    tangled: bool = False
    """Whether another control lies within it, or around it, so that no press would be on it alone."""


class Observer:
    """Looks at all tabs of one browser context."""

    def __init__(self, context: BrowserContext, rule: HostRule) -> None:
        self.context = context
        self.rule = rule
        self._rings = 0
        self._heard = 0
        self._missed = 0
        self._status: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
        self._pending: set[Request] = set()
        self.elsewhere = Elsewhere(context, rule)
        """The tabs that the person has taken to log in elsewhere."""
        self.held = HeldPages(context, self.elsewhere)
        """The pages that a dialog of the browser holds."""
        allowed = f"new RegExp({json.dumps(rule.origins_pattern())})"
        context.add_init_script(_BELL.replace("ALLOWED_ORIGINS", allowed))
        context.on("console", self._on_console)
        context.on("page", lambda _page: self.ring())
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfinished", self._on_request_over)
        context.on("requestfailed", self._on_request_over)

    @property
    def is_busy(self) -> bool:
        """Whether the page is still fetching what may change it."""
        return bool(self._pending)

    @property
    def awaits_scripts(self) -> bool:
        """Whether scripts are still on their way to the page: a press before they come may go unheard."""
        return any(request.resource_type == "script" for request in self._pending)

    @property
    def missed(self) -> int:
        """How many presses were held back so far, because they would have met something else: see `arm`."""
        return self._missed

    def ring(self) -> None:
        """Make the present or next `wait` return at once."""
        self._rings += 1

    def wait(self, timeout_ms: float) -> bool:
        """Wait until something may have changed since the last look, at most *timeout_ms*.

        Returns whether something did. A change that came before the call counts.
        """
        if self._rings == self._heard:
            with suppress(PlaywrightTimeoutError):
                self.context.wait_for_event("console", lambda m: m.text == _RING, timeout=max(timeout_ms, 1))
        return self._rings != self._heard

    def observe(self) -> Observation:
        """Look at all tabs now."""
        self._heard = self._rings
        tabs = []
        failed = ""
        for page in self.context.pages:
            if page.is_closed():
                continue
            if page.url.startswith(_BROWSER_ERROR):
                failed = "the browser could not open the page"
            tabs.append(self._look_at(page))
        return Observation(tuple(tabs), failed)

    def pick(self, tab: TabView, control: Control) -> Picked:
        """Return the element of *control* as it is now, scrolled into view.

        Raises `PageChanged` when it is no longer there or no longer the same.
        """
        view = tab.frames[control.frame]
        wanted: dict[str, Any] = {"pick": control.index, "hidden": self._may_read_hidden(view.frame)}
        if view.frame.parent_frame is None:  # over another frame, a layer of the frames around it may lie
            wanted["same"] = _as_decided(view, control)
        with page_may_change():
            found = view.frame.evaluate_handle(_OBSERVE, wanted)
            if unchanged := found.as_element():
                return Picked(unchanged, control, view.text, None)
            element = found.get_property("element").as_element()
            if element is None:
                raise PageChanged
            facts = json.loads(found.evaluate("found => found.facts"))
        now = Control.parse(control.frame, facts["description"])
        if not now.is_like(control):
            raise PageChanged
        with page_may_change():
            layer = _layer(tab, view, facts)
        return Picked(element, now, facts["text"], layer, facts["tangled"])

    def arm(self, tab: TabView, control: Control, *, text: str | None = None) -> tuple[float, float] | None:
        """Make sure that the next press in the frame of *control* meets *control* as it is now described, or nothing.

        With *text*, what the frame says now; without, *control* must also be where and how *tab* showed it a drawn
        frame ago, in the main frame, with nothing over it and no other control within it. Returns the point at which to
        press it, CSS pixels of its frame; None when it is not so, and then nothing is armed. `missed` counts the
        presses that met something else.
        """
        view = tab.frames[control.frame]
        wanted: dict[str, Any] = {
            "pick": control.index,
            "arm": ACT_TIMEOUT_MS,
            "hidden": self._may_read_hidden(view.frame),
        }
        wanted["same"] = _as_decided(view, control, text)
        if text is None:
            if view.frame.parent_frame is not None:
                return None
            wanted["box"] = control.box
        with page_may_change():
            point = view.frame.evaluate(_OBSERVE_DRAWN if text is None else _OBSERVE, wanted)
        if point:
            self.elsewhere.note_own_press(tab.page)
        return (point[0], point[1]) if point else None

    def _look_at(self, page: Page) -> TabView:
        sites = self.rule.sites(page.url)
        views: list[FrameView] = []
        is_partial = False
        for frame in page.frames if sites else ():
            is_main = frame == page.main_frame
            if not frame.url and not is_main and _is_shown(frame):
                is_partial = True  # what it will show is still on its way
                continue
            if not is_main and not ((self.rule.allows(frame.url) or _is_of_its_page(frame)) and _is_shown(frame)):
                continue
            try:
                facts = json.loads(frame.evaluate(_OBSERVE, {"hidden": self._may_read_hidden(frame)}))
            except PlaywrightError:
                is_partial = True
                continue
            views.append(_view(frame, facts, len(views)))
        is_elsewhere = not sites and page in self.elsewhere
        return TabView(page, page.url, sites, self._status.get(page, 0), tuple(views), is_partial, is_elsewhere)

    def _may_read_hidden(self, frame: Frame) -> bool:
        return "gateway" not in self.rule.sites(frame.url) or len(self.rule.sites(frame.url)) > 1

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.text == _RING:
            self._rings += 1
        elif message.text == _MISSED:
            self._missed += 1
        elif message.text == PRESSED and message.page is not None:
            self.elsewhere.note_press(message.page)

    def _on_request(self, request: Request) -> None:
        if request.resource_type in _LOADING_KINDS:
            self._pending.add(request)

    def _on_request_over(self, request: Request) -> None:
        self._pending.discard(request)

    def _on_response(self, response: Response) -> None:
        request = response.request
        try:
            if request.is_navigation_request() and request.frame.parent_frame is None:
                self._status[request.frame.page] = response.status
        except PlaywrightError:
            return


@contextmanager
def page_may_change() -> Iterator[None]:
    """Turn the browser's complaint that a page or element is gone into `PageChanged`."""
    try:
        yield
    except PlaywrightTimeoutError:
        raise
    except PlaywrightError as error:
        if is_page_gone(error):
            raise PageChanged from error
        raise


def is_page_gone(error: PlaywrightError) -> bool:
    """Tell whether *error* says that the document, frame or element that was spoken to is no longer there."""
    return any(word in error.message for word in ("destroyed", "detached", "closed", "not attached", "navigat"))


def _as_decided(view: FrameView, control: Control, text: str | None = None) -> list[object]:
    """Return what ``press.js`` compares with what it finds: all that *control* was decided upon for."""
    return [view.url, view.document, view.text if text is None else text, *control.facts()]


def _layer(tab: TabView, view: FrameView, facts: dict[str, Any]) -> Layer | None:
    """Return what lies over a point of *view*: in its own document, or in one around it."""
    if facts["layer"] is not None:
        return layer_of(view, tuple(facts["layer"]["span"]), modal=facts["layer"]["modal"])
    around = next((other for other in tab.frames if other.frame == view.frame.parent_frame), None)
    if around is None:
        return None
    inner = {"inner": view.frame.frame_element(), "at": facts["at"], "hidden": False}
    return _layer(tab, around, json.loads(around.frame.evaluate(_OBSERVE, inner)))


def _is_of_its_page(frame: Frame) -> bool:
    """Tell whether *frame* holds what the page around it wrote into it, as ``srcdoc`` does."""
    return frame.url in {"about:srcdoc", "about:blank"} and frame.parent_frame is not None


def _is_shown(frame: Frame) -> bool:
    try:
        return frame.frame_element().is_visible()
    except PlaywrightError:
        return False


def _view(frame: Frame, facts: dict[str, Any], number: int) -> FrameView:
    return FrameView(
        frame=frame,
        url=facts["url"],
        document=facts["document"],
        ready=facts["ready"],
        title=facts["title"],
        text=facts["text"],
        headings=tuple(facts["headings"]),
        alerts=tuple(facts["alerts"]),
        controls=tuple(Control.parse(number, entry) for entry in facts["controls"]),
        runs=tuple(tuple((at, words) for at, words in line) for line in facts["runs"]),
        boxes=tuple(tuple(box) for box in facts["boxes"]),
        dialogs=tuple((tuple(dialog["span"]), dialog["modal"]) for dialog in facts["dialogs"]),
        moving=facts["moving"],
    )
