"""A portal whose ways are called something unknown, and a person who shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

import fixtures
import mock_portal
from assistant.base.words import words
from assistant.desk.guided_run import Desk, guide_with_card, portal_context
from assistant.desk.panel import open_panel
from assistant.practice.card import PracticeCard
from assistant.practice.stories import PracticeStage
from assistant.receipts.receipt import Receipt
from assistant.run.limits import Limits
from assistant.wording.learnt import Learnt
from assistant.wording.look import wording
from flows import HostRule
from mock_portal.pages.changes import PageChange, change_pages, renamed
from tests.assistant.desk.sitter import Sitter, WatchedPanel

UNKNOWN: Mapping[str, str] = {
    "giris": "Portala gir",
    "kapi": "Kapıya geç",
    "nes": "Sertifika Köşesi",
    "bireysel": "Şahsi Bölüm",
    "e-onay": "Elektronik Kolaylık",
    "ana-sayfa": "Başlangıç",
    "jnlp": "şuradan edininiz",
    "jar": "öbür yerden edininiz",
}
"""What the ways are called, by their keys in the mock portal."""
LIMITS = Limits(settle_s=1.0, page_s=20, person_s=60, banner_s=5)


class _Renaming:
    def __init__(self, app: ASGIApp, labels: Mapping[str, str], besides: Sequence[PageChange]) -> None:
        self._app = app
        self._labels = labels
        self._besides = besides

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        for key, label in self._labels.items():
            change_pages(scope, renamed(key, label))
        for change in self._besides:
            change_pages(scope, change)
        await self._app(scope, receive, send)


def calling(labels: Mapping[str, str] = UNKNOWN, *besides: PageChange) -> Middleware:
    """Return what has a mock portal call its controls by *labels*, with more changes of its pages."""
    return Middleware(_Renaming, labels=labels, besides=besides)


@contextmanager
def unknown_portal(labels: Mapping[str, str] = UNKNOWN, *besides: PageChange) -> Iterator[PracticeStage]:
    """Serve a portal whose controls are called by *labels*, with its person's card in the reader."""
    who = fixtures.people()["hatice"]
    portal = mock_portal.Portal(people=[who.key], middleware=[calling(labels, *besides)])
    card = PracticeCard(portal.pki.credentials(who), who.pin)
    with mock_portal.serve(portal) as served:
        yield PracticeStage(portal, served.entry_url, card, who, who.pin)


@dataclass
class Shower(Sitter):
    """A person who shows what the assistant doesn't know, in the order in which the way goes."""

    labels: list[str] = field(default_factory=lambda: list(UNKNOWN.values()))
    """What they know to be on the way."""
    picks: str = "Asistana göstereceğim"
    """How the answer begins that they give to a plea."""
    pointed: int = 0
    by_themselves: int = 0

    def act(self) -> None:
        """Help if asked for help; otherwise do what any person does."""
        panel = self.panel
        if panel is None or panel.is_closed():
            return
        advice = panel.locator("#advice")
        if not panel.locator("#question").is_visible() and advice.is_visible():
            self._help()
            return
        super().act()

    def _help(self) -> None:
        assert self.panel is not None
        assert self.portal is not None
        said = self.panel.locator("#now-text").inner_text()
        if "aranan yere" in said or "kendiniz basınız" in said:
            self._press_in_page("aranan yere" in said)
            return
        answer = self.panel.locator("#advice button", has_text=self.picks).first
        if answer.count():
            self.acts.append(f"answered: {answer.inner_text()}")
            answer.click()

    def _press_in_page(self, pointing: bool) -> None:
        assert self.portal is not None
        page = self.portal.pages[-1]
        for label in self.labels:
            found = page.get_by_text(label, exact=True).first
            if found.count() and found.is_visible():
                act = f"{'pointed at' if pointing else 'pressed'} {label}"
                if self.acts[-1:] == [act]:
                    return
                self.acts.append(act)
                self.pointed += pointing
                self.by_themselves += not pointing
                found.click()
                return


def helped(browser: Browser, sitter: Sitter, learnt: Learnt | None, limits: Limits = LIMITS) -> Receipt:
    """Make a guided run with *sitter* at a desk that has learnt what is in *learnt*."""
    found = wording(None, learnt)
    with open_panel(browser, words("desk")) as panel, portal_context(browser, headed=False) as portal:
        sitter.portal = portal
        rule = HostRule.for_loopback(sitter.stage.entry, found.look)
        desk = Desk(
            rule,
            WatchedPanel(panel, sitter),
            words("desk"),
            limits,
            goodbye_s=0,
            learnt=learnt,
            suggestions=found.suggestions,
        )
        return guide_with_card(desk, portal, sitter.stage.card)
