"""Where the person goes to log in with somebody else: their bank, the help page of a card method.

A tab may leave the gateway for any https host, but only by the person's own press there. We read, hear and press
nothing in it until it is back at a host of the portal. Source: İnternet Bankacılığı leads to the bank's own site and
back to ``/Giris/Banka-Giris-Kontrol``.
"""

from __future__ import annotations

from time import monotonic
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, Frame, Page

from flows.hosts import HostRule

_PRESS_LEADS_AWAY_S = 60.0
"""How long after a press at the gateway a tab may leave, seconds: pages in between redirect by themselves."""
_OWN_PRESS_S = 2.0
"""Within how many seconds we hear of one of the run's own presses."""


class Elsewhere:
    """Follows which tabs of a browser context the person has taken elsewhere."""

    def __init__(self, context: BrowserContext, rule: HostRule) -> None:
        self._rule = rule
        self._at_gateway: WeakSet[Page] = WeakSet()
        self._away: WeakSet[Page] = WeakSet()
        self._pressed: WeakKeyDictionary[Page, float] = WeakKeyDictionary()
        self._own: WeakKeyDictionary[Page, float] = WeakKeyDictionary()
        for page in context.pages:
            self._follow(page)
        context.on("page", self._follow)

    def __contains__(self, page: object) -> bool:
        return page in self._away

    def note_press(self, page: Page) -> None:
        """Note that somebody pressed something in *page*."""
        if monotonic() - self._own.pop(page, -_OWN_PRESS_S) < _OWN_PRESS_S:
            self._pressed.pop(page, None)
        elif page in self._at_gateway:
            self._pressed[page] = monotonic()

    def note_own_press(self, page: Page) -> None:
        """Note that the run is about to press in *page*: where that leads is not the person's choice."""
        self._own[page] = monotonic()

    def _follow(self, page: Page) -> None:
        self._note_address(page, page.url)
        page.on("framenavigated", lambda frame: self._on_navigated(page, frame))

    def _on_navigated(self, page: Page, frame: Frame) -> None:
        if frame == page.main_frame:
            self._note_address(page, frame.url)

    def _note_address(self, page: Page, url: str) -> None:
        if sites := self._rule.sites(url):
            self._away.discard(page)
            if "gateway" in sites:
                self._at_gateway.add(page)
            else:
                self._at_gateway.discard(page)
                self._pressed.pop(page, None)
            return
        if page in self._at_gateway:
            self._at_gateway.discard(page)
            was_pressed = monotonic() - self._pressed.pop(page, -_PRESS_LEADS_AWAY_S) < _PRESS_LEADS_AWAY_S
            if was_pressed or self._rule.is_of_edevlet(url):
                self._away.add(page)
        if not self._rule.may_be_elsewhere(url):
            self._away.discard(page)
