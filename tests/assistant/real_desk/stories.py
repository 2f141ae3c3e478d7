"""Guided runs told as stories: what the person at a real desk does from the first window to the receipt."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Playwright

import fixtures
from tests.assistant.real_desk.desk import Look, environment, sit_down
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.told import (
    CONSENT,
    HAND_OFF,
    RENEW,
    SHARING,
    Story,
    Told,
    ended,
    portal_of,
    say_yes_to,
    with_app,
    with_token,
)
from tests.assistant.real_desk.troubles import cancelled_at, code_runs_out, pulled_and_put_back, wrong_pin_then_right


def first_time_with_card(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Log in with a code by SMS, approve, and sign with a PKCS#11 card whose PIN is typed into the panel."""
    with portal_of("ayse") as (portal, entry, person):
        surroundings = with_token(portal, person, screen, home)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"], look) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.type_pin(person.pin)
            return ended(desk, portal.ledger)


def first_time_with_app(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Pass the code to a separate program through the clipboard, and let it sign."""
    with portal_of("hatice") as (portal, entry, person):
        surroundings = with_app(portal, person, screen, home)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "app"], look) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.read_advice("Kod panoya kopyalandı")
            (home / "sign").touch()
            return ended(desk, portal.ledger)


def already_consented(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Practise with a person who has given E-Onay before."""
    with sit_down(playwright, environment(screen, home), ["practice", "already-consented"], look) as desk:
        desk.log_in(fixtures.people()["zeynep"])
        desk.say_yes(SHARING)
        return ended(desk)


STORIES: dict[str, Story] = {
    "card": first_time_with_card,
    "official-app": first_time_with_app,
    "already-consented": already_consented,
    "code-runs-out": code_runs_out,
    "wrong-pin": wrong_pin_then_right,
    "card-pulled": pulled_and_put_back,
    "cancel-sharing": cancelled_at(SHARING),
    "cancel-consent": cancelled_at(CONSENT),
    "cancel-hand-off": cancelled_at(HAND_OFF),
    "cancel-renewal": cancelled_at(RENEW),
}
