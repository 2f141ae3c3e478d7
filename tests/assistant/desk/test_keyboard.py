"""A whole guided run by the keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playwright.sync_api import Browser, Page

from assistant.base.outcome import Outcome
from assistant.practice.stories import staged, stories
from tests.assistant.desk.sitter import Sitter, sit_down

_MOST_TABS = 60
_FOCUSED = "document.activeElement?.matches(%r) ?? false"


@dataclass
class KeyboardSitter(Sitter):
    """Never touches a mouse: Tab, letters and Enter, in whichever window is to be answered."""

    lost: list[str] = field(default_factory=list)
    """The questions at which the keyboard spoke to nothing in the panel."""

    def _answer(self, place: str, title: str) -> None:
        assert self.panel is not None
        if self.panel.evaluate("document.activeElement === document.body"):
            self.lost.append(title)
        if self.panel.locator(f"#{place} input:enabled").count():
            self.acts.append("typed a PIN")
            assert self.panel.evaluate("document.activeElement.id") == "pin"
            self.panel.keyboard.type(self.stage.pin)
        elif self.panel.locator(f"#{place} [data-answer=yes]:enabled").count():
            self.acts.append(f"yes: {title}")
            _tab_to(self.panel, f"#{place} [data-answer=yes]")
        else:
            return
        self.panel.keyboard.press("Enter")

    def _log_in(self) -> None:
        page = self.portal.pages[-1] if self.portal is not None and self.portal.pages else None
        if page is None or "giris." not in page.url:
            return
        person = self.stage.person
        if page.locator("#egpField").is_visible():
            self.acts.append("logged in")
            for place, text in (("#tridField", person.national_id), ("#egpField", person.password)):
                _tab_to(page, place)
                page.keyboard.type(text)
            page.keyboard.press("Enter")
        elif page.locator("#smsDogrulamaKodu").is_visible():
            self.acts.append("typed the SMS code")
            _tab_to(page, "#smsDogrulamaKodu")
            page.keyboard.type(person.sms_code)
            page.keyboard.press("Enter")


def _tab_to(page: Page, place: str) -> None:
    for _ in range(_MOST_TABS):
        if page.evaluate(_FOCUSED % place):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {place}")


def test_a_whole_run_by_the_keyboard_alone(browser: Browser) -> None:
    """Login, approvals and PIN need no mouse, and when the panel asks it has the keyboard."""
    with staged(replace(stories()["first-time"], person="ayse")) as stage:
        sitter = KeyboardSitter(stage)
        receipt = sit_down(browser, sitter)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, receipt.result
        assert sitter.lost == []
        assert len([act for act in sitter.acts if act.startswith("yes: ")]) == 3
