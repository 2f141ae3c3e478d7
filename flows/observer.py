"""Watching a browser: one description per look, and a wait that ends when something changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, Frame, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from flows.additions import Addition, with_additions
from flows.answering import mark_answering
from flows.elsewhere import Elsewhere
from flows.errors import PageChanged
from flows.giving_up import Call
from flows.held import HeldPages
from flows.hosts import HostRule
from flows.observation import Control, FrameView, Layer, Observation, TabView, view_of
from flows.requests import PageRequests
from flows.scripts import seeing, source
from flows.utterance import layer_of
from flows.world import Place, Point, Thing, Worlds

ACT_TIMEOUT_MS = 5_000.0
"""How long one act in a page may take."""
_SEE = seeing("press.js")
_NO_BELL = "no bell"
_OBSERVE = f"(wanted, inner) => globalThis.bell ? bell.see(wanted, inner) : '{_NO_BELL}'"
_OBSERVE_DRAWN = """(wanted) => new Promise((drawn) => {
  requestAnimationFrame(() => drawn());
  setTimeout(drawn, 250);
}).then(() => globalThis.bell?.see(wanted))"""
"""The same, after the page was drawn again. A window out of sight isn't drawn; its page is asked anyway."""
_BELL = source("bell.js").replace("SEE", _SEE)
_HOLD_BACK = "ms => globalThis.bell?.guard(ms, () => false)"
_GONE = (
    *("destroyed", "detached", "closed", "not attached", "navigat"),  # Playwright's words
    *("uniqueContextId", "Cannot find context", "No frame", "Frame with the given"),  # Chromium's
)
_BROWSER_ERROR = "chrome-error://"


@dataclass(frozen=True, slots=True)
class Picked:
    """A control's element, found again."""

    place: Place = field(repr=False)
    control: Control
    """What the control is now."""
    text: str = field(repr=False)
    """What its frame says now."""
    layer: Layer | None
    """What lies over it; None when nothing does."""
    tangled: bool = False
    """Whether another control lies inside or around it, so that no press could be on this one alone."""

    @property
    def element(self) -> Thing:
        """The element, until another is picked in the same frame. Raises Playwright's error when it is gone."""
        return self.place.handle("() => globalThis.picked")


class Shielding(Protocol):
    """What keeps the person's own hand from harm: see `flows.shield`."""

    def script(self) -> str:
        """Return what each document gets along with ``bell.js``."""

    def hear(self, page: Page, word: str) -> bool:
        """Hear a word of that script; return whether it was one."""

    def stand_in(self, observer: Observer) -> None:
        """Remember the observer it works in."""


class Observer:
    """Looks at all tabs of one browser context."""

    def __init__(self, context: BrowserContext, rule: HostRule, shield: Shielding | None = None) -> None:
        """*shield* keeps the person's own hand from harm on every page; None when nobody is there."""
        self.context = context
        self.rule = rule
        self._shield = shield
        self._rings = 0
        self._heard = 0
        self._waiting: Call | None = None
        self._missed: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
        self.elsewhere = Elsewhere(context, rule)
        """The tabs that the person took elsewhere to log in."""
        self.requests = PageRequests(context, rule)
        """What the pages are still fetching."""
        allowed = f"new RegExp({json.dumps(rule.origins_pattern())})"
        scripts = _BELL if shield is None else f"{_BELL}\n{shield.script()}"
        self.worlds = Worlds(context, scripts.replace("ALLOWED_ORIGINS", allowed), self._on_told)
        """Our vantage point in each page."""
        self.held = HeldPages(context, self.worlds.answers, self.elsewhere)
        """The pages that a browser dialog holds up."""
        context.on("page", lambda _page: self.ring())
        if shield is not None:
            shield.stand_in(self)

    def missed(self, page: Page) -> int:
        """Return how many presses in *page* the guard has held back so far: see `arm`.

        Nothing a page does brings the number down.
        """
        return self._missed.get(page, 0)

    def add_words(self, additions: Iterable[Addition]) -> None:
        """From now on, recognise the portal's harmless ways by these words too: see `flows.additions`."""
        self.rule = replace(self.rule, look=with_additions(self.rule.look, additions))

    def ring(self) -> None:
        """Make the current or next `wait` return at once."""
        self._rings += 1
        if self._waiting is not None:
            self._waiting.give_up()

    def new_page(self) -> Page:
        """Open a window that we are in before any page is."""
        page = self.context.new_page()
        self.worlds.attach(page)
        return page

    def wait(self, timeout_ms: float) -> bool:
        """Wait until something may have changed since the last look, at most *timeout_ms*.

        Returns whether something did. A change before the call counts.
        """
        if self._rings == self._heard:
            self._waiting = call = Call()
            try:
                with call.made():
                    # This event never comes; a ring ends the wait. So does a browser that is gone, with its error.
                    self.context.wait_for_event("serviceworker", lambda _worker: False, timeout=max(timeout_ms, 1))
            except PlaywrightTimeoutError:
                pass
            except asyncio.CancelledError:
                if not call.is_given_up:
                    raise
            except RuntimeError as error:  # Playwright's, when its driver is gone: there is no loop left to wait in
                raise PlaywrightError("Connection closed") from error
            finally:
                self._waiting = None
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

        Raises `PageChanged` when it is gone or no longer the same.
        """
        view = tab.frames[control.frame]
        with page_may_change():
            found = _see(view.place, {"pick": control.index, "hidden": self._may_read_hidden(view.frame)})
        if found is None:
            raise PageChanged
        facts = json.loads(found)
        now = Control.parse(control.frame, facts["description"])
        if not now.is_like(control):
            raise PageChanged
        with page_may_change():
            layer = _layer(tab, control.frame, facts)
        return Picked(view.place, now, facts["text"], layer, facts["tangled"])

    def arm(self, tab: TabView, control: Control, *, text: str | None = None, stands: str = "") -> Point | None:
        """Make sure that the next press in *tab* hits *control* as described now, or nothing.

        It must be where and how it was when *control* was described a drawn frame ago, with nothing over it and no
        other control inside it. *text* is what its frame says now. Without it we go by what *tab* showed, and then a
        control in a frame within the page is not armed: nobody looked at what lies over that frame. *stands* is a
        sentence of this frame that must still be readable at each moment of the press. Returns the point to press, in
        CSS pixels of the page, or None when something doesn't hold, and then nothing is armed. `missed` counts the
        presses that hit something else; `disarm` ends it when no press came.
        """
        view = tab.frames[control.frame]
        if text is None and view.frame.parent_frame is not None:
            return None
        wanted: dict[str, Any] = {
            "pick": control.index,
            "arm": ACT_TIMEOUT_MS,
            "hidden": self._may_read_hidden(view.frame),
            "same": _as_decided(view, control, text),
            "box": control.box,
        }
        if _bare(stands) in _bare(view.text):
            wanted["stands"] = stands
        with page_may_change():
            found = view.place.call(_OBSERVE_DRAWN, wanted)
            if not found:
                return None
            x, y, width, height = found
            point = view.place.on_page((x, y), (width, height))
            for other in tab.frames:  # a press that misses this frame must not land in another one either
                if other is not view:
                    other.place.call(_HOLD_BACK, ACT_TIMEOUT_MS)
        self.elsewhere.note_own_press(tab.page)
        return point

    def disarm(self, tab: TabView) -> None:
        """Let every press in *tab* through again."""
        for view in tab.frames:
            with suppress(PlaywrightError):
                view.place.call("() => globalThis.bell?.release()")

    def mark_answering(self, tab: TabView) -> bool:
        """See everything in *tab* that answers a click without showing it as a control: see `flows.answering`.

        Returns whether there was anything new.
        """
        return self._may_read_hidden(tab.page.main_frame) and mark_answering(tab)

    def point(self, tab: TabView, *, on: bool = True) -> None:
        """Catch the next press in *tab* before its page hears of it, or stop doing so: see `pointed_at`."""
        for view in tab.frames:
            with suppress(PlaywrightError):
                view.place.call("on => globalThis.bell?.point(on)", on)

    def pointed_at(self, tab: TabView) -> tuple[bool, Control | None]:
        """Return whether a press was caught since `point`, and the control of *tab* that it hit, if any.

        Raises `PageChanged` when the page went away.
        """
        for number, view in enumerate(tab.frames):
            with page_may_change():
                found = _see(view.place, {"pointed": True, "hidden": self._may_read_hidden(view.frame)})
            facts = json.loads(found)
            if facts["caught"]:
                return True, Control.parse(number, facts["control"]) if facts["control"] else None
        return False, None

    def read_on(self, tab: TabView, layer: Layer) -> bool:
        """Scroll *layer* to its end, as a reader would; return whether there was more of it. Raises `PageChanged`."""
        if layer.place is None:
            return False
        frame, number = layer.place
        with page_may_change():
            return bool(_see(tab.frames[frame].place, {"read": number, "hidden": False}))

    def _look_at(self, page: Page) -> TabView:
        sites = self.rule.sites(page.url)
        views: list[FrameView] = []
        is_partial = False
        try:
            self.worlds.attach(page)
        except PlaywrightError:
            return TabView(page, page.url, sites, 0, (), is_partial=True)
        for frame in page.frames if sites else ():
            is_main = frame == page.main_frame
            is_ours = is_main or self.rule.allows(frame.url) or _is_of_its_page(frame)
            if not is_ours and frame.url:
                continue
            try:
                place = self.worlds.place(frame)
                if place is not None and not is_main and not place.is_shown():
                    continue
                if place is None or not is_ours:  # what it will show is still on its way
                    is_partial = True
                    continue
                facts = json.loads(_see(place, {"hidden": self._may_read_hidden(frame)}))
            except PlaywrightError:
                is_partial = True
                continue
            views.append(view_of(frame, place, facts, len(views)))
        is_elsewhere = not sites and page in self.elsewhere
        status = views[0].status if views else 0
        frames = tuple(_within_dialogs(views))
        return TabView(page, page.url, sites, status, frames, is_partial, is_elsewhere)

    def _may_read_hidden(self, frame: Frame) -> bool:
        sites = self.rule.sites(frame.page.url if _is_of_its_page(frame) else frame.url)
        return "gateway" not in sites or len(sites) > 1

    def _on_told(self, page: Page, word: str) -> None:
        """Hear a word from ``bell.js``."""
        if word in {"changed", "pointed"}:
            self.ring()
        elif word == "missed":
            self._missed[page] = self.missed(page) + 1
        elif word == "pressed":
            self.elsewhere.note_press(page)
            self.requests.note_press(page)
        elif self._shield is not None and self._shield.hear(page, word):
            self.ring()


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
    """Return whether *error* says that the document, frame or element we spoke to is gone."""
    return any(word in error.message for word in _GONE)


def _see(place: Place, wanted: dict[str, Any], *inner: Thing) -> Any:
    """Return what ``press.js`` returns. Raises Playwright's error when the document is gone."""
    found = place.call(_OBSERVE, wanted, *inner)
    return place.call(_SEE, wanted, *inner) if found == _NO_BELL else found


def _bare(text: str) -> str:
    return "".join(text.split())


def _as_decided(view: FrameView, control: Control, text: str | None = None) -> list[object]:
    """Return what ``press.js`` compares with what it finds: everything about *control* that the decision rests on."""
    return [view.url, view.document, view.text if text is None else text, *control.facts()]


def _layer(tab: TabView, number: int, facts: dict[str, Any]) -> Layer | None:
    """Return what lies over a point of frame *number*, in its own document or in one around it."""
    if facts["layer"] is not None:
        return layer_of(tab, number, tuple(facts["layer"]["span"]), modal=facts["layer"]["modal"])
    frame = tab.frames[number].frame
    around = next((n for n, other in enumerate(tab.frames) if other.frame == frame.parent_frame), None)
    if around is None:
        return None
    owner = tab.frames[number].place.owner()
    found = _see(tab.frames[around].place, {"at": facts["at"], "hidden": False}, owner)
    owner.dispose()
    return _layer(tab, around, json.loads(found))


def _within_dialogs(views: list[FrameView]) -> Iterator[FrameView]:
    """Yield *views*, outer ones first, with the dialog each frame lies in."""
    within: dict[Frame, tuple[int, int] | None] = {}
    numbers = {view.frame: number for number, view in enumerate(views)}
    for view in views:
        parent = view.frame.parent_frame
        if parent is not None and parent in numbers:
            found = within[parent]
            if found is None and any(dialog.frames for dialog in views[numbers[parent]].dialogs):
                found = _holding(views, numbers[parent], view)
            within[view.frame] = found
        else:
            within[view.frame] = None
        yield replace(view, within=within[view.frame]) if within[view.frame] else view


def _holding(views: list[FrameView], number: int, inner: FrameView) -> tuple[int, int] | None:
    """Return the dialog of frame *number* that holds the frame *inner*, or None."""
    try:
        owner = inner.place.owner()
        at = _see(views[number].place, {"holding": True, "hidden": False}, owner)
        owner.dispose()
    except PlaywrightError:
        return None  # it has just gone
    return (number, at) if at >= 0 else None


def _is_of_its_page(frame: Frame) -> bool:
    """Return whether *frame* holds what the page around it wrote into it, as ``srcdoc`` does."""
    return frame.url in {"about:srcdoc", "about:blank"} and frame.parent_frame is not None
