"""The ledger records what happened, in order and without secrets."""

from __future__ import annotations

from threading import Thread

import pytest

from mock_portal import Act, Ledger, ManualClock, Portal


@pytest.fixture
def ledger(clock: ManualClock) -> Ledger:
    """An empty ledger with the standing clock."""
    return Ledger(clock)


def test_entries_stand_in_the_order_in_which_they_came(ledger: Ledger, clock: ManualClock) -> None:
    """The ledger says what happened, to whom, when by the portal's clock, and in which order."""
    began = clock.now()
    ledger.record(Act.LOGIN, "ayse", method="password")
    clock.advance(30)
    ledger.record(Act.CONSENT_GIVEN, "ayse")
    first, second = ledger.entries()
    assert (first.act, first.person, first.at, dict(first.facts)) == (
        Act.LOGIN,
        "ayse",
        began,
        {"method": "password"},
    )
    assert second.act is Act.CONSENT_GIVEN
    assert (second.at - first.at).total_seconds() == 30


def test_acts_are_counted_for_all_and_for_one(ledger: Ledger) -> None:
    """You can count for everybody or for one person."""
    for person in ("ayse", "ayse", "mehmet", None):
        ledger.record(Act.LOGIN_FAILED, person)
    assert ledger.count(Act.LOGIN_FAILED) == 4
    assert ledger.count(Act.LOGIN_FAILED, "ayse") == 2
    assert ledger.count(Act.LOGIN, "ayse") == 0


@pytest.mark.parametrize("secret", ["10000000146", "482913", "kod 968121968799342", 135790])
def test_a_number_that_could_be_a_secret_is_refused(ledger: Ledger, secret: str | int) -> None:
    """No ID number, PIN, SMS code or verification code gets into the ledger or into the error."""
    with pytest.raises(ValueError, match="'note'") as caught:
        ledger.record(Act.LOGIN, "ayse", note=secret)
    assert str(secret) not in str(caught.value)
    assert ledger.entries() == ()


def test_what_was_read_does_not_change(ledger: Ledger) -> None:
    """Entries you have read don't change while the portal goes on writing."""
    ledger.record(Act.LOGIN, "ayse")
    before = ledger.entries()
    ledger.record(Act.LOGOUT, "ayse")
    assert len(before) == 1
    with pytest.raises(TypeError):
        before[0].facts["later"] = True  # type: ignore[index]


def test_nothing_is_lost_between_threads(ledger: Ledger) -> None:
    """If several threads write, every entry arrives."""
    threads = [Thread(target=lambda: [ledger.record(Act.CODE_ISSUED, "ayse") for _ in range(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.count(Act.CODE_ISSUED, "ayse") == 800


def test_revoking_is_written_once(portal: Portal) -> None:
    """A revoked certificate isn't revoked again."""
    assert portal.revoke("ayse")
    assert not portal.revoke("ayse")
    assert portal.state.of("ayse").revoked
    assert portal.ledger.count(Act.CERTIFICATE_REVOKED, "ayse") == 1
