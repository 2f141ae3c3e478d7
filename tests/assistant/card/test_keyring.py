"""Which key signs: found by the public key wherever one is shown, whatever the CKA_IDs say."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.errors import CardError
from assistant.card.certificates import choose
from assistant.card.keyring import Key, candidates, first_coordinate, is_present
from assistant.card.model import CardCertificate
from assistant.card.pin import Pin
from tests.assistant.card.authority import AYSE, MEHMET, NOW, Authority, KeyName, Wish
from tests.assistant.card.conftest import PIN, MakeScripted, MakeToken
from tests.assistant.card.rearranging import rearrange
from tests.assistant.card.verifying import verify
from tests.sampling import sampled

DATA = b"what is signed"
SWAPPED = {"bir": "0002", "iki": "0001"}
MISSING = {"bir": "", "iki": ""}
IDS_OF = {"swapped": SWAPPED, "missing": MISSING, "same": {"bir": "07", "iki": "07"}}
PAIRS: dict[str, tuple[KeyName, KeyName]] = {"rsa": ("rsa", "rsa-other"), "ec": ("ec-p384", "ec-p256")}


@pytest.mark.parametrize(
    ("ids", "keys", "shown"),
    sampled(
        product(IDS_OF, PAIRS, [True, False]),
        every_run=[("swapped", "rsa", True), ("swapped", "ec", False), ("missing", "ec", True), ("same", "rsa", False)],
    ),
)
def test_the_public_key_finds_the_key(token: MakeToken, authority: Authority, ids: str, keys: str, shown: bool) -> None:
    """With CKA_IDs that are swapped, missing or all the same, each certificate's own key signs, PIN sent once; where
    the token shows public keys this is known before the PIN."""
    pair = PAIRS[keys]
    wishes = Wish(key=pair[0], label="bir"), Wish(key=pair[1], label="iki", serial_number=MEHMET)
    card = token(*map(authority.issue, wishes))
    rearrange(card, certificate_ids=IDS_OF[ids], labels="imza", public=["bir", "iki"] if shown else ())

    for person in (AYSE, MEHMET):
        certificate = choose(card.look().certificates, NOW, person)
        assert certificate.key_present is (True if shown else certificate.key_present)
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_ids_missing_on_keys_and_certificates_leave_the_public_key(token: MakeToken, authority: Authority) -> None:
    """Without any CKA_ID and with one label for all, the keys are still told apart."""
    wishes = Wish(label="bir"), Wish(key="rsa-other", label="iki", serial_number=MEHMET)
    card = token(*map(authority.issue, wishes))
    rearrange(card, certificate_ids=MISSING, key_ids=MISSING, labels="")

    for certificate in card.look().certificates:
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_swapped_ids_of_keys_that_want_the_pin_each_time(token: MakeToken, authority: Authority) -> None:
    """Keys that want the PIN at each signature are found by their public key too, without a PIN for the wrong one."""
    wishes = Wish(label="bir"), Wish(key="rsa-other", label="iki", serial_number=MEHMET)
    card = token(*map(authority.issue, wishes), always_authenticate=True)
    rearrange(card, certificate_ids=SWAPPED, labels="imza")

    for certificate in card.look().certificates:
        verify(certificate.der, DATA, card.sign(certificate, DATA, Pin(PIN)))


def test_a_key_that_is_not_there_is_said_before_the_pin(token: MakeToken, authority: Authority) -> None:
    """Where the token shows as many public keys as it has certificates, and none is the certificate's, it can't sign."""
    wishes = (
        Wish(label="bir"),
        Wish(key="rsa-other", label="iki", serial_number=MEHMET),
        Wish(key="ec-p384", label="spare"),
    )
    card = token(*map(authority.issue, wishes))
    rearrange(card, public=["iki", "spare"], without_key=["bir"], without_certificate=["spare"])
    certificates = card.look().certificates

    with pytest.raises(CardError, match="key_missing"):
        choose(certificates, NOW, AYSE)
    verify((other := choose(certificates, NOW, MEHMET)).der, DATA, card.sign(other, DATA, Pin(PIN)))


def test_a_certificate_whose_key_is_not_there_spends_no_pin(token: MakeToken, authority: Authority) -> None:
    """A key that is visibly missing is reported, and no PIN is sent."""
    card = token(authority.issue(Wish()))
    (found,) = card.look().certificates
    missing = CardCertificate(found.der, found.key_id, found.label, found.slot, key_present=False)
    pin = Pin(PIN)

    with pytest.raises(CardError, match="key_missing"):
        card.sign(missing, DATA, pin)

    assert not pin.wiped


@pytest.mark.parametrize("size", [24, 28, 32, 48, 66])
@pytest.mark.parametrize("header", [b"", b"\x04\x41", b"\x03\x42\x00", b"\x04\x81\x85"])
def test_a_point_is_read_in_every_form(size: int, header: bytes) -> None:
    """However a module wraps a point, and compressed or not, its first coordinate is found."""
    x, y = b"\x11" * size, b"\x22" * size

    assert first_coordinate(header + b"\x04" + x + y) == x
    assert first_coordinate(header + b"\x03" + x) == x


@given(st.binary(max_size=140))
def test_rubbish_is_no_point(value: bytes) -> None:
    """What is no point gives nothing, or a part of it, and isn't tripped over."""
    assert first_coordinate(value) in value


IDS = st.sampled_from([b"", b"\1", b"\2"])
LABELS = st.sampled_from(["", "a", "b"])
TOKENS = st.lists(st.tuples(IDS, LABELS, st.booleans(), st.booleans()), min_size=1, max_size=4)


@given(token=TOKENS, key_id=IDS, label=LABELS)
def test_the_right_key_is_among_the_candidates(
    token: list[tuple[bytes, str, bool, bool]], key_id: bytes, label: str
) -> None:
    """Whatever the IDs and labels say: a key that shows its public half is taken at once, a foreign one never, and a
    hidden one is tried unless its own name says that it is another's."""
    marks = [bytes((number,)) * 64 for number in range(1, 5)]
    private = [Key(n, i, t, marks[n] if shown else b"") for n, (i, t, shown, _) in enumerate(token)]
    public = [Key(n, i, t, marks[n]) for n, (i, t, _, half) in enumerate(token) if half]
    der = b"certificate " + marks[0]

    found = candidates(der, key_id, label, private, public)

    right, others = private[0], private[1:]
    assert all(key is right or not key.mark for key in found)
    assert len({id(key) for key in found}) == len(found)
    if right.mark:
        assert found == [right]
    elif any(half.thing == 0 for half in public) or not any(half.goes_with(right) for half in public):
        assert right in found
    if any(half.thing == 0 for half in public) and not any(right.goes_with(other) for other in others):
        assert found == [right] or right.key_id == b"" == right.label.encode()
    assert is_present(der, key_id, private, public, len(token)) is not False or not (
        right.mark or any(half.thing == 0 for half in public)
    )


def test_no_is_said_only_where_all_is_shown() -> None:
    """A token that shows fewer keys than it has certificates, or one without its public half, may hide the right one."""
    other, third, hidden = Key(0, b"\1", "", b"o" * 64), Key(1, b"\2", "", b"t" * 64), Key(2, b"\3", "", b"")

    assert is_present(b"certificate", b"\7", [], [other, third], 2) is False
    assert is_present(b"certificate", b"\7", [], [other, other], 2) is None
    assert is_present(b"certificate", b"\7", [hidden], [other, third], 2) is None
    assert is_present(b"certificate", b"\3", [hidden], [other, third], 2) is True
    assert is_present(b"certificate", b"\7", [], [], 1) is None


def test_a_return_code_without_a_name_is_told_by_its_number(scripted: MakeScripted) -> None:
    """A vendor's own return code is shown as a number, when looking and when signing."""
    with pytest.raises(CardError) as looking:
        scripted(fail="C_OpenSession:0x80000321").card.look()
    signing_card = scripted(fail="C_SignInit:0xce534351").card
    (certificate,) = signing_card.look().certificates
    with pytest.raises(CardError) as signing:
        signing_card.sign(certificate, DATA, Pin(PIN))
    with pytest.raises(CardError) as loading:
        scripted(fail="C_Initialize:0x80000abc").card.look()
    with pytest.raises(CardError) as reading:
        scripted(fail="C_GetAttributeValue:0x80000777").card.look()

    errors = [caught.value for caught in (looking, signing, loading, reading)]
    assert [error.code for error in errors] == ["card_error", "card_error", "module_broken", "card_error"]
    numbers = ["0x80000321", "0xce534351", "0x80000abc", "0x80000777"]
    assert all(number in (error.detail or "") for number, error in zip(numbers, errors, strict=True))


@pytest.mark.parametrize("sick", ["7", "8"])
def test_a_token_that_fails_hides_no_other(scripted: MakeScripted, sick: str) -> None:
    """Of two tokens the one that answers is shown, whichever it is; alone, the failing one is told by its number."""
    (seen,) = scripted(slots="2", sick_slot=sick).card.look().tokens
    with pytest.raises(CardError, match="card_error") as caught:
        scripted(sick_slot="7").card.look()

    assert seen.info.slot != int(sick)
    assert len(seen.certificates) == 1
    assert "0x80000321" in (caught.value.detail or "")
