"""A real desk before a portal whose words nobody knew: the person shows five, and the next run needs no help."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

import fixtures
import mock_portal
from mock_portal import Act
from tests.assistant.desk.helped import UNKNOWN, calling
from tests.assistant.real_desk.desk import RealDesk, command, environment, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.terminal import TerminalDesk, sit_at_terminal
from tests.assistant.real_desk.test_terminal import log_in
from tests.assistant.real_desk.told import Told, ended, kept_receipts, say_yes_to, with_token

BEFORE, BEHIND = ("giris", "kapi"), ("nes", "bireysel", "e-onay")
"""The ways before and after the login, by their keys in the mock portal."""


@contextmanager
def _portal() -> Iterator[tuple[mock_portal.Portal, str, fixtures.Person]]:
    portal = mock_portal.Portal(people=["hatice"], middleware=[calling()])
    with mock_portal.serve(portal) as served:
        yield portal, served.entry_url, fixtures.people()["hatice"]


def _show(desk: RealDesk, keys: tuple[str, ...]) -> None:
    """Show what is asked for, one after another, and say that it is the one."""
    for key in keys:
        desk.panel.locator("#advice button", has_text="Asistana göstereceğim").first.click(timeout=60_000)
        expect(desk.panel.locator("#now-text")).to_contain_text("bir kez basınız")
        desk.portal.get_by_text(UNKNOWN[key], exact=True).first.click()
        expect(desk.panel.locator("#question-title")).to_have_text(f"«{UNKNOWN[key]}» — bu mu?", timeout=60_000)
        desk.panel.locator("#question [data-answer=yes]").click()


def _give(playwright: Playwright, screen: Screen, home: Path, *, helping: bool) -> Told:
    with _portal() as (portal, entry, person):
        surroundings = with_token(portal, person, screen, home)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"]) as desk:
            if helping:
                _show(desk, BEFORE)
            desk.log_in(person)
            say_yes_to(desk, ("Bilgi paylaşımına onay",))
            if helping:
                _show(desk, BEHIND)
            say_yes_to(desk, ("E-Onay metni ve Devam", "Doğrulama kodunu imza uygulamasına verme"))
            desk.type_pin(person.pin)
            return ended(desk, portal.ledger)


@pytest.mark.nightly(
    sample="tests/assistant/desk/test_side_by_side.py::test_a_person_points_and_the_next_desk_knows_it"
)
def test_shown_once_known_at_every_desk(playwright: Playwright, small_screen: Screen, tmp_path: Path) -> None:
    """Five words shown in the panel give a consent; a second run, and a desk with the exported file, ask for nothing."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    file = tmp_path / "masa.toml"
    first = _give(playwright, small_screen, here, helping=True)
    assert (first.title, first.code, first.left_over) == ("E-Onayınız verildi", 0, []), first.said
    assert first.ledger is not None
    assert first.ledger.count(Act.CONSENT_GIVEN) == 1
    steps = kept_receipts(small_screen, here)[0]
    assert steps["outcome"] == "consent_given"
    for arguments, home in ((("export", str(file)), here), (("import", str(file)), there)):
        subprocess.run(command(["words", *arguments]), env=environment(small_screen, home), check=True)
    for home in (here, there):
        again = _give(playwright, small_screen, home, helping=False)
        assert (again.title, again.code) == ("E-Onayınız verildi", 0), again.said


@pytest.mark.nightly(sample="tests/assistant/real_desk/test_terminal.py::test_first_time_by_the_keys_alone")
def test_shown_from_a_terminal(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """The same with keys only: shown in the portal's window, answered in the terminal."""
    with _portal() as (portal, entry, person):
        surroundings = with_token(portal, person, small_screen, home)
        with sit_at_terminal(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"]) as desk:
            _show_in_terminal(desk, BEFORE)
            log_in(desk, person.national_id, person.password)
            desk.read("[e] Paylaşımı onaylıyorum")
            desk.press("e")
            _show_in_terminal(desk, BEHIND)
            desk.read("[e] Okudum, onaylıyorum: Devam")
            desk.press("q")
            desk.read("Durdurulsun mu?")
            desk.press("e")
            desk.read("Kapatmak için Enter'a basınız.")
            desk.press("\r")
            assert desk.leave() == 4
        assert portal.ledger.count(Act.CONSENT_GIVEN) == 0
    listed = subprocess.run(
        command(["words", "list", "--json"]),
        env=environment(small_screen, home),
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout.count('"proven": false') == len(BEFORE + BEHIND), "no run with them has ended well yet"


def _show_in_terminal(desk: TerminalDesk, keys: tuple[str, ...]) -> None:
    for key in keys:
        desk.read("[2] Asistana göstereceğim")
        desk.press("2")
        desk.read("bir kez basınız")
        desk.portal.get_by_text(UNKNOWN[key], exact=True).first.click()
        desk.read("[e] Evet, bu: asistan bassın")
        desk.press("e")
