"""Guided runs at a real terminal: the real command with `--ui terminal`, from the first view to the receipt."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Playwright

from mock_portal import Act
from tests.assistant.real_desk.desk import environment
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.terminal import TerminalDesk, sit_at_terminal
from tests.assistant.real_desk.told import HANG, kept_receipts, portal_of, with_token


def test_first_time_by_the_keys_alone(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """Three approvals and a PIN by keys, the text read to its end first, give a consent; no digit of the PIN is shown."""
    with portal_of("ayse") as (portal, entry, person):
        surroundings = with_token(portal, person, small_screen, home)
        with sit_at_terminal(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"]) as desk:
            log_in(desk, person.national_id, person.password)
            desk.read("SMS kodunu e-Devlet sayfasına yazınız")
            desk.portal.locator("#smsDogrulamaKodu").fill(person.sms_code or "")
            desk.portal.keyboard.press("Enter")
            for answer in (
                "[e] Paylaşımı onaylıyorum",
                "[e] Okudum, onaylıyorum: Devam",
                "[e] Kodu imza uygulamasına ver",
            ):
                desk.read(answer)
                desk.press("e")
            desk.read("Boşluk tuşu: devamı (1/2)")
            desk.press(" ")
            desk.read("PIN'i yazıp Enter'a basınız")
            desk.press(f"{person.pin}\r")
            desk.read("Asistan portala yeniden baktı ve E-Onayınızı gördü.")
            assert person.pin not in desk.said
            desk.press("\r")
            code = desk.leave()
        assert (code, portal.ledger.count(Act.CONSENT_GIVEN)) == (0, 1)
        assert person.pin not in desk.said
    (receipt,) = kept_receipts(small_screen, home)
    assert receipt["outcome"] == "consent_given"


@pytest.mark.nightly(sample="tests/assistant/real_desk/test_real_desk.py::test_a_page_that_never_answers_keeps_nobody")
def test_a_page_that_never_answers_does_not_keep_the_keys_from_stopping(
    playwright: Playwright, small_screen: Screen, home: Path
) -> None:
    """While a portal's page runs forever, `q` asks whether to stop, and the yes ends the run with its receipt."""
    with (
        portal_of("hatice") as (_, entry, person),
        sit_at_terminal(
            playwright, environment(small_screen, home), ["run", "--portal", entry, "--sign", "app"]
        ) as desk,
    ):
        desk.read("[2] Yine de başlayacağım")  # this machine has no card reader
        desk.press("2")
        log_in(desk, person.national_id, person.password)
        desk.read("[e] Paylaşımı onaylıyorum")
        with desk.portal.expect_console_message(lambda message: message.text == "hangs"):
            desk.portal.evaluate(HANG)
        began = monotonic()
        desk.press("q")
        desk.read("Durdurulsun mu?")
        desk.press("e")
        desk.read("Kapatmak için Enter'a basınız.")
        desk.press("\r")
        assert desk.leave() == 4
        assert "İşlem durduruldu. Asistan, isteğiniz üzerine durdu." in desk.said
        assert monotonic() - began < 20
        assert "Traceback" not in desk.said
    (receipt,) = kept_receipts(small_screen, home)
    assert (receipt["outcome"], receipt["reason"]) == ("cancelled", "person_stopped")


def log_in(desk: TerminalDesk, national_id: str, password: str) -> None:
    """Type into the gateway's page once the terminal asks for that."""
    desk.read("e-Devlet sayfasına kendiniz yazınız")
    desk.portal.locator("#tridField").fill(national_id)
    desk.portal.locator("#egpField").fill(password)
    desk.portal.get_by_role("button", name="Giriş Yap").click()
