"""A person who takes pictures: of everything the loop sees for the first time, before it acts on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from urllib.parse import urljoin

from playwright.sync_api import Page

from assistant.base.errors import GuideError, RunError
from assistant.guide.pictures.camera import Camera, Captured
from assistant.guide.pictures.catalogue import PictureSpec
from assistant.run.person import Alongside, Participant
from flows import Decision, Hand, Seen, TabView
from flows.text import says


class Photographer(Alongside):
    """Wraps another person and passes everything on to them."""

    def __init__(
        self,
        person: Participant,
        camera: Camera,
        wanted: Sequence[PictureSpec],
        on_taken: Callable[[Captured], None],
        *,
        stops: bool = True,
    ) -> None:
        """*on_taken* gets each picture at once. *stops*: whether the run ends when the last one is taken."""
        super().__init__(person)
        self._camera = camera
        self._wanted = list(wanted)
        self._on_taken = on_taken
        self._stops = stops

    @property
    def missing(self) -> tuple[PictureSpec, ...]:
        """The pictures still to take."""
        return tuple(self._wanted)

    def attend(self) -> None:
        """Let the person attend; end the run once there is nothing left to take."""
        if self._stops and not self._wanted:
            raise RunError("person_stopped")
        super().attend()

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Take the pictures of this screen we still want."""
        super().tell(seen, decision, hand)
        for spec in [spec for spec in self._wanted if _shows(seen, spec)]:
            self._wanted.remove(spec)
            with _page_of(spec, seen.tab.page) as page:
                self._on_taken(self._camera.take(spec, page, partial(_tab_of, page, hand)))


def _shows(seen: Seen, spec: PictureSpec) -> bool:
    return seen.screen == spec.screen and (not spec.says or says(seen.tab.text, spec.says))


@contextmanager
def _page_of(spec: PictureSpec, page: Page) -> Iterator[Page]:
    """Yield the screen's page, or the one behind *spec*'s link in a tab that we close again.

    Raises `GuideError` if the screen has no such link.
    """
    if not spec.link:
        yield page
        return
    hrefs = [
        link.get_attribute("href")
        for words in spec.link
        for link in page.locator("a[href]").filter(has_text=words).all()
    ]
    if not hrefs:
        raise GuideError("picture_target_missing", f"{spec.id}: link {spec.link[0]}")
    address = urljoin(page.url, hrefs[0])
    beside = page.context.new_page()
    try:
        beside.goto(address)
        yield beside
    finally:
        beside.close()


def _tab_of(page: Page, hand: Hand) -> TabView:
    """Look at *page*'s tab again."""
    return next(tab for tab in hand.observer.observe().tabs if tab.page == page)
