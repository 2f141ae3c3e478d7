"""Watching only: the person does everything by hand at the mock portal, and the panel says what would have been pressed."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.guided_run import Desk, portal_context
from assistant.desk.panel import open_panel
from assistant.desk.watching import Goal, watch
from assistant.practice.stories import staged, stories
from assistant.receipts.receipt import Receipt, read_receipt
from assistant.run.compared import Compared, LookComparison
from assistant.run.done import Deed
from flows import HostRule
from mock_portal import Act
from tests.assistant.commands import Command
from tests.assistant.desk.sitter import PATIENCE, Sitter, WatchedPanel
from tests.assistant.real_desk.told import HANG

HATICE = replace(stories()["first-time"], person="hatice")
WOULD = re.compile(r"«(.+)»")


@dataclass
class ByHand(Sitter):
    """Does by hand what the panel says it would press, once per screen."""

    done: list[str] = field(default_factory=list)
    strays: str = ""
    """A tile that is pressed first where the tiles are shown."""
    goal: Goal = "eonay"

    def act(self) -> None:
        """Do the next thing, if the panel shows a new screen."""
        assert self.panel is not None
        assert self.portal is not None
        if not self.views or self.panel.is_closed():
            return
        page, view = self.portal.pages[-1], self.views[-1]
        if view.question is not None:
            self.acts.append(f"no: {view.question.title}")
            self.panel.locator("#question button").nth(1).click()
        elif "giris." in page.url and page.locator("#egpField").count():
            self._log_in()
        elif view.now not in self.done and (found := WOULD.search(view.doing)):
            self._do(page, found[1], view.now)
        elif self.goal == "pin" and view.now not in self.done:
            self._go_for_a_pin(page, view.doing, view.now)

    def _go_for_a_pin(self, page: Page, doing: str, told: str) -> None:
        """Find the way alone if the panel names only the goal and no single press."""
        if "PIN Oluşturma/Kilit Çözme" in doing:
            label = self.strays or "PIN Oluşturma/Kilit Çözme"
            self.done += [] if self.strays else [told]
            self.strays = ""
            self.acts.append(f"pressed {label}")
            _press(page, label)
        elif "PIN işlemleri" in doing:
            self._stop(told)
        else:
            labels = (
                "Giriş",
                "e-Devlet ile Giriş",
                "E-devlet kapısına git",
                "Onayla",
                "NES İşlemleri",
                "Bireysel İşlemler",
            )
            found = [label for label in labels if _control(page, label).count()]
            if found:
                self.done.append(told)
                _press(page, found[-1])

    def _stop(self, told: str) -> None:
        assert self.panel is not None
        self.done.append(told)
        self.acts.append("stopped")
        self.panel.locator("#stop button").click()
        self.panel.locator("#stop button").first.click()

    def _do(self, page: Page, label: str, told: str) -> None:
        if label.startswith("E-Onay") and self.strays:
            stray, self.strays = self.strays, ""
            self.acts.append(f"pressed {stray}")
            _press(page, stray)
            return
        self.done.append(told)
        if "onay veriyorum" in label or label == "Devam":
            self._stop(told)
            return
        self.acts.append(f"pressed {label}")
        _press(page, label)


def _control(page: Page, label: str) -> Locator:
    name = re.compile(rf"^\W*{re.escape(label).replace('/', '.')}", re.IGNORECASE)
    return page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name))


def _press(page: Page, label: str) -> None:
    """Press with the mouse alone: what holds a press back is no reason to wait."""
    box = _control(page, label).first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def watched(browser: Browser, sitter: ByHand, receipts: Path) -> Receipt:
    """Watch *sitter* and return the receipt, without waiting at the last view."""
    with open_panel(browser, words("desk")) as panel, portal_context(browser, headed=False) as portal:
        sitter.portal = portal
        rule = HostRule.for_loopback(sitter.stage.entry)
        desk = Desk(rule, WatchedPanel(panel, sitter), words("desk"), PATIENCE, receipts=receipts, goodbye_s=0)
        return watch(desk, portal, sitter.goal)


def test_a_watched_visit_ends_with_a_comparison(browser: Browser, tmp_path: Path) -> None:
    """All is done by hand up to the consent; a wrong tile is held on the way, and the receipt compares press by press."""
    with staged(HATICE) as stage:
        sitter = ByHand(stage, strays="Sertifikamı İptal Et")
        receipt = watched(browser, sitter, tmp_path)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_stopped"), sitter.acts
        assert sitter.acts[-1] == "stopped"
        assert any(act.startswith("no: Asistan basışınızı durdurdu") for act in sitter.acts)
        ledger = stage.portal.ledger
        assert ledger.count(Act.SHARING_APPROVED) == 1
        assert ledger.count(Act.CODE_ISSUED) == ledger.count(Act.CERTIFICATE_REVOKED) == 0
        assert receipt.result.done == (Deed.SHARING_APPROVED,), "by the person's own hand, and nothing else was done"
        lines = {(line.screen, line.would_press, line.pressed) for line in receipt.watched}
        assert ("landing", "edevlet_login", "edevlet_login") in lines
        assert ("sharing", "share_approve", "unheard") in lines
        assert ("home", "nes_menu", "nes_menu") in lines
        assert ("nes", "eonay_tile", "other") in lines
        assert ("nes", "eonay_tile", "eonay_tile") in lines
        (kept,) = tmp_path.iterdir()
        again = read_receipt(kept)
        assert (again.watched, again.result) == (receipt.watched, receipt.result)
        assert stage.person.name.split()[0] not in kept.read_text(encoding="utf-8")


def test_a_page_that_freezes_while_it_is_watched_is_given_up(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that answers no call any more ends a watched visit as frozen, in words, and with its receipt."""
    monkeypatch.setattr("assistant.run.watch.FROZEN_S", 1.0)
    with (
        staged(HATICE) as stage,
        open_panel(browser, words("desk")) as panel,
        portal_context(browser, headed=False) as portal,
    ):
        portal.add_init_script(f"if (location.pathname === '/landing') {HANG}")
        limits = replace(PATIENCE, page_s=5)
        desk = Desk(HostRule.for_loopback(stage.entry), panel, words("desk"), limits, receipts=tmp_path, goodbye_s=0)
        receipt = watch(desk, portal)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, "page_frozen")
        assert not receipt.result.interrupted, "it was no wish of the person's"
        expect(panel.page.locator("#end")).to_contain_text("donmuş")
    (kept,) = tmp_path.iterdir()
    assert read_receipt(kept).result.reason == "page_frozen"


@dataclass
class Crashing(ByHand):
    """Has come to a page that takes its process with it."""

    def act(self) -> None:
        """Go there, once something was seen."""
        assert self.portal is not None
        if self.portal.pages and "landing" in self.portal.pages[-1].url and not self.acts:
            self.acts.append("crashed")
            with suppress(Error):
                self.portal.pages[-1].goto("chrome://crash", timeout=5000)


def test_a_page_that_crashes_while_it_is_watched_ends_the_visit(browser: Browser, tmp_path: Path) -> None:
    """A page whose process is gone shows nothing more; the person is told so, and doesn't wait before it."""
    with staged(HATICE) as stage:
        receipt = watched(browser, Crashing(stage), tmp_path)
    assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, "browser_crashed")


def test_presses_are_compared_screen_by_screen() -> None:
    """A screen without a press says so, a press on another page load is another line, and none comes before a screen."""
    made = LookComparison()
    made.pressed("nes_menu")
    assert made.came_to("landing", "edevlet_login", (1.0,))
    assert not made.came_to("landing", "edevlet_login", (2.0,)), "loaded again before anything was pressed"
    made.pressed("edevlet_login")
    assert made.came_to("login", "person", (3.0,))
    assert made.came_to("home", "nes_menu", (4.0,))
    made.pressed("other")
    made.pressed("nes_menu")
    assert made.lines() == (
        Compared("landing", "edevlet_login", "edevlet_login"),
        Compared("login", "person", "unheard"),
        Compared("home", "nes_menu", "other"),
        Compared("home", "nes_menu", "nes_menu"),
    )


@pytest.mark.nightly(sample="tests/assistant/desk/test_watching.py::test_a_watched_visit_ends_with_a_comparison")
def test_who_has_come_for_a_pin_gets_that_tile(browser: Browser, tmp_path: Path) -> None:
    """With the goal stated the panel names the tile, it is neither held nor marked, and every other one is held."""
    with staged(HATICE) as stage:
        sitter = ByHand(stage, strays="Sertifikamı İptal Et", goal="pin")
        receipt = watched(browser, sitter, tmp_path)
        assert receipt.result.reason == "person_stopped"
        assert "pressed PIN Oluşturma/Kilit Çözme" in sitter.acts
        assert any(act.startswith("no: Asistan basışınızı durdurdu: «Sertifikamı") for act in sitter.acts)
        assert any("PIN işlemleri sayfasındasınız" in view.doing for view in sitter.views)
        assert not sitter.views[-1].warn


@pytest.mark.parametrize("besides", [("--companion",), ("--sign", "app")])
def test_watching_goes_with_nothing_that_acts(eonay_here: Command, besides: tuple[str, ...]) -> None:
    """``--watch`` is refused beside ``--companion`` and ``--sign``, before anything opens."""
    done = eonay_here("run", "--watch", *besides)
    assert done.returncode == 2
    assert "--watch" in done.stderr
