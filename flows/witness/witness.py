"""Asks the browser for a page's snapshot, over a session of its own."""

from __future__ import annotations

from contextlib import suppress
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary

from loguru import logger
from playwright.sync_api import CDPSession, Frame, Page
from playwright.sync_api import Error as PlaywrightError

from flows.errors import PageChanged
from flows.hosts import HostRule
from flows.observation import TabView
from flows.observer import is_page_gone
from flows.witness.snapshot import STYLES, PageSnapshot, is_of_its_page, parse
from flows.witness.testimony import Disagreement, WitnessQuestion, testify

_ASKED = {
    "computedStyles": list(STYLES),
    "includePaintOrder": True,
    "includeBlendedBackgroundColors": True,
}


class Witness:
    """Sees the pages of one browser as they are painted."""

    def __init__(self, rule: HostRule) -> None:
        self._rule = rule
        self._sessions: WeakKeyDictionary[Page | Frame, CDPSession] = WeakKeyDictionary()
        self.took_ms: list[float] = []
        """How long each answer took, milliseconds."""

    def disagrees(self, tab: TabView, question: WitnessQuestion) -> Disagreement | None:
        """Return None when the browser shows what *tab* reports about *question*, else why not.

        A page that may not be read this way confirms nothing. Raises `PageChanged` when the page went away meanwhile.
        """
        if not self.may_read(tab.page.url):
            return Disagreement("witnesses_disagree")
        began = perf_counter()
        snapshot = self._snapshot(tab.page)
        said = testify(snapshot, tab, question, self._rule.look) if snapshot else Disagreement("witnesses_disagree")
        self.took_ms.append((perf_counter() - began) * 1000)
        logger.debug("the second witness took {:.1f} ms", self.took_ms[-1])
        return said

    def may_read(self, url: str) -> bool:
        """Return whether a page at *url* is the portal's own and not the gateway's."""
        sites = self._rule.sites(url)
        return bool(sites) and ("gateway" not in sites or len(sites) > 1)

    def _snapshot(self, page: Page) -> PageSnapshot | None:
        """Return what *page* shows; None when we don't understand the browser's answer."""
        raw = self._ask(page)
        try:
            return parse(raw, self.may_read, self._ask_apart(page, raw))
        except (LookupError, TypeError, ValueError, AttributeError):
            # We don't even say where it went wrong: what was read so far may hold what people typed.
            return None

    def _ask_apart(self, page: Page, raw: dict[str, Any]) -> dict[int, dict[str, Any]]:
        """Return what frames in processes of their own show, by the number of their element.

        A frame that doesn't answer, or that lies in another such frame, is left out, and so counts as unreadable.
        """
        apart: dict[int, dict[str, Any]] = {}
        if len(raw["documents"]) == len(page.frames):
            return apart
        for frame in page.frames[1:]:
            if not (is_of_its_page(frame.url) or self.may_read(frame.url)):
                continue
            with suppress(PlaywrightError):  # most frames end here: they are part of their page's process
                session = self._session(frame)
                frame_id = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
                owner = self._session(page).send("DOM.getFrameOwner", {"frameId": frame_id})
                apart[owner["backendNodeId"]] = session.send("DOMSnapshot.captureSnapshot", _ASKED)
        return apart

    def _session(self, of: Page | Frame) -> CDPSession:
        session = self._sessions.get(of)
        if session is None:
            context = of.context if isinstance(of, Page) else of.page.context
            session = self._sessions[of] = context.new_cdp_session(of)
        return session

    def _ask(self, page: Page) -> dict[str, Any]:
        try:
            return self._session(page).send("DOMSnapshot.captureSnapshot", _ASKED)
        except PlaywrightError as error:
            self._sessions.pop(page, None)
            if is_page_gone(error):
                raise PageChanged from None
            raise
