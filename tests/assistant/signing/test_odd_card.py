"""Odd cards from the code to the portal's acceptance: what is right on them signs, what isn't costs no PIN."""

from __future__ import annotations

import pytest

from assistant.base.errors import CardError
from assistant.card.model import TokenInfo
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.software import SoftwareCard
from assistant.signing.signer import CardSigner
from flows.hosts import HostRule
from mock_portal import Act, ManualClock, Served
from tests.assistant.card import odd
from tests.assistant.card.authority import Authority, Wish
from tests.assistant.card.conftest import PIN, MakeToken
from tests.assistant.card.odd import SERIAL_NUMBER, UTF8
from tests.assistant.card.rearranging import rearrange
from tests.assistant.signing.test_signer import Stage, nothing


def signer_for(stage: Stage, card: Pkcs11Card | SoftwareCard, clock: ManualClock) -> CardSigner:
    """Return a signer that has found the signing service."""
    signer = CardSigner(card, HostRule.for_loopback(stage.jnlp).allows, now=clock.now)
    signer.prepare(stage.jnlp)
    return signer


@pytest.mark.parametrize("shown", [True, False], ids=["public keys shown", "nothing shown"])
def test_swapped_ids_and_an_end_in_9999_lead_to_an_accepted_signature(
    served: Served, clock: ManualClock, token: MakeToken, authority: Authority, shown: bool
) -> None:
    """Two RSA keys whose certificates carry each other's CKA_ID, the second valid without end: the portal accepts the
    first one's signature, and the PIN was asked for once."""
    stage = Stage(served, "ayse")
    (own,) = stage.portal.pki.credentials(stage.person)
    other = odd.odd(authority.issue(Wish(key="rsa-other", label="baska", statements=())), odd.ends(odd.NO_END))
    card = token(own, other)
    swapped = {own.label: "0002", "baska": "0001"}
    rearrange(card, certificate_ids=swapped, public=[own.label, "baska"] if shown else [], labels="imza")
    asked: list[TokenInfo] = []

    def ask(info: TokenInfo) -> Pin:
        asked.append(info)
        return Pin(PIN)

    signer = signer_for(stage, card, clock)
    signer.sign(stage.code, ask, nothing)
    signer.close()

    assert stage.accepted == ["ayse"]
    assert len(asked) == 1
    assert stage.portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (odd.subject((SERIAL_NUMBER, UTF8, b"PNOGR-10000000146")), "certificate_holder_unclear"),
        (odd.subject((SERIAL_NUMBER, UTF8, b"PNOTR-10000000214")), "certificate_other_holder"),
        (odd.ends(b"20990101000000"), "certificate_dates_unclear"),
    ],
)
def test_what_cannot_be_read_is_told_before_any_pin(
    served: Served, clock: ManualClock, change: odd.Change, reason: str
) -> None:
    """A holder or a date that can't be read ends with its own reason, and nobody is asked for a PIN."""
    stage = Stage(served, "ayse")
    (own,) = stage.portal.pki.credentials(stage.person)
    card = SoftwareCard.of([odd.odd(own, change)], PIN)
    signer = signer_for(stage, card, clock)

    def ask(_: TokenInfo) -> Pin:
        raise AssertionError("no PIN may be asked for")

    with pytest.raises(CardError, match=reason):
        signer.sign(stage.code, ask, nothing)
    signer.close()

    assert not stage.accepted
