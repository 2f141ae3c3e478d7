"""The shield at a desk: the person's slip is held and told, their second word ends the run, and it stays to the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.guard import Guard, held_question
from assistant.desk.guided_run import Desk, guide_with_card, portal_context
from assistant.desk.panel import open_panel
from assistant.desk.surface import Event
from assistant.desk.view import new_number
from assistant.practice.stories import PracticeStage, staged, stories
from flows import HeldPress, HostRule, Observer, Shield
from mock_portal import Act
from tests.assistant.desk.sitter import PATIENCE, Sitter, WatchedPanel, sit_down
from tests.sampling import sampled

HATICE = replace(stories()["first-time"], person="hatice")
CONSENT = "E-Onay metni ve Devam"
HELD = "Asistan basışınızı durdurdu"
TILES = "/nes/bireysel"


def slip(page: Page, stage: PracticeStage, tile: str = "Sertifikamı İptal Et") -> None:
    """Go to the tiles by hand and press a wrong one."""
    page.goto(f"{stage.portal.origin('onlineislemler')}{TILES}")
    box = page.get_by_role("link", name=tile).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 20)


@dataclass
class Slips:
    """Slips once at the consent, and then answers the shield's question."""

    answer: str
    """The class of the button: ``yes`` stands for the first one, ``no`` for the second."""
    asked: list[str] = field(default_factory=list)

    def __call__(self, title: str, sitter: Sitter) -> bool:
        """Do it, before a question is answered."""
        assert sitter.panel is not None
        assert sitter.portal is not None
        if title.startswith(HELD):
            if title not in self.asked:
                self.asked.append(title)
                sitter.panel.locator("#question button").nth(0 if self.answer == "yes" else 1).click()
            return True
        if title == CONSENT and not self.asked:
            if TILES not in sitter.portal.pages[-1].url:
                slip(sitter.portal.pages[-1], sitter.stage)
            return True
        return False


def test_a_slip_is_held_and_the_run_goes_on(browser: Browser) -> None:
    """The press doesn't reach the portal, the panel says what it would do, and after a no the run ends as it should."""
    with staged(HATICE) as stage:
        slips = Slips("no")
        receipt = sit_down(browser, Sitter(stage, before=slips))
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, receipt.result
        assert len(slips.asked) == 1
        assert "Sertifikamı İptal Et" in slips.asked[0]
        assert stage.portal.ledger.count(Act.CERTIFICATE_REVOKED) == 0


def test_an_answer_to_another_question_is_left_to_whoever_asked(browser: Browser) -> None:
    """The shield takes the answer to what it asks, and no other: neither an older nor a newer number."""
    shield = Shield(HostRule.for_loopback("http://127.0.0.1:1/"))
    guard = Guard(shield, words("desk"))
    with open_panel(browser, words("desk")) as panel:
        older = new_number()
        shield.held = HeldPress(panel.page, "revocation", "Sertifikamı İptal Et")
        guard.attend()
        asked, newer = guard.question(), new_number()
        assert asked is not None
        assert [guard.take(Event("yes", number)) for number in (older, newer)] == [False, False]
        assert guard.question() == asked
        assert guard.take(Event("no", asked.id))
        assert guard.question() is None


def test_a_second_word_ends_the_assisted_run(browser: Browser) -> None:
    """After the second word nothing more is pressed: the run is over, and the receipt says that the person took over."""
    with staged(HATICE) as stage:
        sitter = Sitter(stage, before=Slips("yes"))
        receipt = sit_down(browser, sitter)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_took_over")
        assert receipt.as_json()["reason"] == "person_took_over"
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0
        end = sitter.views[-1].end
        assert end is not None
        assert "eşlik burada bitti" in end.text


@dataclass
class Leaves(Sitter):
    """Closes the panel in the middle of a run, slips, and closes the portal's window at last."""

    turns: int = 0
    was_held: bool = False
    strip: object = None
    """The colour at the lower edge of the portal's page, before it is closed."""

    def act(self) -> None:
        """Do the next thing."""
        assert self.panel is not None
        assert self.portal is not None
        if not self.panel.is_closed():
            super().act()
            return
        self.turns += 1
        if self.turns == 1:
            slip(self.portal.pages[-1], self.stage)
        elif self.turns == 6:
            self.was_held = self.portal.pages[-1].url.endswith(TILES)
            picture = Image.open(BytesIO(self.portal.pages[-1].screenshot()))
            self.strip = picture.convert("RGB").getpixel((3, picture.height - 4))
            self.portal.pages[-1].close()


def _close_panel(title: str, sitter: Sitter) -> bool:
    assert sitter.panel is not None
    if title == CONSENT:
        sitter.panel.close()
    return title == CONSENT


@pytest.mark.parametrize("would_go_on", sampled([False, True], every_run=[True]))
def test_the_shield_stands_until_the_portals_window_is_closed(browser: Browser, would_go_on: bool) -> None:
    """With the panel closed the program lives on, what takes away is still held, and all ends with that window; also
    after an end at which the panel would have offered something more."""
    with staged(HATICE) as stage, open_panel(browser, words("desk")) as panel:
        with portal_context(browser, headed=False) as portal:
            sitter = Leaves(stage, before=_close_panel)
            sitter.portal = portal
            rule = HostRule.for_loopback(stage.entry)
            desk = Desk(rule, WatchedPanel(panel, sitter), words("desk"), PATIENCE, goes_on=lambda _result: would_go_on)
            receipt = guide_with_card(desk, portal, stage.card)
            assert portal.pages == []
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "window_closed")
        assert sitter.was_held
        assert sitter.strip == (0xFF, 0xF8, 0xEC), "the page's own window says how to come back"
        assert stage.portal.ledger.count(Act.CERTIFICATE_REVOKED) == 0


@dataclass
class TakesOver(Leaves):
    """Takes over, closes the panel's last view, and goes on alone."""

    def act(self) -> None:
        """Do the next thing."""
        assert self.panel is not None
        if not self.panel.is_closed() and self.panel.locator("#end [data-close]").count():
            self.panel.locator("#end [data-close]").click()
            return
        super().act()


@pytest.mark.nightly(
    sample="tests/assistant/desk/test_guard.py::test_the_shield_stands_until_the_portals_window_is_closed"
)
def test_who_took_over_keeps_the_portals_window(browser: Browser) -> None:
    """Closing the panel then doesn't close the portal's window under the person's hands; other wrong tiles stay held."""
    with staged(HATICE) as stage, open_panel(browser, words("desk")) as panel:
        with portal_context(browser, headed=False) as portal:
            sitter = TakesOver(stage, before=Slips("yes"))
            sitter.portal = portal
            desk = Desk(HostRule.for_loopback(stage.entry), WatchedPanel(panel, sitter), words("desk"), PATIENCE)
            receipt = guide_with_card(desk, portal, stage.card)
        assert receipt.result.reason == "person_took_over"
        assert sitter.turns == 6
        assert stage.portal.ledger.count(Act.CERTIFICATE_REVOKED) == 0


def test_marks_are_seen_and_are_no_part_of_the_page(browser: Browser) -> None:
    """What is held is marked on the glass; what is observed stays the same, the layout doesn't move, and a picture has none."""
    with staged(replace(HATICE, person="hatice")) as stage, portal_context(browser, headed=False) as portal:
        rule = HostRule.for_loopback(stage.entry)
        shield = Shield(rule)
        observer = Observer(portal, rule, shield)
        page = observer.new_page()
        page.goto(rule.entry)
        page.set_content(TILES_PAGE)
        before, plain = observer.observe().tabs[0], page.screenshot()
        guard = Guard(shield, words("desk"))
        guard.look(before)
        page.wait_for_function("document.querySelectorAll('html > [aria-hidden]').length === 1")
        marked, seen = page.screenshot(), observer.observe().tabs[0]
        assert marked != plain
        assert seen.fingerprint() == before.fingerprint()
        assert [control.box for control in seen.controls] == [control.box for control in before.controls]
        box = page.locator("#revoke").bounding_box()
        assert box is not None
        at = [box["x"] + 5, box["y"] + 5]
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", at) == "revoke", "nothing lies over it"
        with guard.hidden(seen):
            assert page.screenshot() == plain


TILES_PAGE = """<p><a id=revoke href='/nes/iptal'>Sertifikamı İptal Et</a></p><p><a id=eonay href='/nes/e-onay'>E-Onay İşlemleri</a></p>"""


@pytest.mark.parametrize("language", ["tr", "en"])
def test_each_danger_has_words_of_its_own(language: str) -> None:
    """What a press would do and what it costs is said of each danger; a locked card's PIN gets the right words."""
    said = words("desk", "en" if language == "en" else "tr")
    kinds = ("withdrawal", "revocation", "suspension", "pin", "web_password", "service")
    meanings = {held_question(1, kind, "X", said).meaning for kind in kinds}  # type: ignore[arg-type]
    needed = held_question(1, "pin", "X", said, needs_pin=True)
    assert len({*meanings, needed.meaning}) == len(kinds) + 1
    assert not needed.leads_on
    assert held_question(1, "service", "", said).title == said("shield.title_script")
