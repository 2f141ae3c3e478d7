"""The PKCS#11 card with a module that plays what SoftHSM2 can't: flags, locks, removal, odd answers."""

from __future__ import annotations

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from assistant.base.errors import CardError
from assistant.card.pin import Pin
from tests.assistant.card.authority import Authority, Wish, key_called, signed_by_ayse
from tests.assistant.card.conftest import (
    FINAL,
    LOCKED,
    LOW,
    NO_LOGIN,
    PIN,
    PROTECTED,
    PROTECTED_FINAL,
    TO_BE_CHANGED,
    UNSET,
    MakeScripted,
    Scripted,
    without,
)
from tests.assistant.card.verifying import verify

DATA = b"signed attributes"


def refused(scripted: Scripted, pin: Pin | None, *, final_try_allowed: bool = False) -> CardError:
    """Return the error with which a signature is refused."""
    (certificate,) = scripted.card.look().certificates
    with pytest.raises(CardError) as caught:
        scripted.card.sign(certificate, DATA, pin, final_try_allowed=final_try_allowed)
    return caught.value


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (LOCKED, "pin_locked"),
        (UNSET, "pin_not_set"),
        (TO_BE_CHANGED, "pin_not_set"),
        (FINAL, "pin_final_try"),
        (PROTECTED_FINAL, "pin_final_try"),
    ],
)
def test_flags_are_obeyed_before_any_attempt(scripted: MakeScripted, flags: str, expected: str) -> None:
    """Locked, not set, or a final try without a word: no login reaches the card, and the PIN stays with us."""
    made = scripted(flags=flags, signature=signed_by_ayse(DATA))
    pin = Pin(PIN)

    assert refused(made, pin).code == expected
    assert not made.calls("C_Login")
    assert not pin.wiped


def test_a_final_try_is_made_when_the_person_says_so(scripted: MakeScripted) -> None:
    """With the person's word the last try is used, once."""
    made = scripted(flags=FINAL, signature=signed_by_ayse(DATA))
    (certificate,) = made.card.look().certificates

    verify(certificate.der, DATA, made.card.sign(certificate, DATA, Pin(PIN), final_try_allowed=True))
    assert made.calls("C_Login user") == ["C_Login user=1 pin=given length=6"]


def test_a_wrong_pin_is_sent_once(scripted: MakeScripted) -> None:
    """After a wrong PIN nothing is tried again, and the PIN is wiped."""
    made = scripted(fail="C_Login:0xA0", flags_after=LOW)
    pin = Pin(PIN)
    error = refused(made, pin)

    assert (error.code, error.detail) == ("pin_wrong", None)
    assert len(made.calls("C_Login user")) == 1
    assert pin.wiped


@pytest.mark.parametrize(
    ("flags_after", "code", "word"),
    [(FINAL, "pin_wrong", "Bir sonraki hatalı girişte"), (LOCKED, "pin_locked", "kart şimdi kilitlendi")],
)
def test_what_a_wrong_pin_led_to_is_told(scripted: MakeScripted, flags_after: str, code: str, word: str) -> None:
    """After a wrong PIN the person hears that one try is left, or that the card is locked now."""
    error = refused(scripted(fail="C_Login:0xA0", flags_after=flags_after), Pin(PIN))

    assert error.code == code
    assert word in (error.detail or "")


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("0xA0", "pin_wrong"),
        ("0xA1", "card_error"),
        ("0xA2", "pin_length"),
        ("0xA3", "pin_not_set"),
        ("0xA4", "pin_locked"),
        ("0x102", "pin_not_set"),
        ("0x30", "card_error"),
        ("0x5", "card_error"),
        ("0x100", "card_error"),
        ("0x50", "person_stopped"),
        ("0x80000123", "card_error"),
    ],
)
def test_only_one_code_means_a_wrong_pin(scripted: MakeScripted, result: str, expected: str) -> None:
    """Each answer of a login has its own reason; CKR_PIN_INCORRECT alone is a wrong PIN."""
    made = scripted(fail=f"C_Login:{result}")

    assert refused(made, Pin(PIN)).code == expected
    assert len(made.calls("C_Login user")) == 1


@pytest.mark.parametrize("call", ["C_OpenSession", "C_Login", "C_FindObjectsInit", "C_SignInit", "C_Sign"])
def test_a_card_that_is_pulled_is_said_to_be(scripted: MakeScripted, call: str) -> None:
    """At whatever call of signing the card goes, the reason is that it was taken out."""
    made = scripted(signature=signed_by_ayse(DATA))
    (certificate,) = made.card.look().certificates
    made.card._environment["SCRIPT_REMOVE"] = call
    made.card._drop_worker()

    with pytest.raises(CardError) as caught:
        made.card.sign(certificate, DATA, Pin(PIN))

    assert caught.value.code == "card_removed"


def test_a_vague_error_of_an_absent_card_is_a_removal(scripted: MakeScripted) -> None:
    """If a module says "device error" for a missing card, we recognise it as missing."""
    made = scripted()
    (certificate,) = made.card.look().certificates
    made.card._environment |= {"SCRIPT_REMOVE": "C_Login", "SCRIPT_FAIL": "C_Login:0x30"}
    made.card._drop_worker()

    with pytest.raises(CardError) as caught:
        made.card.sign(certificate, DATA, Pin(PIN))

    assert caught.value.code == "card_removed"


def test_another_card_in_the_slot_gets_no_pin(scripted: MakeScripted) -> None:
    """When the card was exchanged since it was looked at, the PIN isn't sent to the new one."""
    made = scripted(signature=signed_by_ayse(DATA))
    (certificate,) = made.card.look().certificates
    made.card._environment["SCRIPT_SERIAL"] = "0002"
    made.card._drop_worker()
    pin = Pin(PIN)

    with pytest.raises(CardError) as caught:
        made.card.sign(certificate, DATA, pin)

    assert caught.value.code == "card_removed"
    assert not made.calls("C_Login")
    assert not pin.wiped


def test_one_session_at_a_time_and_none_left(scripted: MakeScripted) -> None:
    """Sessions never overlap, not even after a refused login, and the module is finalised in the end."""
    made = scripted(fail="C_Login:0xA0", signature=signed_by_ayse(DATA))
    refused(made, Pin(PIN))
    made.card.look()
    made.card.close()

    calls = made.calls()
    assert calls[-1] == "C_Finalize"
    open_sessions = 0
    for call in calls:
        open_sessions += {"C_OpenSession": 1, "C_CloseSession": -1}.get(call, 0)
        open_sessions = 0 if call == "C_Finalize" else open_sessions
        assert open_sessions in {0, 1}
    assert open_sessions == 0


def test_a_key_that_wants_the_pin_gets_it_between_init_and_sign(scripted: MakeScripted) -> None:
    """A key with CKA_ALWAYS_AUTHENTICATE gets the PIN again exactly when the standard says so."""
    made = scripted(always="1", signature=signed_by_ayse(DATA))
    (certificate,) = made.card.look().certificates

    verify(certificate.der, DATA, made.card.sign(certificate, DATA, Pin(PIN)))

    calls = [
        call.split(" data")[0]
        for call in made.calls()
        if call.startswith(("C_Login user", "C_SignInit ", "C_Sign data"))
    ]
    assert calls == [
        "C_Login user=1 pin=given length=6",
        "C_SignInit mechanism=0x40",
        "C_Login user=2 pin=given length=6",
        "C_Sign",
    ]


def test_a_refused_second_pin_is_not_sent_again(scripted: MakeScripted) -> None:
    """When the key refuses the PIN that the card has just taken, that is the end of it."""
    made = scripted(always="1", fail="C_Login.again:0xA0", signature=signed_by_ayse(DATA))

    assert refused(made, Pin(PIN)).code == "pin_wrong"
    assert len(made.calls("C_Login user=2")) == 1


@pytest.mark.parametrize("always", [{}, {"always": "1"}])
def test_a_reader_with_keys_gets_no_pin_from_us(scripted: MakeScripted, always: dict[str, str]) -> None:
    """On a protected authentication path the login carries no PIN, not even one that was given."""
    made = scripted(flags=PROTECTED, signature=signed_by_ayse(DATA), **always)
    (certificate,) = made.card.look().certificates

    for pin in (None, Pin(PIN)):
        verify(certificate.der, DATA, made.card.sign(certificate, DATA, pin))

    assert made.calls("C_Login user")
    assert all("pin=none length=0" in call for call in made.calls("C_Login user"))


def test_the_digest_is_wrapped_where_the_card_does_not_hash(scripted: MakeScripted) -> None:
    """A token without CKM_SHA256_RSA_PKCS is given a DigestInfo of SHA-256 with CKM_RSA_PKCS."""
    made = scripted(mechanisms="0x1", signature=signed_by_ayse(DATA))
    (certificate,) = made.card.look().certificates
    made.card.sign(certificate, DATA, Pin(PIN))

    wrapped = bytes.fromhex("3031300d060960864801650304020105000420") + sha256(DATA).digest()
    assert made.calls("C_SignInit ") == ["C_SignInit mechanism=0x1"]
    assert made.calls("C_Sign data") == [f"C_Sign data={wrapped.hex()}"]


def test_an_ec_card_signs_the_digest(scripted: MakeScripted, authority: Authority) -> None:
    """An EC key is given the SHA-256 digest; r and s side by side become DER, P-384 included."""
    key = key_called("ec-p384")
    assert isinstance(key, EllipticCurvePrivateKey)
    r, s = decode_dss_signature(key.sign(DATA, ECDSA(SHA256())))
    raw = r.to_bytes(48, "big") + s.to_bytes(48, "big")
    made = scripted(credential=authority.issue(Wish(key="ec-p384")), signature=raw, key_type="3")
    (certificate,) = made.card.look().certificates

    verify(certificate.der, DATA, made.card.sign(certificate, DATA, Pin(PIN)))
    assert made.calls("C_SignInit ") == ["C_SignInit mechanism=0x1041"]
    assert made.calls("C_Sign data") == [f"C_Sign data={sha256(DATA).hexdigest()}"]


def test_a_broken_signature_goes_nowhere(scripted: MakeScripted) -> None:
    """What the module gives is verified before it is used."""
    assert refused(scripted(signature=bytes(256)), Pin(PIN)).code == "key_missing"


def test_a_missing_key_is_said_to_be_missing(scripted: MakeScripted) -> None:
    """A card whose key is gone is told from a card that errs."""
    assert refused(scripted(no_key="1"), Pin(PIN)).code == "key_missing"


def test_a_token_that_needs_no_login_gets_none(scripted: MakeScripted) -> None:
    """If the token's flags say that it needs no login, we make none."""
    made = scripted(flags=NO_LOGIN, key_visible="1", signature=signed_by_ayse(DATA))
    refused(made, None)

    assert not made.calls("C_Login")


def test_visible_keys_are_seen(scripted: MakeScripted) -> None:
    """If a module shows its keys without a PIN, the view says that they exist and what they need."""
    shown, hidden = scripted(key_visible="1", always="1"), scripted()

    (certificate,) = shown.card.look().certificates
    assert (certificate.key_present, certificate.always_authenticate) == (True, True)
    (certificate,) = hidden.card.look().certificates
    assert (certificate.key_present, certificate.always_authenticate) == (None, None)


def test_the_limits_of_the_card_are_its_own(scripted: MakeScripted) -> None:
    """A PIN outside the limits that the card tells isn't sent."""
    made = scripted(min="8", max="12")

    assert refused(made, Pin(PIN)).code == "pin_length"
    assert not made.calls("C_Login")


@pytest.mark.parametrize("limits", [{"max": "0"}, {"max": "0xffffffffffffffff"}, {"min": "9", "max": "3"}])
def test_limits_that_make_no_sense_are_taken_for_none(scripted: MakeScripted, limits: dict[str, str]) -> None:
    """A maximum of zero, of everything, or below the minimum keeps no PIN from being sent."""
    made = scripted(**limits)

    (seen,) = made.card.look().tokens
    assert seen.info.pin.max_length == 0


def test_looking_needs_no_login(scripted: MakeScripted) -> None:
    """Nothing that looking does could spend a try."""
    made = scripted(flags=FINAL)
    (seen,) = made.card.look().tokens

    assert seen.info.pin.final_try
    assert without(made.calls(), "C_Login") == made.calls()


def test_an_empty_reader_is_said_to_be(scripted: MakeScripted) -> None:
    """Without a token in any slot the person hears that no card is there."""
    with pytest.raises(CardError) as caught:
        scripted(empty="1").card.look()

    assert caught.value.code == "card_missing"
