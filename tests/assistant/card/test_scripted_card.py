"""The scripted card: it counts, locks, is pulled and answers as its script says."""

from __future__ import annotations

import pytest

import fixtures
import mock_portal
from assistant.base.errors import CardError
from assistant.card.card import Card
from assistant.card.pin import Pin
from assistant.card.scripted import ScriptedCard, ScriptedToken
from fixtures import card_scripts
from tests.assistant.card.verifying import verify

AYSE = fixtures.people()["ayse"]
DATA = b"signed attributes"


@pytest.fixture(scope="module")
def portal() -> mock_portal.Portal:
    """Return a portal whose PKI the cards' certificates come from."""
    return mock_portal.Portal(people=["ayse", "mehmet"])


def scripted(portal: mock_portal.Portal, *names: str) -> ScriptedCard:
    """Return readers with Ayşe's card in each, after the scripts of these names."""
    credentials = portal.pki.credentials(AYSE)
    return ScriptedCard([ScriptedToken(card_scripts()[name], credentials, Pin(AYSE.pin)) for name in names])


def refusal(card: ScriptedCard, pin: str | None = AYSE.pin, *, final_try_allowed: bool = False) -> str:
    """Return the reason for which the card doesn't sign."""
    certificate = card.look().certificates[0]
    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, Pin(pin) if pin else None, final_try_allowed=final_try_allowed)
    return caught.value.code


def test_it_signs_as_a_card_does(portal: mock_portal.Portal) -> None:
    """A plain script gives a card whose signature verifies, and which wipes the PIN it has taken."""
    card = scripted(portal, "plain")
    assert isinstance(card, Card)
    certificate = card.look().certificates[0]
    pin = Pin(AYSE.pin)

    verify(certificate.der, DATA, card.sign(certificate, DATA, pin))
    assert pin.wiped
    assert card.tokens[0].pins_received == 1


def test_tries_are_counted_down_to_the_lock(portal: mock_portal.Portal) -> None:
    """Each wrong PIN is one try less and the flags tell; the last one needs a word; then no PIN reaches the card."""
    card = scripted(portal, "plain")
    token = card.tokens[0]

    assert refusal(card, "999999") == "pin_wrong"
    assert card.look().tokens[0].info.pin.count_low
    assert refusal(card, "999999") == "pin_wrong"
    assert card.look().tokens[0].info.pin.final_try
    assert refusal(card) == "pin_final_try"
    assert token.pins_received == 2
    assert refusal(card, "999999", final_try_allowed=True) == "pin_locked"
    assert card.look().tokens[0].info.pin.locked
    assert refusal(card, final_try_allowed=True) == "pin_locked"
    assert token.pins_received == 3


def test_a_right_pin_gives_the_tries_back(portal: mock_portal.Portal) -> None:
    """After a right PIN the card has all its tries again."""
    card = scripted(portal, "one-try-spent")
    card.sign(card.look().certificates[0], DATA, Pin(AYSE.pin))

    assert not card.look().tokens[0].info.pin.count_low


@pytest.mark.parametrize(
    ("script", "reason", "pins"),
    [
        ("final-try", "pin_final_try", 0),
        ("locked", "pin_locked", 0),
        ("pin-not-set", "pin_not_set", 0),
        ("pin-must-change", "pin_not_set", 0),
        ("long-pin-only", "pin_length", 0),
        ("pulled-before", "card_removed", 0),
        ("pulled-while-signing", "card_removed", 1),
        ("device-memory", "card_error", 1),
        ("no-key", "key_missing", 1),
        ("cancelled-on-reader", "person_stopped", 0),
    ],
)
def test_each_script_ends_in_its_way(portal: mock_portal.Portal, script: str, reason: str, pins: int) -> None:
    """A script's fault has its reason, and no PIN is sent if the flags speak against it."""
    card = scripted(portal, script)

    assert refusal(card) == reason
    assert card.tokens[0].pins_received == pins


@pytest.mark.parametrize(
    ("script", "reason"), [("no-card", "card_missing"), ("no-reader", "reader_missing"), ("vendor-code", "card_error")]
)
def test_what_cannot_be_looked_at(portal: mock_portal.Portal, script: str, reason: str) -> None:
    """No reader, no card and a vendor's own code are told apart at the look."""
    with pytest.raises(CardError) as caught:
        scripted(portal, script).look()
    assert caught.value.code == reason


def test_a_pulled_card_stays_away(portal: mock_portal.Portal) -> None:
    """After the card was pulled nothing finds it any more."""
    card = scripted(portal, "pulled-before")
    certificate = card.look().certificates[0]
    assert refusal(card) == "card_removed"

    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, Pin(AYSE.pin))
    assert caught.value.code == "card_removed"


def test_the_pin_is_typed_on_the_reader(portal: mock_portal.Portal) -> None:
    """A protected path signs without a PIN of ours, and a PIN at each signature is sent twice."""
    pad, each = scripted(portal, "pin-pad"), scripted(portal, "pin-each-time")
    pad.sign(pad.look().certificates[0], DATA, None)
    each.sign(each.look().certificates[0], DATA, Pin(AYSE.pin))

    assert (pad.tokens[0].pins_received, each.tokens[0].pins_received) == (0, 2)


def test_every_script_is_played_by_a_scenario_or_a_test() -> None:
    """No script lies about that nothing plays."""
    played = {scenario.card.script for scenario in fixtures.scenarios().values()}
    assert set(card_scripts()) - played <= {"one-try-spent"}
