"""The PKCS#11 card with a real module: SoftHSM2."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.base.errors import CardError
from assistant.card.card import Card
from assistant.card.certificates import choose
from assistant.card.child import child_environment
from assistant.card.credential import TokenCredential
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.provision import provision
from tests.assistant.card.authority import AYSE, MEHMET, NOW, Authority, KeyName, Wish
from tests.assistant.card.conftest import PIN, MakeToken
from tests.assistant.card.verifying import verify

DATA = b"\x31\x82" + "ürün ğ".encode() * 50


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize("key", ["rsa", "ec-p384", "ec-p256"])
def test_it_signs(token: MakeToken, authority: Authority, key: KeyName, always: bool) -> None:
    """A signature made by the token verifies with the certificate, for every kind of key, PIN each time or not."""
    card = token(authority.issue(Wish(key=key)), always_authenticate=always)
    certificate = choose(card.look().certificates, NOW, AYSE)

    for _ in range(2):
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_it_looks_without_a_pin(token: MakeToken, authority: Authority) -> None:
    """Tokens, PIN limits and certificates with their labels are there without a PIN."""
    wishes = (Wish(label="eski"), Wish(name="MEHMET ÖZTÜRK", serial_number=MEHMET, key="ec-p384", label="yeni"))
    view = token(*map(authority.issue, wishes)).look()

    assert {certificate.label for certificate in view.certificates} == {"eski", "yeni"}
    (info,) = (seen.info for seen in view.tokens)
    assert (info.label, info.pin.min_length, info.pin.max_length) == ("eonay", 4, 255)
    assert not info.pin.locked
    assert not info.pin.not_set


def test_a_wrong_pin_is_said_as_such(token: MakeToken, ayse: TokenCredential) -> None:
    """A wrong PIN is called wrong, is wiped, and the right one works afterwards."""
    card = token(ayse)
    (certificate,) = card.look().certificates
    wrong = Pin("000000")

    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, wrong)

    assert caught.value.code == "pin_wrong"
    assert wrong.wiped
    verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_a_pin_is_wiped_once_sent(token: MakeToken, ayse: TokenCredential) -> None:
    """After a signature the PIN is gone, so the same object can't be sent a second time."""
    card = token(ayse)
    (certificate,) = card.look().certificates
    pin = Pin(PIN)
    card.sign(certificate, DATA, pin)

    with pytest.raises(CardError, match="pin_missing"):
        card.sign(certificate, DATA, pin)


def test_a_pin_of_impossible_length_stays_here(token: MakeToken, ayse: TokenCredential) -> None:
    """A PIN shorter than the token allows isn't sent, and not wiped."""
    card = token(ayse)
    (certificate,) = card.look().certificates
    short = Pin("123")

    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, short)

    assert caught.value.code == "pin_length"
    assert not short.wiped


def test_no_pin_is_no_attempt(token: MakeToken, ayse: TokenCredential) -> None:
    """Without a PIN, and without keys on the reader, nothing is tried."""
    card = token(ayse)
    (certificate,) = card.look().certificates

    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, None)

    assert caught.value.code == "pin_missing"


def test_a_certificate_without_a_key_says_so(token: MakeToken, ayse: TokenCredential) -> None:
    """When the token turns out to hold no key, that is the reason, not some error of the card."""
    card = token(TokenCredential(ayse.certificate_der, b"", "imza"))
    (certificate,) = card.look().certificates

    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, Pin(PIN))

    assert caught.value.code == "key_missing"


def test_a_foreign_key_gives_no_signature(token: MakeToken, authority: Authority, ayse: TokenCredential) -> None:
    """A key that doesn't belong to the certificate is noticed before anything is handed in."""
    other = authority.issue(Wish(key="rsa-other"))
    card = token(TokenCredential(ayse.certificate_der, other.private_key_pkcs8_der, "imza"))
    (certificate,) = card.look().certificates

    with pytest.raises(CardError) as caught:
        card.sign(certificate, DATA, Pin(PIN))

    assert caught.value.code == "key_missing"


def test_a_key_is_found_by_its_label(token: MakeToken, authority: Authority) -> None:
    """Where ID and certificate don't match, the label leads to the key."""
    wishes = (Wish(label="bir"), Wish(key="rsa-other", label="iki"))
    card = token(*map(authority.issue, wishes))
    found = next(c for c in card.look().certificates if c.label == "iki")
    certificate = replace(found, key_id=b"\xff\xff")

    verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_tokens_are_told_apart_by_label(token: MakeToken, authority: Authority, ayse: TokenCredential) -> None:
    """Of two tokens in the same reader only the one asked for is shown; a label nobody has is said as such."""
    first = token(ayse, label="bir")
    second = token(authority.issue(Wish(serial_number=MEHMET)), label="iki")

    (certificate,) = second.look().certificates
    assert certificate.facts is not None
    assert certificate.facts.national_id == MEHMET
    first._token_label = "üç"
    with pytest.raises(CardError) as caught:
        first.look()
    assert caught.value.code == "token_not_found"


def test_without_a_label_all_tokens_are_shown(token: MakeToken, authority: Authority, ayse: TokenCredential) -> None:
    """When no token is named, the certificates of all are there and each signs on its own token."""
    token(ayse, label="bir")
    card = token(authority.issue(Wish(serial_number=MEHMET, key="ec-p384")), label="iki")
    card._token_label = None

    certificates = card.look().certificates

    assert len({certificate.slot for certificate in certificates}) == 2
    for certificate in certificates:
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_no_token_is_a_missing_card(token: MakeToken) -> None:
    """SoftHSM2 without an initialised token looks like a reader without a card."""
    card = token()
    card._environment["SOFTHSM2_CONF"] = "/dev/null"
    card._token_label = None

    with pytest.raises(CardError) as caught:
        card.look()

    assert caught.value.code in {"card_missing", "module_broken"}


def test_it_is_a_card(token: MakeToken, ayse: TokenCredential) -> None:
    """The PKCS#11 card keeps to the interface, and its name tells the module without a path."""
    card = token(ayse)

    assert isinstance(card, Card)
    assert card.name == "PKCS#11 (libsofthsm2.so)"


@pytest.mark.parametrize(("always", "expected"), [(True, "UserNotLoggedIn"), (False, "signed")])
def test_the_key_really_wants_the_pin_again(
    token: MakeToken, ayse: TokenCredential, always: bool, expected: str
) -> None:
    """A key provisioned to want the PIN each time refuses a bare signature, so signing with it proves something."""
    card = token(ayse, always_authenticate=always)
    script = (
        "import sys, pkcs11\n"
        "token = next(pkcs11.lib(sys.argv[1]).get_tokens(token_label='eonay'))\n"
        "session = token.open(user_pin=sys.stdin.read())\n"
        "key = next(iter(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})))\n"
        "try:\n"
        "    key.sign(b'x', mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)\n"
        "    print('signed')\n"
        "except pkcs11.PKCS11Error as error:\n"
        "    print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, card._module],
        input=PIN,
        env=child_environment(card._environment),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == expected


def test_a_folder_that_its_configuration_cannot_name(tmp_path: Path, ayse: TokenCredential, softhsm: Path) -> None:
    """A token in a folder whose name has `#` and `=` signs like any other."""
    made = provision(tmp_path / "a#b=c", [ayse], pin=Pin(PIN), label="eonay", module=softhsm)
    with closing(Pkcs11Card(made.module, made.label, made.environment)) as card:
        certificate = choose(card.look().certificates, NOW, AYSE)
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))
