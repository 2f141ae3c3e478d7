"""The desk: nobody can guess a code, it lives as long as it should, and it is good for one signature."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal import Act, ManualClock, Portal
from mock_portal.signing import (
    Acceptance,
    CodeExpiredError,
    CodeReplacedError,
    CodeState,
    CodeUnknownError,
    CodeUsedError,
    PendingSignature,
    SigningDesk,
)
from mock_portal.signing.desk import KEPT_AFTER_END


def nothing(_: Acceptance) -> None:
    """Take an accepted signature and do nothing."""


@pytest.fixture
def desk(portal: Portal) -> SigningDesk:
    """The portal's desk."""
    return portal.desk


@pytest.fixture
def opened(portal: Portal) -> PendingSignature:
    """A request from Ayşe."""
    return portal.desk.open(portal.people["ayse"], "E-Onay", b"belge", nothing)


def test_codes_have_fifteen_digits_and_differ(portal: Portal) -> None:
    """No two codes are the same. Each has 15 digits and doesn't start with zero."""
    codes = [portal.desk.open(portal.people["ayse"], "E-Onay", b"", nothing).code for _ in range(500)]
    assert len(set(codes)) == 500
    assert all(len(code) == 15 and code.isascii() and code.isdigit() and code[0] != "0" for code in codes)


def test_a_request_shows_neither_code_nor_document(opened: PendingSignature) -> None:
    """A request's repr shows no verification code, no document and no name."""
    shown = repr(opened)
    assert opened.code not in shown
    assert "belge" not in shown
    assert opened.person.name not in shown


def test_the_countdown_is_that_of_the_clock(desk: SigningDesk, opened: PendingSignature, clock: ManualClock) -> None:
    """A code has 300 seconds, counts down in whole seconds, and is over at zero."""
    assert opened.expires_at == clock.now() + timedelta(seconds=300)
    assert desk.status(opened.code).seconds_left == 300
    clock.advance(13.5)
    assert desk.status(opened.code).seconds_left == 287
    clock.advance(286.4)
    assert desk.status(opened.code).seconds_left == 1
    assert desk.usable(opened.code) == opened
    clock.advance(0.1)
    status = desk.status(opened.code)
    assert (status.state, status.seconds_left) == (CodeState.EXPIRED, 0)
    with pytest.raises(CodeExpiredError):
        desk.usable(opened.code)


def test_the_lifetime_can_be_another(clock: ManualClock) -> None:
    """If the portal has a shorter code lifetime, its codes live shorter."""
    portal = Portal(clock=clock, people=["ayse"], code_lifetime=20)
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", b"", nothing)
    clock.advance(20)
    assert portal.desk.status(opened.code).state is CodeState.EXPIRED


def test_a_new_code_kills_the_old_one(portal: Portal, opened: PendingSignature, clock: ManualClock) -> None:
    """After Tekrar Kod Al the new code has the full time for the same document. The old one is dead."""
    clock.advance(100)
    renewed = portal.desk.renew(opened.code)
    assert renewed.code != opened.code
    assert (renewed.person, renewed.title, renewed.document) == (opened.person, "E-Onay", b"belge")
    assert portal.desk.status(renewed.code).seconds_left == 300
    assert portal.desk.status(opened.code).state is CodeState.REPLACED
    with pytest.raises(CodeReplacedError):
        portal.desk.accept(opened.code, b"signature")
    assert portal.ledger.count(Act.CODE_ISSUED, "ayse") == 1
    assert portal.ledger.count(Act.CODE_RENEWED, "ayse") == 1


def test_an_expired_code_can_be_renewed(desk: SigningDesk, opened: PendingSignature, clock: ManualClock) -> None:
    """Tekrar Kod Al still works after the countdown has ended."""
    clock.advance(301)
    assert desk.status(desk.renew(opened.code).code).state is CodeState.WAITING


def test_a_dropped_code_is_dead(desk: SigningDesk, opened: PendingSignature) -> None:
    """If a person goes back, no live code is left. Dropping an unknown code does no harm."""
    desk.drop(opened.code)
    desk.drop("123456789012345")
    assert desk.status(opened.code).state is CodeState.REPLACED


def test_a_signature_is_accepted_once(portal: Portal, clock: ManualClock) -> None:
    """The first signature reaches the page that asked for it. After that the code is used up for good."""
    received: list[Acceptance] = []
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", b"belge", received.append)
    accepted = portal.desk.accept(opened.code, b"signature")
    assert received == [accepted]
    assert (accepted.person.key, accepted.document, accepted.signature) == ("ayse", b"belge", b"signature")
    for late in (0, 301):
        clock.advance(late)
        assert portal.desk.status(opened.code).state is CodeState.ACCEPTED
        with pytest.raises(CodeUsedError):
            portal.desk.accept(opened.code, b"signature")
        with pytest.raises(CodeUsedError):
            portal.desk.renew(opened.code)
    portal.desk.drop(opened.code)
    assert portal.desk.status(opened.code).state is CodeState.ACCEPTED
    assert received == [accepted]
    assert portal.desk.signatures() == (accepted,)
    assert portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1


def test_what_the_page_could_not_carry_out_is_not_accepted(portal: Portal) -> None:
    """If the effect of a signature fails, the code is still unused and the ledger records nothing."""

    def fail(_: Acceptance) -> None:
        raise RuntimeError("no")

    opened = portal.desk.open(portal.people["ayse"], "E-Onay", b"", fail)
    with pytest.raises(RuntimeError):
        portal.desk.accept(opened.code, b"signature")
    assert portal.desk.status(opened.code).state is CodeState.WAITING
    assert portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 0


def test_of_many_at_once_one_is_accepted(portal: Portal) -> None:
    """If many threads hand in a signature for one code at once, exactly one takes effect."""
    received: list[Acceptance] = []
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", b"", received.append)

    def hand_in(number: int) -> bool:
        try:
            portal.desk.accept(opened.code, str(number).encode())
        except CodeUsedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(hand_in, range(64))) == 1
    assert len(received) == 1


def test_old_codes_leave_the_memory(portal: Portal, clock: ManualClock) -> None:
    """The desk remembers a code for a while after its end. After that the code is unknown."""
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", b"", nothing)
    clock.advance(300 + KEPT_AFTER_END.total_seconds() - 1)
    portal.desk.open(portal.people["ayse"], "E-Onay", b"", nothing)
    assert portal.desk.status(opened.code).state is CodeState.EXPIRED
    clock.advance(1)
    portal.desk.open(portal.people["ayse"], "E-Onay", b"", nothing)
    with pytest.raises(CodeUnknownError):
        portal.desk.status(opened.code)


@given(st.text(max_size=20))
def test_any_text_can_be_asked_for(text: str) -> None:
    """Anything that isn't a code counts as an unknown code, whatever it looks like."""
    portal = Portal(people=["ayse"])
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", b"", nothing)
    if text != opened.code:
        for ask in (portal.desk.status, portal.desk.usable, portal.desk.renew):
            with pytest.raises(CodeUnknownError):
                ask(text)
        assert portal.desk.holder_of(text) is None


@given(st.lists(st.sampled_from(["renew", "accept", "drop", "wait"]), max_size=25))
def test_whatever_happens_one_code_lives_and_one_signature_counts(moves: list[str]) -> None:
    """In whatever order things happen, only the newest code can be signed, and at most one signature counts."""
    clock = ManualClock()
    portal = Portal(clock=clock, people=["ayse"])
    received: list[Acceptance] = []
    codes = [portal.desk.open(portal.people["ayse"], "E-Onay", b"", received.append).code]
    for number, move in enumerate(moves):
        target = codes[number % len(codes)] if number % 3 == 0 else codes[-1]
        try:
            if move == "renew":
                codes.append(portal.desk.renew(codes[-1]).code)
            elif move == "accept":
                portal.desk.accept(target, b"")
            elif move == "drop":
                portal.desk.drop(target)
            else:
                clock.advance(120)
        except (CodeExpiredError, CodeUsedError):
            pass
        waiting = [code for code in codes if portal.desk.status(code).state is CodeState.WAITING]
        assert waiting in ([], [codes[-1]])
        assert len(received) <= 1
