"""Guided runs told as stories: what the person at a real desk does from the first window to the receipt."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright

import fixtures
import mock_portal
from assistant.card.pin import Pin
from assistant.card.provision import provision
from tests.assistant.official_app.conftest import lay_key
from tests.assistant.real_desk.desk import Look, RealDesk, command, environment, sit_down
from tests.assistant.real_desk.screen import Screen

SHARING, CONSENT, HAND_OFF = "Bilgi paylaşımına onay", "E-Onay metni ve Devam", "Kodu imzaya verme"
STAND_IN = Path(__file__).parents[1] / "official_app" / "stand_in" / "app.py"


@dataclass(frozen=True)
class Told:
    """How a story ended."""

    title: str
    """The headline of the last view."""
    code: int
    said: str
    left_over: list[str]
    ledger: mock_portal.Ledger | None = None


Story = Callable[[Playwright, Screen, Path, Look], Told]


@contextmanager
def portal_of(key: str) -> Iterator[tuple[mock_portal.Portal, str, fixtures.Person]]:
    """Serve the mock portal for one person."""
    portal = mock_portal.Portal(people=[key])
    with mock_portal.serve(portal) as served:
        yield portal, served.entry_url, fixtures.people()[key]


def first_time_with_card(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Log in with a code by SMS, approve, and sign with a PKCS#11 card whose PIN is typed into the panel."""
    with portal_of("ayse") as (portal, entry, person):
        card = provision(home / "card", portal.pki.credentials("ayse"), pin=Pin(person.pin), label="ayse")
        surroundings = environment(screen, home, pkcs11_module=str(card.module), token_label=card.label)
        surroundings.update(card.environment)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"], look) as desk:
            desk.log_in(person)
            for title in (SHARING, CONSENT, HAND_OFF):
                desk.say_yes(title)
            desk.type_pin(person.pin)
            return _end(desk, portal.ledger)


def first_time_with_app(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Hand the code to a program of its own over the clipboard, and let that sign."""
    with portal_of("hatice") as (portal, entry, person):
        lay_key(portal, "hatice", home)
        program = f"{sys.executable} {STAND_IN} {home}"
        surroundings = environment(screen, home, app_command=program)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "app"], look) as desk:
            desk.log_in(person)
            for title in (SHARING, CONSENT, HAND_OFF):
                desk.say_yes(title)
            desk.panel.locator("#advice li", has_text="Kod panoya kopyalandı").wait_for()
            look("app")
            (home / "sign").touch()
            return _end(desk, portal.ledger)


def already_consented(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Practise with a person who has given E-Onay before."""
    with sit_down(playwright, environment(screen, home), ["practice", "already-consented"], look) as desk:
        desk.log_in(fixtures.people()["zeynep"])
        desk.say_yes(SHARING)
        return _end(desk)


STORIES: dict[str, Story] = {
    "card": first_time_with_card,
    "official-app": first_time_with_app,
    "already-consented": already_consented,
}


def kept_receipts(screen: Screen, home: Path) -> list[dict[str, object]]:
    """Return what `eonay receipts` lists."""
    done = subprocess.run(
        command(["receipts", "--json"]), env=environment(screen, home), capture_output=True, text=True, check=True
    )
    listed: list[dict[str, object]] = json.loads(done.stdout)["receipts"]
    return listed


def _end(desk: RealDesk, ledger: mock_portal.Ledger | None = None) -> Told:
    title = desk.read_end()
    code, said = desk.leave()
    return Told(title, code, said, desk.left_over(), ledger)
