"""Stories in which something goes wrong, or in which the person stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright

import fixtures
import mock_portal
from mock_portal.clock import ManualClock
from tests.assistant.card.virtual_reader.piv_card import PivCard
from tests.assistant.card.virtual_reader.reader import PluggedIn
from tests.assistant.card.virtual_reader.stack import card_of, card_stack
from tests.assistant.real_desk.desk import Look, RealDesk, environment, sit_down
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

WRONG_PIN = "999999"
_LONGER_THAN_A_CODE_LIVES_S = 301


def code_runs_out(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Hesitate over the PIN until the code is dead, have a new one asked for, and sign that."""
    clock = ManualClock()
    with portal_of("hatice", clock) as (portal, entry, person):
        surroundings = with_token(portal, person, screen, home)
        with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "card"], look) as desk:
            desk.log_in(person)
            say_yes_to(desk)
            desk.panel.get_by_label("Kart PIN'i").wait_for()
            clock.advance(_LONGER_THAN_A_CODE_LIVES_S)
            say_yes_to(desk, (RENEW, HAND_OFF))
            desk.type_pin(person.pin)
            return ended(desk, portal.ledger)


def wrong_pin_then_right(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Type a wrong PIN for a card in a reader, decide to try again, and type the right one."""
    with _reader_desk(playwright, screen, home, look) as at:
        at.desk.type_pin(WRONG_PIN)
        at.desk.say_yes("Hatalı PIN")
        at.desk.type_pin(at.person.pin)
        return ended(at.desk, at.ledger, at.card)


def pulled_and_put_back(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
    """Pull the card out during the PIN question, put it back when told to, and sign."""
    with _reader_desk(playwright, screen, home, look) as at:
        at.desk.panel.get_by_label("Kart PIN'i").wait_for()
        at.plugged.pull()
        at.desk.read_question("Kart görülmüyor")
        again = PluggedIn(at.card)
        try:
            at.desk.type_pin(at.person.pin)
            return ended(at.desk, at.ledger, at.card)
        finally:
            again.pull()


def cancelled_at(title: str) -> Story:
    """Return the story of a person who comes as far as the approval *title*, and stops there."""

    def story(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Told:
        clock = ManualClock()
        with portal_of("hatice", clock) as (portal, entry, person):
            surroundings = with_app(portal, person, screen, home)
            with sit_down(playwright, surroundings, ["run", "--portal", entry, "--sign", "app"], look) as desk:
                (home / "sign").touch()
                desk.log_in(person)
                before = [earlier for earlier in (SHARING, CONSENT) if title not in {SHARING, earlier}]
                say_yes_to(desk, before)
                if title == RENEW:
                    desk.read_question(HAND_OFF)
                    clock.advance(_LONGER_THAN_A_CODE_LIVES_S)
                desk.read_question(title)
                desk.stop()
                return ended(desk, portal.ledger)

    return story


@dataclass(frozen=True)
class _ReaderDesk:
    """A desk with the virtual reader, at the PIN question."""

    desk: RealDesk
    card: PivCard
    plugged: PluggedIn
    person: fixtures.Person
    ledger: mock_portal.Ledger


@contextmanager
def _reader_desk(playwright: Playwright, screen: Screen, home: Path, look: Look) -> Iterator[_ReaderDesk]:
    """Come as far as the PIN of a card in the virtual reader. Raises `StackMissingError`."""
    with card_stack() as module, portal_of("hatice") as (portal, entry, person):
        card = card_of(portal, person.key)
        plugged = PluggedIn(card)
        surroundings = environment(screen, home, pkcs11_module=str(module))
        arguments = ["run", "--portal", entry, "--sign", "card"]
        try:
            with sit_down(playwright, surroundings, arguments, look) as desk:
                desk.log_in(person)
                say_yes_to(desk)
                yield _ReaderDesk(desk, card, plugged, person, portal.ledger)
        finally:
            plugged.pull()
