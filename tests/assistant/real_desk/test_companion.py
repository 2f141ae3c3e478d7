"""The companion at a real desk: the real command's panel, a person who answers it, and the system's clipboard."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from assistant.base.words import told
from assistant.companion.machine import way
from tests.assistant.real_desk.desk import RealDesk, environment, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import SHARING, kept_receipts, portal_of

CODE = "968121968799342"


def answer(desk: RealDesk, stage: str, key: str, *, in_view: bool = True) -> None:
    """Press an answer of *stage*, once that stage is asked about, from its beginning if the person hasn't read on."""
    asked = way()[stage]
    expect(desk.panel.locator("#advice .ask")).to_have_text(asked.ask, timeout=40_000)
    if in_view:
        expect(desk.panel.locator("#now-text")).to_be_in_viewport()
    label = next(each.label for each in asked.answers if each.key == key)
    desk.panel.get_by_role("button", name=label, exact=True).click()


def test_a_companion_leads_to_a_receipt_in_the_persons_word(
    playwright: Playwright, small_screen: Screen, tmp_path: Path
) -> None:
    """A wrong tile, an unclear sentence, a code seen only after a yes: the receipt and the last words are the person's."""
    surroundings = environment(small_screen, tmp_path)
    with sit_down(playwright, surroundings, ["run", "--companion"]) as desk:
        for stage, key in (
            ("landing", "gateway"),
            ("gateway_link", "login"),
            ("login", "sharing"),
            ("sharing", "home"),
            ("home", "nes"),
            ("nes", "other"),
            ("wrong_tile", "nes"),
            ("nes", "eonay"),
            ("eonay", "neither"),
            ("unclear", "missing"),
            ("consent", "signing"),
        ):
            answer(desk, stage, key)
        subprocess.run(
            ["xclip", "-selection", "clipboard"], input=CODE, text=True, env=surroundings, check=True, timeout=10
        )
        expect(desk.panel.locator("#advice .ask")).to_have_text(way()["signing"].ask)
        assert desk.panel.locator("#code").is_hidden()
        desk.panel.get_by_role("button", name=told("companion.said.allow", "tr"), exact=True).click()
        expect(desk.panel.locator("#code-value")).to_have_text("968 121 968 799 342")
        answer(desk, "signing", "app", in_view=False)
        answer(desk, "app", "banner")
        answer(desk, "verify", "given")
        assert desk.read_end() == "E-Onayınız verildi"
        code, said = desk.leave()
        left_over = desk.left_over()
    assert (code, left_over) == (0, [])
    assert "sizin söylediklerinize" in said
    assert CODE not in said
    (receipt,) = kept_receipts(small_screen, tmp_path)
    assert (receipt["outcome"], receipt["witness"]) == ("consent_given", "person")
    assert not any(CODE in path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json"))


@pytest.mark.nightly(
    sample="tests/assistant/real_desk/test_companion.py::test_a_companion_leads_to_a_receipt_in_the_persons_word"
)
def test_a_companion_that_finds_a_consent_ends_at_once(
    playwright: Playwright, small_screen: Screen, tmp_path: Path
) -> None:
    """Who reads "kaldırmak istiyorum" is told that nothing is left to do."""
    with sit_down(playwright, environment(small_screen, tmp_path), ["run", "--companion"]) as desk:
        answer(desk, "landing", "gateway")
        answer(desk, "gateway_link", "home")
        answer(desk, "home", "nes")
        answer(desk, "nes", "eonay")
        answer(desk, "eonay", "given")
        desk.read_end()
        code, said = desk.leave()
    assert code == 0
    assert "sizin söylediklerinize" in said


@pytest.mark.nightly(sample="tests/assistant/desk/test_side_by_side.py::test_stop_and_by_hand_cancel_the_run")
def test_a_run_goes_on_by_hand_where_it_was(playwright: Playwright, small_screen: Screen, tmp_path: Path) -> None:
    """On a page that nobody knows, "by hand" goes on in the person's own browser at that step, with both receipts."""
    surroundings = environment(small_screen, tmp_path, settle_s="0.5", page_patience_s="1")
    with (
        portal_of("hatice") as (_, entry, person),
        sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "app"]) as desk,
    ):
        desk.log_in(person)
        desk.read_question(SHARING)
        desk.portal.evaluate("document.body.innerHTML = '<h1>Yepyeni</h1>'")
        expect(desk.panel.locator("#advice-title")).to_have_text("Asistan bu sayfayı tanımıyor", timeout=30_000)
        desk.panel.get_by_role("button", name="Buradan sonra elle sürdüreceğim").click()
        assert not desk.portal.is_closed()
        for stage, key in (("sharing", "home"), ("home", "nes"), ("nes", "eonay"), ("eonay", "given")):
            answer(desk, stage, key)
        assert desk.read_end() == "E-Onayınız zaten var"
        assert desk.leave()[0] == 0
    outcomes = {(kept["scenario"], kept["outcome"]) for kept in kept_receipts(small_screen, tmp_path)}
    assert outcomes == {("guided", "cancelled"), ("companion", "already_consented")}
