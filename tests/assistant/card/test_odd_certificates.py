"""Certificates that no library would make: each is listed with its reason, and hides no other."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.base.errors import CardError
from assistant.base.words import words
from assistant.card.certificates import NEAREST_FIRST, assess, choose
from assistant.card.credential import TokenCredential
from assistant.card.facts import turkish_date
from assistant.card.model import CardCertificate, one_element
from assistant.card.pin import Pin
from assistant.desk.certificates import list_certificates
from assistant.signing.cades import sign_cades_bes
from tests.assistant.card import odd
from tests.assistant.card.authority import AYSE, MEHMET, NOW, Authority, Wish
from tests.assistant.card.conftest import PIN, MakeToken
from tests.assistant.card.odd import COMMON_NAME, NO_END, PRINTABLE, SERIAL_NUMBER, TELETEX, UTC_TIME, UTF8, Change
from tests.assistant.card.verifying import verify

AYSE_NUMBER = (SERIAL_NUMBER, PRINTABLE, AYSE.encode())
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def on_card(credential: TokenCredential) -> CardCertificate:
    """Return the certificate as it would lie on a token."""
    return CardCertificate(one_element(credential.certificate_der), b"\1", credential.label, 0)


def test_a_name_without_end_is_shortened(ayse: TokenCredential) -> None:
    """A hundred thousand letters of a name fill nobody's panel; the certificate signs all the same."""
    name = b"A\xc5\x9eE " * 25_000
    changes = (odd.subject(AYSE_NUMBER, (COMMON_NAME, UTF8, name)), odd.issuer((COMMON_NAME, UTF8, name)))
    long = on_card(odd.odd(ayse, *changes))
    (line,) = list_certificates([long], NOW, AYSE, words("desk"))
    assert line.usable
    assert max(map(len, (line.holder, line.issuer))) <= 200


def test_of_thousands_of_certificates_the_best_are_listed(ayse: TokenCredential) -> None:
    """The usable one is first, though it is the last on the card; how many are left out is said."""
    expired = on_card(odd.odd(ayse, odd.ends(b"20200101000000Z")))
    lines = list_certificates([*[expired] * 5000, on_card(ayse)], NOW, AYSE, words("desk"))
    assert (lines[0].usable, lines[0].chosen, lines[0].number) == (True, True, 5000)
    assert len(lines) == 31
    assert "4971" in lines[-1].holder


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (odd.ends(NO_END), None),
        (odd.ends(b"99991231235959-1200"), None),
        (odd.ends(b"20280101000000+0300"), None),
        (odd.ends(b"20280101000000.5Z"), None),
        (odd.begins(b"00000101000000Z"), None),
        (odd.ends(b"20280101000000"), "certificate_dates_unclear"),
        (odd.begins(b"20240101000000"), "certificate_dates_unclear"),
        (odd.ends(b"20281399000000Z"), "certificate_dates_unclear"),
        (odd.ends(b"280101000000", UTC_TIME), "certificate_dates_unclear"),
        (odd.ends(b"", UTC_TIME), "certificate_dates_unclear"),
        (odd.ends(b"\xff\xfe"), "certificate_dates_unclear"),
        (odd.subject(AYSE_NUMBER, (COMMON_NAME, UTF8, b"AY\xdeE \xff")), None),
        (odd.subject(AYSE_NUMBER, (COMMON_NAME, 0x1E, b"\0A\0")), None),
        (odd.subject(AYSE_NUMBER), None),
        (odd.subject((SERIAL_NUMBER, UTF8, b"PNOTR-" + AYSE.encode())), None),
        (odd.subject(AYSE_NUMBER, (SERIAL_NUMBER, UTF8, b"card 7")), None),
        (odd.subject((SERIAL_NUMBER, UTF8, b"\xff" * 11)), "certificate_holder_unclear"),
        (odd.subject((SERIAL_NUMBER, 0x02, b"\1")), "certificate_holder_unclear"),
        (odd.subject(AYSE_NUMBER, (SERIAL_NUMBER, UTF8, MEHMET.encode())), "certificate_holder_unclear"),
        (odd.subject(), "certificate_holder_unclear"),
        (odd.issuer(), None),
        (odd.issuer((COMMON_NAME, UTF8, b"\xff")), None),
        (odd.issuer(("2.5.4.10", UTF8, "TÜBİTAK BİLGEM Kamu Sertifikasyon Merkezi".encode())), None),
        (odd.policies("1.2.3.4"), None),
        (odd.policies("2.16.792.1.2.1.1.5.7.1.1"), None),
        (odd.policies("1.2.3.4", "2.16.792.1.2.1.1.5.7.4.1"), "certificate_is_seal"),
        (odd.uses("2.16.792.1.2.1.1.5.7.50.1"), "certificate_is_seal"),
        (odd.extension("2.5.29.32", b"rubbish"), None),
        (odd.extension("2.5.29.31", b"rubbish"), None),
        (odd.extension("2.5.29.17", b""), None),
        (odd.extension("2.5.29.15", b"rubbish"), "certificate_not_for_signing"),
        (odd.extension("1.3.6.1.5.5.7.1.3", b"rubbish"), "certificate_not_for_signing"),
    ],
)
def test_an_odd_certificate_stands_alone(ayse: TokenCredential, change: Change, expected: str | None) -> None:
    """Each part that is odd has its own consequence, or none, and the good certificate next to it is found."""
    strange, good = on_card(odd.odd(ayse, change)), on_card(ayse)

    assert assess(strange, NOW, AYSE).reason == expected
    assert len(list_certificates([strange, good], NOW, AYSE, words("desk"))) == 2
    assert choose([strange, good], NOW, AYSE) is (strange if _ends_later(strange, good, expected) else good)


def _ends_later(strange: CardCertificate, good: CardCertificate, reason: str | None) -> bool:
    assert strange.facts
    assert good.facts
    assert good.facts.not_after
    ends = strange.facts.not_after
    return reason is None and ends is not None and ends >= good.facts.not_after


def test_a_name_that_cannot_be_read_is_said_as_such(ayse: TokenCredential) -> None:
    """A certificate without a readable name has words in its place, and its date."""
    (line,) = list_certificates(
        [on_card(odd.odd(ayse, odd.subject(AYSE_NUMBER), odd.ends(NO_END)))], NOW, AYSE, words("desk")
    )

    assert line.holder == "adı okunamayan sertifika"
    assert "31.12.9999" in line.days
    assert line.usable


def test_the_last_day_of_all_is_told() -> None:
    """A time that has no day after it is told by the day it has."""
    assert turkish_date(datetime.fromisoformat("9999-12-31T23:59:59+00:00")) == "31.12.9999"
    assert turkish_date(datetime.fromisoformat("2026-11-20T22:30:00+00:00")) == "21.11.2026"


@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_no_broken_byte_of_a_certificate_stops_a_look(ayse: TokenCredential, bit: int) -> None:
    """Whichever byte is broken, the certificate is read as far as it can be, or counts as none, with a reason."""
    good = on_card(ayse)
    for place in range(len(good.der)):
        broken = bytearray(good.der)
        broken[place] ^= bit
        strange = CardCertificate(one_element(bytes(broken)), b"\1", "", 0)
        assert assess(strange, NOW, None).ok or assess(strange, NOW, None).reason in NEAREST_FIRST, place


TEXTS = st.one_of(
    st.sampled_from([NO_END, b"20280101000000Z", b"20280101000000", b"280101000000Z", b"00000000000000Z"]),
    st.binary(max_size=20),
)
NUMBERS = st.one_of(
    st.sampled_from([AYSE.encode(), b"PNOTR-" + AYSE.encode(), MEHMET.encode(), b"1000000018"]), st.binary(max_size=20)
)
TAGS = st.sampled_from([UTF8, PRINTABLE, 0x14, 0x16, 0x1C, 0x1E, 0x02, 0x05, 0x30])
NAMES = st.lists(st.tuples(st.sampled_from([COMMON_NAME, SERIAL_NUMBER, "2.5.4.97"]), TAGS, NUMBERS), max_size=3)
EXTENSIONS = st.tuples(
    st.sampled_from(["2.5.29.15", "2.5.29.17", "2.5.29.31", "2.5.29.32", "2.5.29.37", "1.3.6.1.5.5.7.1.3"]),
    st.binary(max_size=30),
)
CHANGES = st.lists(
    st.one_of(
        st.builds(odd.begins, TEXTS, st.sampled_from([UTC_TIME, odd.GENERALIZED_TIME])),
        st.builds(odd.ends, TEXTS, st.sampled_from([UTC_TIME, odd.GENERALIZED_TIME])),
        NAMES.map(lambda pairs: odd.subject(*pairs)),
        NAMES.map(lambda pairs: odd.issuer(*pairs)),
        EXTENSIONS.map(lambda pair: odd.extension(*pair)),
    ),
    max_size=3,
)


@ANY
@given(changes=st.lists(CHANGES, max_size=3), place=st.integers(0, 3), cut=st.integers(0, 2000))
def test_nothing_odd_hides_a_good_one(ayse: TokenCredential, changes: list[list[Change]], place: int, cut: int) -> None:
    """Whatever lies next to it, a good certificate is listed and one that may sign for its person is chosen."""
    good = on_card(ayse)
    certificates = [on_card(odd.odd(ayse, *each)) for each in changes]
    certificates.append(CardCertificate(one_element(ayse.certificate_der[:cut]), b"", "", 0))
    certificates.insert(place, good)

    lines = list_certificates(certificates, NOW, AYSE, words("desk"))
    chosen = choose(certificates, NOW, AYSE)

    assert sorted(line.number for line in lines) == list(range(len(certificates)))
    assert all(line.usable or line.why_not for line in lines)
    assert assess(chosen, NOW, AYSE).ok
    assert certificates[lines[0].number] == chosen
    assert chosen.facts
    assert chosen.facts.national_id == AYSE


@ANY
@given(changes=CHANGES)
def test_an_odd_one_alone_is_chosen_or_has_its_reason(ayse: TokenCredential, changes: list[Change]) -> None:
    """A card with nothing but an odd certificate either signs or says what is wrong, and never blames the person
    for what could not be read."""
    certificate = on_card(odd.odd(ayse, *changes))
    verdict = assess(certificate, NOW, AYSE)

    assert verdict.ok or verdict.reason in NEAREST_FIRST
    if verdict.reason == "certificate_other_holder":
        assert certificate.facts
        assert certificate.facts.national_id == MEHMET
    with nullcontext() if verdict.ok else pytest.raises(CardError, match=verdict.reason):
        assert choose([certificate], NOW, AYSE) is certificate


def test_a_token_with_odd_certificates_shows_all_and_signs(
    token: MakeToken, authority: Authority, ayse: TokenCredential
) -> None:
    """On a real module the odd ones are listed next to the good one, which signs."""
    other = authority.issue(Wish(serial_number=MEHMET, key="ec-p384", label="baska"))
    card = token(odd.odd(other, odd.ends(NO_END)), odd.odd(other, odd.ends(b"20280101000000")), ayse)

    certificates = card.look().certificates
    chosen = choose(certificates, NOW, AYSE)

    assert len(certificates) == 3
    assert chosen.der == ayse.certificate_der
    verify(chosen.der, b"data", card.sign(chosen, b"data", Pin(PIN)))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize(
    "change",
    [
        odd.ends(NO_END),
        odd.subject(AYSE_NUMBER, (COMMON_NAME, TELETEX, b"AY\xdeE")),
        odd.issuer(),
        odd.extension("2.5.29.31", b"rubbish"),
    ],
)
def test_what_is_usable_can_make_the_signature(
    token: MakeToken, ayse: TokenCredential, tmp_path: Path, change: Change
) -> None:
    """An odd certificate that is called usable makes a signature that OpenSSL finds right (its chain apart)."""
    card = token(odd.odd(ayse, change))
    certificate = choose(card.look().certificates, NOW, AYSE)

    signed = sign_cades_bes(card, certificate, b"document", Pin(PIN), signing_time=NOW)

    (tmp_path / "signature.p7s").write_bytes(signed)
    command = ["openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", "signature.p7s"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"document"), done.stderr
    assert certificate.der in signed
