"""What the preflight says of cards with odd certificates, and of drivers with numbers of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.base.errors import CardError
from assistant.base.words import Language
from assistant.card.model import CardCertificate, CardView
from assistant.preflight.checks import examine_card
from tests.assistant.card import odd
from tests.assistant.card.authority import NOW, Authority, Wish
from tests.assistant.card.odd import SERIAL_NUMBER, UTF8
from tests.assistant.preflight.desks import LookedAtCard, desk, only


@pytest.fixture(scope="module")
def authority() -> Authority:
    """One authority for these tests."""
    return Authority()


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_certificate_is_told_with_its_own_reason(
    tmp_path: Path, authority: Authority, language: Language
) -> None:
    """An end in 9999, a time without a zone, a holder that can't be read and rubbish each have a line of their own, and
    the good one is told as on any card."""
    good = authority.issue(Wish())
    plain = authority.issue(Wish(statements=()))
    certificates = (
        odd.odd(plain, odd.ends(odd.NO_END)).certificate_der,
        odd.odd(good, odd.ends(b"20280101000000")).certificate_der,
        odd.odd(good, odd.subject((SERIAL_NUMBER, UTF8, b"\xff"))).certificate_der,
        b"rubbish",
        good.certificate_der,
    )
    card = LookedAtCard([CardCertificate(der, b"", "", 0) for der in certificates])

    found = examine_card(desk(tmp_path, card, language=language))

    texts = [finding.text for finding in found if finding.id == "certificate"]
    told = {
        "tr": [
            "31.12.9999",
            "tarihleri okunamadı",
            "kime ait olduğu okunamadı",
            "Sertifika okunamadı",
            "kullanılabilir",
        ],
        "en": ["31.12.9999", "validity dates", "holder couldn't be read", "is unreadable", "can be used"],
    }[language]
    assert len(texts) == 5
    assert all(words in text for words, text in zip(told, texts, strict=True))
    assert only(found, "e_onay").level in {"ok", "warn"}


def test_a_certificate_without_an_end_is_not_due(tmp_path: Path, authority: Authority) -> None:
    """A usable certificate that ends in 9999 is told with that day."""
    credential = odd.odd(authority.issue(Wish(ends=NOW + timedelta(days=1))), odd.ends(odd.NO_END))
    card = LookedAtCard([CardCertificate(credential.certificate_der, b"", "", 0)])

    due = only(examine_card(desk(tmp_path, card)), "e_onay")

    assert (due.level, "31.12.9999" in due.text) == ("ok", True)


@dataclass
class FailingCard(LookedAtCard):
    """A card whose driver answers with a number of its own."""

    def look(self) -> CardView:
        """Fail."""
        raise CardError("card_error", "Sürücünün bildirdiği hata: 0x80000321.")


def test_a_drivers_own_number_is_told(tmp_path: Path) -> None:
    """The number that a driver answers with is in the line that says that it failed."""
    found = only(examine_card(desk(tmp_path, FailingCard())), "certificate")

    assert (found.level, "0x80000321" in found.text) == ("block", True)
