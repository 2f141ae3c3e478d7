"""Tokens and modules of the field: odd labels, vanishing slots, renewed certificates, codes that nobody knows."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.base.errors import CardError
from assistant.base.outcome import reasons
from assistant.card.certificates import choose
from assistant.card.credential import TokenCredential
from assistant.card.pin import Pin
from tests.assistant.card import authority as issuing
from tests.assistant.card.authority import AYSE, NOW, Authority, Wish
from tests.assistant.card.conftest import PIN, MakeScripted, MakeToken
from tests.assistant.card.rearranging import rearrange
from tests.assistant.card.verifying import verify
from tests.sampling import sampled

DATA = b"what is signed"
CP1254 = "K\udcddML\udcddK"
"""KİMLİK in the old Turkish encoding, as an environment of POSIX holds such bytes."""


@pytest.mark.parametrize("label", sampled([" ", CP1254, "\x1b[2J", "a" * 32], every_run=[CP1254, "a" * 32]))
def test_a_token_with_an_odd_label_is_shown(scripted: MakeScripted, label: str) -> None:
    """A label that is blank, in another encoding or full to the last byte, and a maker's name, hide no certificate."""
    made = scripted(slots="2", label=label, maker=CP1254, label_8="Kart")

    assert len(made.card.look().certificates) == 2
    made.card._token_label = "Kart"
    assert [token.info.slot for token in made.card.look().tokens] == [8]


def test_tokens_of_one_label_are_told_apart(token: MakeToken, authority: Authority) -> None:
    """Two tokens of the same label are both shown, and each signs with its own key."""
    token(authority.issue(Wish()), label="AKIS")
    card = token(authority.issue(Wish(key="ec-p384")), label="AKIS")

    certificates = card.look().certificates

    assert len({certificate.slot for certificate in certificates}) == 2
    for certificate in certificates:
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


@pytest.mark.parametrize(
    "fault", ["C_GetSlotInfo:0x3", "C_GetTokenInfo:0xe0", "C_OpenSession:0x32", "C_OpenSession:0x3"]
)
def test_a_slot_that_is_gone_when_it_is_opened_hides_no_other(scripted: MakeScripted, fault: str) -> None:
    """Slots are listed, then opened; where a reader is pulled between, the card in the other is shown."""
    made = scripted(slots="2", sick_slot="8", sick=fault, vanishes="1")

    assert [token.info.slot for token in made.card.look().tokens] == [7]


def test_a_key_without_a_certificate_is_no_certificate(token: MakeToken, ayse: TokenCredential) -> None:
    """A token with a key alone is said to have no certificate."""
    card = token(ayse)
    rearrange(card, without_certificate=["imza"])

    with pytest.raises(CardError, match="certificate_missing"):
        choose(card.look().certificates, NOW, AYSE)


def test_of_two_certificates_of_one_key_the_newer_signs(token: MakeToken, authority: Authority) -> None:
    """After a renewal with the same key both certificates are shown, and the one that ends last signs."""
    old = authority.issue(Wish(label="eski"))
    new = authority.issue(Wish(label="yeni", ends=NOW + timedelta(days=1000)))
    card = token(old, new)

    certificates = card.look().certificates
    chosen = choose(certificates, NOW, AYSE)

    assert len(certificates) == 2
    assert chosen.der == new.certificate_der
    verify(chosen.der, DATA, card.sign(chosen, DATA, Pin(PIN)))


def test_a_short_key_signs(token: MakeToken, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a key of 1024 bits will do is the portal's to say; the card signs with it."""
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505 (that is the point)
    monkeypatch.setattr(issuing, "key_called", lambda _name: short)
    card = token(authority.issue(Wish()))

    (certificate,) = card.look().certificates

    verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_a_write_protected_token_signs(scripted: MakeScripted) -> None:
    """Signing writes nothing on the card: its write protection is nobody's business."""
    signature = issuing.signed_by_ayse(DATA)
    made = scripted(flags="0x40e", signature=signature)
    (certificate,) = made.card.look().certificates

    assert made.card.sign(certificate, DATA, Pin(PIN)) == signature


LOOKING = [
    "C_Initialize",
    "C_GetSlotList",
    "C_GetTokenInfo",
    "C_OpenSession",
    "C_FindObjectsInit",
    "C_GetAttributeValue",
]
SIGNING = ["C_OpenSession", "C_Login", "C_FindObjectsInit", "C_SignInit", "C_Sign"]


@pytest.mark.parametrize(
    ("call", "code"),
    sampled(
        product(LOOKING, ["0x80000321", "0xffffffff", "0x30"]),
        every_run=[*zip(LOOKING, ["0x80000321", "0xffffffff", "0x30"] * 2, strict=True)],
    ),
)
def test_whatever_a_module_answers_has_a_reason(scripted: MakeScripted, call: str, code: str) -> None:
    """Each code, known or not, at each call of a look, is one of the catalogue's reasons, never an unexpected error."""
    with pytest.raises(CardError) as caught:
        scripted(fail=f"{call}:{code}").card.look()

    assert caught.value.code in reasons()
    assert not (caught.value.detail or "").endswith("Error"), "an exception that nobody foresaw"


@pytest.mark.parametrize(
    ("call", "code"),
    sampled(
        product(SIGNING, ["0x80000321", "0xffffffff", "0xa4"]),
        every_run=[
            *[("C_OpenSession", "0xffffffff"), ("C_Login", "0xa4"), ("C_Login", "0x80000321")],
            *[("C_FindObjectsInit", "0xa4"), ("C_SignInit", "0xffffffff"), ("C_Sign", "0x80000321")],
        ],
    ),
)
def test_whatever_a_module_answers_while_signing_has_a_reason(scripted: MakeScripted, call: str, code: str) -> None:
    """The same while it signs, and the PIN is sent once at most."""
    made = scripted()
    (certificate,) = made.card.look().certificates
    made.card._environment["SCRIPT_FAIL"] = f"{call}:{code}"
    made.card._drop_worker()
    with pytest.raises(CardError) as caught:
        made.card.sign(certificate, DATA, Pin(PIN))

    assert caught.value.code in reasons()
    assert not (caught.value.detail or "").endswith("Error"), "an exception that nobody foresaw"
    assert len(made.calls("C_Login user")) <= 1
