"""Which certificate may sign, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.base.errors import CardError
from assistant.base.outcome import reasons
from assistant.card.certificates import NEAREST_FIRST, assess, choose
from assistant.card.credential import TokenCredential
from assistant.card.facts import read_facts
from assistant.card.keys import KeyKind
from assistant.card.model import CardCertificate, one_element
from tests.assistant.card.authority import AYSE, MEHMET, NOW, SEAL, Authority, Wish

GOOD = Wish()
EXPIRED = Wish(begins=NOW - timedelta(days=1100), ends=NOW - timedelta(days=5))
FUTURE = Wish(begins=NOW + timedelta(days=5), ends=NOW + timedelta(days=1100))
OTHER = Wish(name="MEHMET ÖZTÜRK", serial_number=MEHMET)
SEALED = Wish(name="GÜNEŞ LİMİTED ŞİRKETİ", serial_number="1000000018", issuer=SEAL, statements=())
PLAIN = Wish(statements=())


def on_card(credential: TokenCredential, *, key_present: bool | None = None) -> CardCertificate:
    """Return the certificate as it would lie on a token."""
    return CardCertificate(credential.certificate_der, b"\1", credential.label, 0, key_present)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (GOOD, None),
        (replace(GOOD, key="ec-p384"), None),
        (replace(GOOD, statements=("2.16.792.1.61.0.1.5070.2.1", "0.4.0.1862.1.1")), None),
        (replace(GOOD, usages=("content_commitment",)), None),
        (SEALED, "certificate_is_seal"),
        (replace(SEALED, serial_number=AYSE), "certificate_is_seal"),
        (EXPIRED, "certificate_expired"),
        (FUTURE, "certificate_not_yet_valid"),
        (OTHER, "certificate_other_holder"),
        (replace(GOOD, serial_number="PNOTR-10000000146"), None),
        (replace(GOOD, serial_number="pnotr-10000000146 "), None),
        (replace(GOOD, serial_number="TINTR-10000000146"), None),
        (replace(GOOD, serial_number="TC:TR-10000000146"), None),
        (replace(GOOD, serial_number="PNOTR-10000000214"), "certificate_other_holder"),
        (replace(GOOD, serial_number="PNOGR-10000000146"), "certificate_holder_unclear"),
        (replace(GOOD, serial_number="1000000014"), "certificate_holder_unclear"),
        (replace(GOOD, serial_number="1000000014A"), "certificate_holder_unclear"),
        (replace(GOOD, serial_number="1000000018"), "certificate_is_seal"),
        (replace(GOOD, serial_number="VATTR-1000000018"), "certificate_is_seal"),
        (PLAIN, "certificate_not_for_signing"),
        (replace(GOOD, statements=("0.4.0.1862.1.1",)), "certificate_not_for_signing"),
        (replace(GOOD, statements=("2.16.792.1.61.0.1.5070.1.1",)), "certificate_not_for_signing"),
        (replace(GOOD, usages=("digital_signature",)), "certificate_not_for_signing"),
        (replace(GOOD, issuer="Başka Bir Elektronik Sertifika Hizmet Sağlayıcısı"), None),
        (replace(GOOD, issuer=SEAL), None),
        (replace(PLAIN, issuer=SEAL), "certificate_is_seal"),
    ],
)
def test_each_certificate_has_its_reason(authority: Authority, wish: Wish, expected: str | None) -> None:
    """A certificate is usable, or not for exactly the reason that is wrong with it."""
    assert assess(on_card(authority.issue(wish)), NOW, AYSE).reason == expected


@pytest.mark.parametrize(
    "issuer",
    [
        "MALİ MÜHÜR ELEKTRONİK SERTİFİKA HİZMET SAĞLAYICISI",
        "Mali  Mu\u0308hür Elektronik Sertifika Hizmet Sag\u0306layıcısı",
    ],
)
def test_the_issuer_is_compared_as_turkish_text(authority: Authority, issuer: str) -> None:
    """Capitals, spaces and composed letters make no other issuer."""
    hinted = on_card(authority.issue(replace(PLAIN, issuer=issuer)))
    assert assess(hinted, NOW, AYSE).reason == "certificate_is_seal"


def test_validity_is_to_the_second(authority: Authority) -> None:
    """A certificate is valid from its first second to the end of its last one, and no longer."""
    certificate = on_card(authority.issue(replace(GOOD, begins=NOW, ends=NOW + timedelta(hours=1))))

    def reason(moment: datetime) -> str | None:
        return assess(certificate, moment, AYSE).reason

    assert reason(NOW - timedelta(microseconds=1)) == "certificate_not_yet_valid"
    assert reason(NOW) is None
    assert reason(NOW + timedelta(hours=1, microseconds=999_999)) is None
    assert reason(NOW + timedelta(hours=1, seconds=1)) == "certificate_expired"


def test_dates_are_told_by_the_turkish_clock(authority: Authority) -> None:
    """The date next to a reason is the one on a calendar in Türkiye."""
    late = datetime.fromisoformat("2026-11-20T22:30:00+00:00")
    verdict = assess(on_card(authority.issue(replace(EXPIRED, ends=late))), NOW, AYSE)

    assert verdict.detail == "Geçerlilik sonu: 21.11.2026."


def test_without_a_person_any_holder_will_do(authority: Authority) -> None:
    """If we expect nobody in particular, anybody's good certificate is usable."""
    assert assess(on_card(authority.issue(OTHER)), NOW, None).ok


def test_a_certificate_without_its_key_is_not_usable(authority: Authority, ayse: TokenCredential) -> None:
    """If the card shows that the key is missing, the certificate can't sign."""
    assert assess(on_card(ayse, key_present=False), NOW, AYSE).reason == "key_missing"


def test_of_several_usable_the_one_that_ends_last_is_taken(authority: Authority) -> None:
    """After a renewal the new card signs, wherever it is listed."""
    old, new = (on_card(authority.issue(replace(GOOD, ends=NOW + timedelta(days=d)))) for d in (1, 1095))

    assert choose([old, new], NOW, AYSE) is new
    assert choose([new, old], NOW, AYSE) is new


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ((), "certificate_missing"),
        ((SEALED, EXPIRED), "certificate_expired"),
        ((EXPIRED, FUTURE), "certificate_not_yet_valid"),
        ((OTHER, SEALED, PLAIN), "certificate_other_holder"),
        ((OTHER, replace(GOOD, serial_number="?")), "certificate_holder_unclear"),
        ((PLAIN, SEALED), "certificate_is_seal"),
        ((PLAIN,), "certificate_not_for_signing"),
    ],
)
def test_the_nearest_reason_is_told(authority: Authority, wishes: tuple[Wish, ...], expected: str) -> None:
    """When none is usable, the person hears about the certificate that came nearest."""
    with pytest.raises(CardError) as caught:
        choose([on_card(authority.issue(wish)) for wish in wishes], NOW, AYSE)

    assert caught.value.code == expected


def test_a_usable_one_among_wrong_ones_is_found(authority: Authority) -> None:
    """Seals, expired and other people's certificates next to it don't keep the right one from signing."""
    wishes = (SEALED, EXPIRED, OTHER, GOOD, PLAIN, FUTURE)
    certificates = [on_card(authority.issue(wish)) for wish in wishes]

    assert choose(certificates, NOW, AYSE) is certificates[3]


def test_all_reasons_are_in_the_catalogue() -> None:
    """Every reason that a certificate can be refused for can be told to a person."""
    assert set(NEAREST_FIRST) <= set(reasons())


def test_facts_are_read(authority: Authority) -> None:
    """Name, number, dates and kind of key come out as they went in."""
    facts = read_facts(authority.issue(replace(GOOD, name="IŞIL ÇİĞDEM ÖĞÜT", key="ec-p384")).certificate_der)

    assert facts is not None
    assert (facts.holder_name, facts.national_id, facts.key_kind) == ("IŞIL ÇİĞDEM ÖĞÜT", AYSE, KeyKind.EC)
    assert (facts.not_before, facts.not_after) == (GOOD.begins, GOOD.ends)


def test_nothing_personal_is_in_a_representation(authority: Authority) -> None:
    """Neither a certificate nor its facts show a name or a number when printed."""
    certificate = on_card(authority.issue(replace(GOOD, label="AYŞE YILMAZ imza")))
    shown = repr(certificate) + repr(certificate.facts) + repr(assess(certificate, NOW, AYSE))

    assert "YILMAZ" not in shown
    assert AYSE not in shown


@given(st.binary(max_size=200))
def test_rubbish_is_no_certificate(raw: bytes) -> None:
    """Bytes that are no certificate are refused, not tripped over."""
    certificate = CardCertificate(one_element(raw), b"", "", 0)

    assert assess(certificate, NOW, AYSE).reason == "certificate_not_for_signing"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 2000), byte=st.integers(0, 255))
def test_a_damaged_certificate_breaks_nothing(ayse: TokenCredential, place: int, byte: int) -> None:
    """A certificate with any one byte changed is judged, never an error."""
    der = bytearray(ayse.certificate_der)
    der[place % len(der)] = byte

    assess(CardCertificate(bytes(der), b"", "", 0), NOW, AYSE)


def test_a_certificate_whose_key_usage_is_empty_is_not_for_signing(ayse: TokenCredential) -> None:
    """A key usage of no bits at all allows nothing, and isn't taken for an error."""
    der = bytearray(ayse.certificate_der)
    key_usage = der.index(bytes.fromhex("0603551d0f"))
    bit_string = der.index(0x03, key_usage + 5)
    der[bit_string + 1] = 0

    judged = assess(CardCertificate(bytes(der), b"", "", 0), NOW, AYSE)

    assert judged.reason == "certificate_not_for_signing"


def test_padding_after_a_certificate_is_dropped(ayse: TokenCredential) -> None:
    """A card that pads what it stores gives the same certificate."""
    assert one_element(ayse.certificate_der + bytes(300)) == ayse.certificate_der


def test_a_key_of_another_kind_is_never_used() -> None:
    """A certificate with, say, an Ed25519 key isn't one that this signer can sign with."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(GOOD.begins).not_valid_after(GOOD.ends)
    facts = read_facts(builder.sign(key, None).public_bytes(Encoding.DER))

    assert facts is not None
    assert facts.key_kind is KeyKind.OTHER
