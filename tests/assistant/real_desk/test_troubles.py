"""Guided runs at a real desk in which something goes wrong, or the person stops: the real command, to the receipt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

import fixtures
from mock_portal import Act
from tests.assistant.card.virtual_reader.conftest import skip_loudly
from tests.assistant.card.virtual_reader.stack import StackMissingError
from tests.assistant.real_desk.desk import blind
from tests.assistant.real_desk.screen import Screen
from tests.assistant.real_desk.stories import STORIES
from tests.assistant.real_desk.told import Told, kept_receipts
from tests.assistant.real_desk.troubles import WRONG_PIN

REFUSED = {
    "cancel-sharing": (),
    "cancel-consent": (Act.SHARING_APPROVED,),
    "cancel-hand-off": (Act.SHARING_APPROVED, Act.CODE_ISSUED),
    "cancel-renewal": (Act.SHARING_APPROVED, Act.CODE_ISSUED),
}
"""What has happened when the person stopped; nothing else has."""
WEIGHTY = (Act.SHARING_APPROVED, Act.CODE_ISSUED, Act.CODE_RENEWED, Act.SIGNATURE_ACCEPTED, Act.SIGNATURE_REJECTED)


def tell(name: str, playwright: Playwright, screen: Screen, home: Path) -> tuple[Told, dict[str, object]]:
    """Tell the story; return how it ended, with its only receipt."""
    try:
        told = STORIES[name](playwright, screen, home, blind)
    except StackMissingError as why:
        skip_loudly(str(why))
    (receipt,) = kept_receipts(screen, home)
    person = fixtures.people()["hatice"]
    for secret in (person.pin, WRONG_PIN, person.password, person.national_id):
        assert secret not in told.said + json.dumps(receipt)
    assert told.left_over == []
    return told, receipt


def happened(told: Told) -> dict[Act, int]:
    """Return how often each act with legal weight is in the ledger."""
    assert told.ledger is not None
    counts = {act: told.ledger.count(act) for act in (*WEIGHTY, Act.CONSENT_GIVEN)}
    return {act: count for act, count in counts.items() if count}


GIVEN = dict.fromkeys((Act.SHARING_APPROVED, Act.CODE_ISSUED, Act.SIGNATURE_ACCEPTED, Act.CONSENT_GIVEN), 1)


@pytest.mark.nightly(
    sample="tests/assistant/official_app/test_run.py::test_a_dead_code_is_renewed_and_the_new_one_handed_over"
)
def test_a_code_that_runs_out(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """A code that dies over the PIN is renewed at the person's word, asked about again, and only the new one is signed."""
    told, receipt = tell("code-runs-out", playwright, small_screen, home)
    assert (told.title, told.code) == ("E-Onayınız verildi", 0), told.said
    assert happened(told) == {**GIVEN, Act.CODE_RENEWED: 1}
    assert receipt["outcome"] == "consent_given"


@pytest.mark.nightly(
    sample="tests/assistant/desk/test_guided_run.py::test_a_wrong_pin_is_sent_once_and_then_asked_anew"
)
def test_a_wrong_pin_then_the_right_one(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """A wrong PIN reaches the card once, and the next one only after the person's word."""
    told, receipt = tell("wrong-pin", playwright, small_screen, home)
    assert (told.title, told.code) == ("E-Onayınız verildi", 0), told.said
    assert told.card is not None
    assert (told.card.verifications, told.card.signatures, told.card.tries) == (2, 1, 3)
    assert happened(told) == GIVEN
    assert receipt["outcome"] == "consent_given"


@pytest.mark.nightly(
    sample="tests/assistant/desk/test_guided_run.py::test_a_pulled_card_is_noticed_and_the_run_goes_on_when_it_is_back"
)
def test_a_card_pulled_and_put_back(playwright: Playwright, small_screen: Screen, home: Path) -> None:
    """A card that leaves its reader is missed, and when it is back its PIN is asked for; it gets one, and signs once."""
    told, receipt = tell("card-pulled", playwright, small_screen, home)
    assert (told.title, told.code) == ("E-Onayınız verildi", 0), told.said
    assert told.card is not None
    assert (told.card.verifications, told.card.signatures) == (1, 1)
    assert happened(told) == GIVEN
    assert receipt["outcome"] == "consent_given"


@pytest.mark.nightly(sample="tests/assistant/desk/test_guided_run.py::test_the_panels_exit_stops_before_the_act")
@pytest.mark.parametrize("name", REFUSED)
def test_a_cancel_at_an_approval(playwright: Playwright, small_screen: Screen, home: Path, name: str) -> None:
    """Cancel instead of a yes ends the run as the person's word; what was asked about hasn't happened, nor more."""
    told, receipt = tell(name, playwright, small_screen, home)
    assert (told.title, told.code) == ("İşlem durduruldu", 4), told.said
    assert told.said.count("Asistan, isteğiniz üzerine durdu.") == 1
    assert happened(told) == dict.fromkeys(REFUSED[name], 1)
    assert not (home / "seen").exists(), "no program has had the code"
    assert (receipt["outcome"], receipt["reason"]) == ("cancelled", "person_stopped")
