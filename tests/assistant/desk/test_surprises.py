"""Guided runs with surprises: the person wanders off, the network goes down, a page crashes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Error, Page

import assistant.run.loop
from assistant.base.clock import real_seconds
from assistant.base.outcome import Outcome
from assistant.companion.machine import way
from assistant.companion.session import resumes_from
from assistant.practice.stories import PracticeStage, staged, stories
from assistant.receipts.receipt import Receipt
from mock_portal import Act
from mock_portal.online import certificates, pin, revocation, web_password
from tests.assistant.desk.sitter import PATIENCE, Sitter, sit_down
from tests.sampling import sampled

CONSENT, HAND_OFF = "E-Onay metni ve Devam", "Doğrulama kodunu imza uygulamasına verme"
HATICE = replace(stories()["first-time"], person="hatice")
Surprise = Callable[[Page], object]


def run(browser: Browser, stage: PracticeStage, at: str, surprise: Surprise) -> tuple[Receipt, Sitter]:
    """Make a guided run in which *surprise* happens once, when the approval *at* is asked for."""
    happened = False

    def happen(title: str, sitter: Sitter) -> bool:
        nonlocal happened
        if title != at or happened or sitter.portal is None:
            return False
        happened = True
        surprise(sitter.portal.pages[-1])
        return True

    sitter = Sitter(stage, before=happen, helps="İşlemi durdur")
    receipt = sit_down(browser, sitter)
    assert happened
    return receipt, sitter


def _press_devam(page: Page) -> None:
    page.context.new_page().close()
    with page.expect_navigation():  # until then the panel's question stands, and the person might answer it too
        page.get_by_role("button", name="Devam", exact=True).click()


def _go_back(page: Page) -> None:
    page.go_back()


def _open_another_tab(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url.replace("/nes/e-onay", "/anasayfa"))


def _open_a_popup(page: Page) -> None:
    with page.expect_popup() as opened:
        page.evaluate("void open(location.href.replace('/nes/e-onay', '/anasayfa'), '', 'popup,width=400,height=300')")
    opened.value.wait_for_load_state()


def _open_an_empty_popup(page: Page) -> None:
    with page.expect_popup():
        page.evaluate("const popup = open('', '', 'popup'); setTimeout(() => popup.close(), 300)")


@pytest.mark.parametrize(
    ("at", "surprise", "skipped"),
    sampled(
        [
            (CONSENT, _press_devam, f"yes: {CONSENT}"),
            (HAND_OFF, _go_back, ""),
            (CONSENT, _open_another_tab, ""),
            (CONSENT, _open_a_popup, ""),
            (CONSENT, _open_an_empty_popup, ""),
        ],
        every_run=[(CONSENT, _press_devam, f"yes: {CONSENT}"), (CONSENT, _open_a_popup, "")],
    ),
    ids=["clicks-ahead", "back", "another-tab", "popup", "empty-popup"],
)
def test_a_person_who_wanders_is_followed(browser: Browser, at: str, surprise: Surprise, skipped: str) -> None:
    """A person who clicks ahead, goes back, or gets another tab or popup still gets to the consent, and gives it once."""
    with staged(HATICE) as stage:
        receipt, sitter = run(browser, stage, at, surprise)
        assert receipt.result.outcome is Outcome.CONSENT_GIVEN, (receipt.result, sitter.acts)
        assert skipped not in sitter.acts
        assert stage.portal.ledger.count(Act.CONSENT_GIVEN) == 1


@pytest.mark.parametrize(
    ("path", "danger", "cost"),
    sampled(
        [
            (revocation.PATH, "revocation", "ücretini siz ödersiniz"),
            (pin.PATH, "pin", "bildiğiniz PIN geçmez"),
            (certificates.SUSPENSION_PATH, "suspension", "başkası adınıza imza atabilir"),
            (web_password.PATH, "web_password", "bildiğiniz parola geçmez"),
        ],
        every_run=[(revocation.PATH, "revocation", "ücretini siz ödersiniz")],
    ),
    ids=["revocation", "pin", "suspension", "web_password"],
)
def test_a_page_of_another_service_is_told_with_what_it_would_cost(
    browser: Browser, path: str, danger: str, cost: str
) -> None:
    """On a page that is never touched the run halts; from its first look on the panel says what is lost and the way back."""
    with staged(HATICE) as stage:
        receipt, sitter = run(browser, stage, CONSENT, lambda page: page.goto(page.url.replace("/nes/e-onay", path)))
        result = receipt.result
        assert (result.outcome, result.reason, result.stands_on) == (Outcome.HALTED, "wrong_screen", danger)
        last, before = sitter.views[-1], next(view for view in sitter.views if view.warn)
        assert last.end is not None
        assert before.end is None
        for view in (before, last):
            for said in ("HİÇBİR ŞEYE basmayınız", cost, "“Ana Sayfa”", "geri düğmesine", "444 5 576"):
                assert said in view.warn, said
        state = resumes_from(result)
        assert state is not None
        assert way()[state.stage].danger == danger
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0


def test_a_stop_behind_devam_says_that_devam_was_pressed(browser: Browser) -> None:
    """When Devam was pressed and then the page isn't understood, panel and receipt say so, and claim nothing else."""

    def becomes_strange(page: Page) -> None:
        page.evaluate("document.body.innerHTML = '<h1>Bilinmeyen</h1><p>Bir şey oldu.</p>'")

    with staged(HATICE) as stage:
        receipt, sitter = run(browser, stage, HAND_OFF, becomes_strange)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.CANCELLED, "person_stopped"), receipt.result
        assert sitter.acts[-1] == "answered: İşlemi durdur"
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 1
        end = sitter.views[-1].end
        assert end is not None
        assert "“Devam”a basıldı" in end.done
        said = f"{end.text} {end.remedy} {end.done}"
        assert "hiçbir şey" not in said.lower()
        assert receipt.as_json()["done"] == ["moved_on", "sharing_approved", "consent_proceeded"]


def test_a_lost_network_is_told(browser: Browser) -> None:
    """When the network goes in the middle, the run ends with that reason and a remedy, and nothing is given."""

    def go_offline(page: Page) -> None:
        page.context.set_offline(True)

    with staged(HATICE) as stage:
        receipt, sitter = run(browser, stage, CONSENT, go_offline)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, "portal_unreachable")
        end = sitter.views[-1].end
        assert end is not None
        assert "İnternet bağlantınızı" in end.remedy
        assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0


def test_a_page_that_dies_is_told(browser: Browser) -> None:
    """A page whose process dies ends the run as such, at once, and not as the person's word."""

    def crash(page: Page) -> None:
        with pytest.raises(Error):
            page.goto("chrome://crash")

    with staged(HATICE) as stage:
        receipt, _ = run(browser, stage, CONSENT, crash)
        assert (receipt.result.outcome, receipt.result.reason) == (Outcome.FAILED, "browser_crashed"), receipt.result


SLEEPS = [(PATIENCE.page_s + 2, Outcome.CONSENT_GIVEN), (3600, Outcome.CANCELLED)]


@pytest.mark.parametrize(("slept_s", "outcome"), sampled(SLEEPS, every_run=SLEEPS[1:]))
def test_a_computer_that_sleeps(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, slept_s: float, outcome: Outcome
) -> None:
    """A short sleep costs no page its patience; after a long one nothing goes on by itself, and that is said."""
    slept = 0.0

    def sleep(_page: Page) -> None:
        nonlocal slept
        slept = slept_s

    monkeypatch.setattr(assistant.run.loop, "real_seconds", lambda: real_seconds() + slept)
    with staged(HATICE) as stage:
        receipt, sitter = run(browser, stage, CONSENT, sleep)
        assert receipt.result.outcome is outcome, (receipt.result, sitter.acts)
        if outcome is Outcome.CANCELLED:
            assert receipt.result.reason == "person_absent"
            assert "uyku" in (receipt.result.ending.detail or "")
            assert stage.portal.ledger.count(Act.CODE_ISSUED) == 0
