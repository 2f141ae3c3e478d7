"""Points at a control in the portal's page without being part of the page."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error as PlaywrightError

from assistant.browser.top_layer import over_page
from flows import Control, Hand, PageChanged, TabView
from flows.giving_up import given_up_after
from flows.world import Thing

_POINT = over_page("assistant.desk", "highlight.js")
_PATIENCE_S = 2.0


class Highlight:
    """The ring around a control; there is never more than one."""

    def __init__(self) -> None:
        self._ring: Thing | None = None
        self._at: tuple[tuple[float, ...], Control] | None = None

    def point(self, tab: TabView, control: Control, hand: Hand) -> None:
        """Point at *control*, and scroll to it if it is new. Does nothing if it is gone."""
        at = (tab.document(), control)
        if self._at is not None and at[0] == self._at[0] and control.is_like(self._at[1]) and self._is_alive():
            return
        self.clear()
        try:
            self._ring = hand.observer.pick(tab, control).element.evaluate_handle(_POINT)
            self._at = at
        except (PageChanged, PlaywrightError):
            self._ring = None

    def clear(self) -> None:
        """Remove the ring."""
        ring, self._ring, self._at = self._ring, None, None
        if ring is not None:
            # The page may hang by now, and at the end of a run nothing else would wake us.
            with suppress(PlaywrightError, CancelledError), given_up_after(_PATIENCE_S):
                ring.evaluate("ring => ring.clear()")

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Remove the ring for good before we take evidence: nothing of ours may be in it."""
        self.clear()
        yield

    def _is_alive(self) -> bool:
        try:
            return self._ring is not None and bool(self._ring.evaluate("ring => ring.alive()"))
        except PlaywrightError:
            return False
