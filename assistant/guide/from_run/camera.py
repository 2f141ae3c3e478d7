"""Takes covered pictures of the portal's pages during a guided run, and keeps them only in memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from loguru import logger
from playwright.sync_api import BrowserContext, JSHandle, Page, ViewportSize
from playwright.sync_api import Error as PlaywrightError

from assistant.browser.top_layer import over_page
from assistant.guide.model import TextBox
from assistant.guide.pictures.catalogue import picture_specs
from assistant.rehearsal.report.picture import may_be_shown, movements
from flows import Control, Decision, Hand, HostRule, PageChanged, Press, Seen, TabView, Tick, portal_look
from flows.text import fold, skeleton

_COVER = over_page("assistant.guide.from_run", "cover.js")
_TRIES = 3
_PATIENCE_MS = 5_000.0
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, repr=False)
class Photo:
    """One picture of a screen, in memory."""

    screen: str
    png: bytes
    scale: float
    """Device pixels per CSS pixel."""
    control: TextBox | None
    """What you press there, in CSS pixels from the upper left corner."""
    dangers: tuple[TextBox, ...] = ()
    """What you must never press there, in the order the picture declares it."""


@dataclass(slots=True)
class PortalCamera:
    """A camera for one run. Implements `assistant.desk.beside.SnapshotCamera`."""

    context: BrowserContext
    rule: HostRule
    wanted: Collection[str]
    """Screens we want a picture of. We never take the gateway's."""
    photos: dict[str, Photo] = field(default_factory=dict, init=False)
    _tries: Counter[str] = field(default_factory=Counter, init=False)

    def wants(self, seen: Seen) -> bool:
        """Whether we still want a picture of this screen, and may take it."""
        name = seen.screen
        if name not in self.wanted or name in self.photos or self._tries[name] >= _TRIES:
            return False
        return "gateway" not in portal_look().screens[name].sites and self._is_far_from_gateway()

    def take(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Take the picture, covered. Drop it if that fails or the page moves meanwhile."""
        self._tries[seen.screen] += 1
        page = seen.tab.page
        try:
            control = _place(decision, seen.tab, hand)
            dangers = _dangers(seen, hand, page.viewport_size)
            scale = float(page.evaluate("devicePixelRatio"))
            with movements(page) as moved, covered(page) as covers:
                png = page.screenshot(type="png", animations="disabled", timeout=_PATIENCE_MS)
                holds = all(cover.evaluate("cover => cover.holds()") for cover in covers)
            if holds and not moved and len(covers) == len(page.frames) and self._is_far_from_gateway():
                self.photos[seen.screen] = Photo(seen.screen, png, scale, control, dangers)
        except (PlaywrightError, PageChanged) as error:
            logger.debug("no picture of {}: {}", seen.screen, type(error).__name__)

    def _is_far_from_gateway(self) -> bool:
        """Whether every tab only shows the portal: not e-Devlet, nobody else's page."""
        frames = (frame for page in self.context.pages for frame in page.frames)
        return all(_is_blank(frame.url) or may_be_shown(frame.url, self.rule) for frame in frames)


@contextmanager
def covered(page: Page) -> Iterator[Sequence[JSHandle]]:
    """Cover what may be personal on *page* while the body runs. Each frame's cover says whether it holds."""
    covers: list[JSHandle] = []
    try:
        for frame in page.frames:
            covers.append(frame.evaluate_handle(_COVER, {"keep": sorted(portal_words())}))  # noqa: PERF401
        yield covers
    finally:
        for cover in covers:
            with suppress(PlaywrightError):
                cover.evaluate("cover => cover.remove()")


def _place(decision: Decision, tab: TabView, hand: Hand) -> TextBox | None:
    """Scroll the next control into view and return where it is."""
    control: Control | None = decision.control if isinstance(decision, (Press, Tick)) else None
    return _box(control, tab, hand) if control else None


def _dangers(seen: Seen, hand: Hand, window: ViewportSize | None) -> tuple[TextBox, ...]:
    """Return where the tiles are that the picture warns of, as far as the window shows them whole.

    Their titles differ between editions of the portal ("Sertifikamı İptal Et / Askıya Alma"): the declared one is part.
    """
    spec = picture_specs().get(seen.screen)
    titles = [skeleton(mark.target.name) for mark in spec.marks if mark.style == "danger"] if spec else []
    found = []
    for title in filter(None, titles):
        tiles = [it for it in seen.tab.controls if title in skeleton((it.text.splitlines() or [""])[0])]
        boxes = [box for tile in tiles if (box := _box(tile, seen.tab, hand))]
        largest = max(boxes, key=lambda box: box.width * box.height, default=None)
        if largest and window and _is_within(largest, window):
            found.append(largest)
    return tuple(found)


def _is_within(box: TextBox, window: ViewportSize) -> bool:
    across = box.x >= 0 and box.x + box.width <= window["width"]
    return across and box.y >= 0 and box.y + box.height <= window["height"]


def _box(control: Control, tab: TabView, hand: Hand) -> TextBox | None:
    box = hand.observer.pick(tab, control).element.bounding_box()
    return TextBox(*box) if box else None


@cache
def portal_words() -> frozenset[str]:
    """Return the portal's own words, folded: everything in its description and the guide's texts."""
    sources = (("flows", "portal.toml"), ("flows", "steps.toml"), ("assistant.guide", "book.toml"))
    texts = ((resources.files(package) / name).read_text(encoding="utf-8") for package, name in sources)
    return frozenset(fold(word).replace("ı", "i") for text in texts for word in _WORD.findall(text))


def _is_blank(address: str) -> bool:
    return address == "" or address.startswith(("about:blank", "about:srcdoc"))
