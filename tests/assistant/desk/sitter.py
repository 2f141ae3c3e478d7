"""A simulated person at the desk: presses the panel's real buttons and types into the portal's real page.

It acts where the loop takes in events, so it needs no thread and no sleep: once per look of the loop it does at most
one thing, as a person would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from assistant.base.words import words
from assistant.desk.guided_run import Desk, guide_with_card, portal_context
from assistant.desk.panel import Panel, open_panel
from assistant.desk.surface import Event
from assistant.desk.view import View
from assistant.practice.stories import PracticeStage
from assistant.receipts.receipt import Receipt
from assistant.run.limits import Limits
from flows import HostRule

PATIENCE = Limits(settle_s=1.0, page_s=20, person_s=30, banner_s=5)


@dataclass
class Sitter:
    """What the person does. Every act is named in `acts`, in order."""

    stage: PracticeStage
    refuses: str = ""
    """The title of the approval at which the answer is no."""
    pins: list[str] = field(default_factory=list)
    """The PINs typed, in this order; the right one after them."""
    by_hand: bool = False
    """Whether sharing is pressed in the portal's page instead of in the panel."""
    before: Callable[[str, Sitter], bool] = lambda _title, _self: False
    """Called before a question or prompt with that title is answered; True when nothing else is to be done now."""
    on_view: Callable[[View], None] = lambda _view: None
    helps: str = ""
    """What they answer where the assistant doesn't know a page; nothing if empty."""
    acts: list[str] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    portal: BrowserContext | None = None
    panel: Page | None = None

    def act(self) -> None:
        """Do the next thing, if there is one to do."""
        if self.panel is None or self.panel.is_closed():
            return
        for place in ("question", "prompt"):
            title = self.panel.locator(f"#{place}-title")
            enabled = self.panel.locator(f"#{place} button:enabled")
            if title.count() and title.is_visible():
                if enabled.count() or place == "prompt":
                    self._answer(place, title.inner_text())
                return
        asked = self.panel.locator("#advice button").get_by_text(self.helps, exact=True)
        if self.helps and asked.count():
            self.acts.append(f"answered: {self.helps}")
            asked.click()
            return
        self._log_in()

    def _answer(self, place: str, title: str) -> None:
        assert self.panel is not None
        if self.before(title, self):
            return
        if title == self.refuses:
            self.acts.append(f"no: {title}")
            self.panel.locator(f"#{place} button.no").last.click()
        elif self.by_hand and title == "Bilgi paylaşımına onay" and self.portal is not None:
            if self.acts[-1:] == ["pressed Onayla in the page"]:
                return  # the panel has not yet seen it, and the next page has no such button to wait for
            self.acts.append("pressed Onayla in the page")
            self.portal.pages[-1].get_by_role("button", name="Onayla").click()
        elif self.panel.locator(f"#{place} input:enabled").count():
            pin = self.pins.pop(0) if self.pins else self.stage.pin
            self.acts.append("typed a PIN")
            self.panel.get_by_label("Kart PIN'i").fill(pin)
            self.panel.keyboard.press("Enter")
        elif self.panel.locator(f"#{place} [data-answer=yes]:enabled").count():
            self.acts.append(f"yes: {title}")
            self.panel.locator(f"#{place} [data-answer=yes]").click()

    def _log_in(self) -> None:
        page = self.portal.pages[-1] if self.portal is not None and self.portal.pages else None
        if page is None or "giris." not in page.url:
            return
        person = self.stage.person
        if page.locator("#egpField").is_visible():
            self.acts.append("logged in")
            page.locator("#tridField").fill(person.national_id)
            page.locator("#egpField").fill(person.password)
            page.locator("button[name=submitButton], input[name=submitButton]").first.click()
        elif page.locator("#smsDogrulamaKodu").is_visible():
            self.acts.append("typed the SMS code")
            page.locator("#smsDogrulamaKodu").fill(person.sms_code)
            page.keyboard.press("Enter")


class WatchedPanel:
    """A panel with somebody in front of it."""

    def __init__(self, panel: Panel, sitter: Sitter) -> None:
        self._panel = panel
        self._sitter = sitter
        sitter.panel = panel.page

    def show(self, view: View) -> None:
        """Show it, and let the person see it."""
        self._panel.show(view)
        if not self._sitter.views or self._sitter.views[-1] != view:
            self._sitter.views.append(view)
            self._sitter.on_view(view)

    def events(self) -> list[Event]:
        """Let the person act, then tell what they did."""
        self._sitter.act()
        return self._panel.events()

    def pause(self, seconds: float) -> None:
        """Pause."""
        self._panel.pause(seconds)

    def put_away(self) -> None:
        """Close the window."""
        self._panel.put_away()


def sit_down(browser: Browser, sitter: Sitter, limits: Limits = PATIENCE) -> Receipt:
    """Make a guided run with *sitter* and return its receipt, without waiting at the last view."""
    with open_panel(browser, words("desk")) as panel, portal_context(browser, headed=False) as portal:
        sitter.portal = portal
        rule = HostRule.for_loopback(sitter.stage.entry)
        desk = Desk(rule, WatchedPanel(panel, sitter), words("desk"), limits, goodbye_s=0)
        return guide_with_card(desk, portal, sitter.stage.card)
