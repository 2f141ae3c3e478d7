"""Guided runs at a real desk: the real command, windows on a screen, from doctor to the receipt; and how it may end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from contextlib import suppress
from itertools import product
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Error, Playwright, expect

import fixtures
from mock_portal import Act
from tests.assistant.official_app.display import clipboard_of, missing
from tests.assistant.real_desk.desk import RealDesk, blind, command, environment, sit_down
from tests.assistant.real_desk.screen import Screen, screen
from tests.assistant.real_desk.stories import already_consented, first_time_with_app, first_time_with_card
from tests.assistant.real_desk.told import HANG, SHARING, kept_receipts, portal_of, say_yes_to, with_app
from tests.sampling import sampled


@pytest.mark.nightly(
    sample="tests/assistant/real_desk/test_secrets.py::test_a_run_with_every_telling_variable_set_tells_nothing"
)
def test_from_doctor_to_receipt_with_a_card(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """Doctor finds the browser and the display; SMS, approvals and a PIN in the panel give a consent and its receipt."""
    doctor = subprocess.run(
        command(["doctor", "--json"]), env=environment(small_screen, home), capture_output=True, text=True, check=False
    )
    levels = {finding["id"]: finding["level"] for finding in json.loads(doctor.stdout)["findings"]}
    assert levels["browser"] == levels["display"] == "ok", levels
    told = first_time_with_card(playwright, small_screen, home, blind)
    assert (told.title, told.code, told.left_over) == ("E-Onayınız verildi", 0, []), told.said
    assert told.ledger is not None
    assert told.ledger.count(Act.CONSENT_GIVEN) == told.ledger.count(Act.SIGNATURE_ACCEPTED) == 1
    (receipt,) = kept_receipts(small_screen, home)
    assert (receipt["outcome"], receipt["card"]) == ("consent_given", "PKCS#11 (libsofthsm2.so)")
    person = fixtures.people()["ayse"]
    for secret in (person.pin, person.password, person.national_id, person.sms_code):
        assert secret not in told.said + json.dumps(receipt)


@pytest.mark.nightly(
    sample="tests/assistant/official_app/test_run.py::test_a_program_of_its_own_signs_what_the_clipboard_gave_it"
)
def test_from_link_to_receipt_with_a_program_of_its_own(
    playwright: Playwright, small_screen: Screen, home: Path
) -> None:
    """The code goes over the real clipboard to another program that signs; no card is asked for."""
    told = first_time_with_app(playwright, small_screen, home, blind)
    assert (told.title, told.code, told.left_over) == ("E-Onayınız verildi", 0, []), told.said
    code = (home / "seen").read_text()
    assert clipboard_of(small_screen.name) != code
    assert code not in told.said
    (receipt,) = kept_receipts(small_screen, home)
    assert receipt["outcome"] == "consent_given"


def test_practice_with_a_consent_that_exists(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """`eonay practice` says warmly that the consent exists, and leaves no receipt that could pass for a real one."""
    told = already_consented(playwright, small_screen, home, blind)
    assert (told.title, told.code, told.left_over) == ("E-Onayınız zaten var", 0, []), told.said
    assert kept_receipts(small_screen, home) == []


_EARLY = {"locked-card": "E-Onay bu durumda imzalanamaz", "expired-certificate": "Sertifikanızın süresi dolmuş"}


@pytest.mark.parametrize(
    ("story", "then"), sampled(product(_EARLY, ["goes on", "leaves"]), every_run=[("locked-card", "leaves")])
)
def test_practice_says_early_what_a_real_run_says_early(
    playwright: Playwright, small_screen: Screen, home: Path, story: str, then: str
) -> None:
    """Before any login the panel says what is wrong with the practice card, looks again, and lets one go on or leave.

    The card module of the settings doesn't exist: practice never asks for it.
    """
    surroundings = environment(small_screen, home, pkcs11_module=str(home / "no-module.so"))
    with sit_down(playwright, surroundings, ["practice", story]) as desk:
        for answer, doing in (
            ("Düzelttim, asistan yeniden baksın", "Asistan kararınızı bekliyor"),
            ("Yine de başlayacağım" if then == "goes on" else "Vazgeçiyorum", "Asistan yeniden baktı; durum aynı."),
        ):
            expect(desk.panel.locator("#doing")).to_contain_text(doing, timeout=40_000)
            expect(desk.panel.locator("#advice-title")).to_have_text(_EARLY[story])
            expect(desk.panel.locator("#practice")).to_contain_text("Bu bir alıştırmadır")
            assert desk.portal.title() == "Portalın penceresi", "no portal yet, so no login either"
            desk.panel.get_by_role("button", name=answer).click()
        if then == "goes on":
            desk.portal.locator("#tridField").wait_for(timeout=40_000)
            desk.stop()
            assert desk.read_end() == "İşlem durduruldu"
            assert desk.leave()[0] == 4
        else:
            assert desk.leave() == (4, "Asistan başlamadan kapandı; portal açılmadı.\n")
    assert kept_receipts(small_screen, home) == []


def _windows(desk: RealDesk) -> list[list[int]]:
    return [page.evaluate("[screenX, outerWidth]") for page in (desk.portal, desk.panel)]


@pytest.mark.nightly(sample="tests/assistant/real_desk/test_real_desk.py::test_an_interrupted_run_ends_in_order")
def test_a_window_managers_frame_is_on_the_screen(playwright: Playwright, home: Path) -> None:
    """Title bar and border that openbox draws around the panel lie on the screen, none above it or below."""
    if reason := missing("Xvfb", "openbox"):
        pytest.skip(reason)
    ready = home / "ready"
    os.mkfifo(ready)
    with screen(1280, 720) as shown:
        surroundings = environment(shown, home)
        begun = ["openbox", "--startup", f"sh -c 'echo > {ready}'"]
        with subprocess.Popen(begun, env=surroundings, stderr=subprocess.DEVNULL) as manager:
            try:
                ready.read_text()  # it has begun to manage windows
                with sit_down(playwright, surroundings, ["practice"]) as desk:
                    desk.panel.locator("#advice-title").wait_for()
                    shown.await_paint(desk.panel)
                    left, top, width, height = desk.panel.evaluate("[screenX, screenY, outerWidth, outerHeight]")
                    middle = left + width // 2
                    column = [shown.picture().getpixel((middle, y)) for y in range(720)]
                    frame = [y for y, colour in enumerate(column) if colour != (0, 0, 0)]
            finally:
                manager.terminate()
    assert frame[0] > 0, "the title bar's upper edge"
    assert frame[0] < top
    assert top + height - 1 < frame[-1] < 719, "the frame's lower edge"


@pytest.mark.parametrize("number", sampled([signal.SIGTERM, signal.SIGINT], every_run=[signal.SIGTERM]))
def test_an_interrupted_run_ends_in_order(
    playwright: Playwright, small_screen: Screen, home: Path, number: signal.Signals
) -> None:
    """SIGTERM and SIGINT end a run in words and with a receipt; its windows lay side by side, the panel narrow."""
    with portal_of("hatice") as (portal, entry, person):
        arguments = ["run", "--portal", entry, "--sign", "app"]
        with sit_down(playwright, environment(small_screen, home), arguments) as desk:
            desk.log_in(person)
            desk.panel.locator("#question-title", has_text=SHARING).wait_for()
            assert _windows(desk) == [[0, 684], [684, 340]], "side by side, the panel narrow"
            desk.process.send_signal(number)
            code, said = desk.leave()
            assert (code, said.count("Asistan, isteğiniz üzerine durdu.")) == (4, 1), said
            assert "Traceback" not in said
            assert desk.left_over() == []
        assert portal.ledger.count(Act.SHARING_APPROVED) == 0
    (receipt,) = kept_receipts(small_screen, home)
    assert (receipt["outcome"], receipt["reason"]) == ("cancelled", "person_stopped")


@pytest.mark.nightly(sample="tests/assistant/real_desk/test_real_desk.py::test_an_interrupted_run_ends_in_order")
def test_an_interruption_after_the_signature_is_made_good_by_the_next_start(
    playwright: Playwright, small_screen: Screen, home: Path
) -> None:
    """Ctrl+C when the signature is in leaves the result open, and says so; the next start looks, and asks for nothing."""
    with portal_of("hatice") as (portal, entry, person):
        surroundings = with_app(portal, person, small_screen, home)
        arguments = ["run", "--portal", entry, "--sign", "app"]
        with sit_down(playwright, surroundings, arguments) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.read_advice("Kod panoya kopyalandı")
            desk.process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, desk.process.pid, os.WSTOPPED)
            (home / "sign").touch()
            desk.portal.get_by_text("İşlem başarılı").wait_for()
            desk.process.send_signal(signal.SIGINT)
            desk.process.send_signal(signal.SIGCONT)
            code, said = desk.leave()
            assert code == 3, said
            assert "Traceback" not in said
        with sit_down(playwright, surroundings, arguments) as desk:
            desk.log_in(person)
            desk.say_yes(SHARING)
            assert desk.read_end() == "E-Onayınız zaten var"
            assert desk.leave()[0] == 0
        assert portal.ledger.count(Act.CONSENT_GIVEN) == portal.ledger.count(Act.CODE_ISSUED) == 1
    assert {receipt["outcome"] for receipt in kept_receipts(small_screen, home)} == {"unverified", "already_consented"}


@pytest.mark.parametrize("how", sampled(["stop", "Ctrl+C"], every_run=["Ctrl+C"]))
def test_a_page_that_never_answers_keeps_nobody(
    playwright: Playwright, small_screen: Screen, home: Path, how: str
) -> None:
    """While a portal's page runs forever, the panel's Durdur and Ctrl+C end the run within seconds, with a receipt."""
    with (
        portal_of("hatice") as (_, entry, person),
        sit_down(playwright, environment(small_screen, home), ["run", "--portal", entry, "--sign", "app"]) as desk,
    ):
        desk.log_in(person)
        desk.panel.locator("#question-title", has_text=SHARING).wait_for()
        with desk.portal.expect_console_message(lambda message: message.text == "hangs"):
            desk.portal.evaluate(HANG)
        began = monotonic()
        if how == "stop":
            desk.stop()
            assert desk.read_end() == "İşlem durduruldu"
        else:
            desk.process.send_signal(signal.SIGINT)
        code, said = desk.leave()
        assert monotonic() - began < 20
        assert (code, said.count("Asistan, isteğiniz üzerine durdu.")) == (4, 1), said
        assert "Traceback" not in said
        assert "Task exception" not in said
        assert desk.left_over() == []
    (receipt,) = kept_receipts(small_screen, home)
    assert (receipt["outcome"], receipt["reason"]) == ("cancelled", "person_stopped")


@pytest.mark.nightly(sample="tests/assistant/desk/test_surprises.py::test_a_page_that_dies_is_told")
def test_a_browser_that_dies_is_told_as_such(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """A killed browser is no word of the person's; a command that was held meanwhile notices it when it wakes."""
    with (
        portal_of("hatice") as (_, entry, person),
        sit_down(playwright, environment(small_screen, home), ["run", "--portal", entry, "--sign", "app"]) as desk,
    ):
        desk.log_in(person)
        desk.panel.locator("#question-title", has_text=SHARING).wait_for()
        desk.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, desk.process.pid, os.WSTOPPED)
        with suppress(Error):
            desk.browser.new_browser_cdp_session().send("Browser.crash")
        desk.process.send_signal(signal.SIGCONT)
        code, said = desk.leave()
        assert code == 6, said
        assert "Tarayıcı beklenmedik biçimde kapandı." in said
        assert "Traceback" not in said
        assert desk.left_over() == []
    (receipt,) = kept_receipts(small_screen, home)
    assert (receipt["outcome"], receipt["reason"]) == ("failed", "browser_crashed")
