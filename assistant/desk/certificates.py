"""A card's certificates, the way we show them to the person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from assistant.base.outcome import reasons
from assistant.base.words import Words
from assistant.card.certificates import assess
from assistant.card.facts import CertificateFacts, turkish_date
from assistant.card.model import CardCertificate
from assistant.desk.view import CertificateView

_MOST = 30
"""Lines that a person can still look through; the best come first."""


def list_certificates(
    certificates: Iterable[CardCertificate], now: datetime, national_id: str | None, words: Words
) -> tuple[CertificateView, ...]:
    """Return one line per certificate at *now* (aware): usable ones first, then by how late they end."""
    there = list(certificates)
    shown = [_line(number, certificate, now, national_id, words) for number, certificate in enumerate(there)]
    shown.sort(
        key=lambda pair: (not pair[0].usable, -pair[1].timestamp(), there[pair[0].number].key_present is not True)
    )
    lines = [line for line, _ in shown]
    if lines and lines[0].usable:
        lines[0] = replace(lines[0], chosen=True)
    if len(lines) > _MOST:
        rest = words("certificate.more", count=len(lines) - _MOST)
        lines[_MOST:] = [CertificateView(lines[_MOST].number, rest, "", "", usable=False, why_not="")]
    return tuple(lines)


def _line(
    number: int, certificate: CardCertificate, now: datetime, national_id: str | None, words: Words
) -> tuple[CertificateView, datetime]:
    facts = certificate.facts
    verdict = assess(certificate, now, national_id)
    why_not = "" if verdict.reason is None else reasons(words.language)[verdict.reason].what
    if facts is None:
        unreadable = CertificateView(number, words("certificate.unreadable"), "", "", usable=False, why_not=why_not)
        return unreadable, datetime.min.replace(tzinfo=UTC)
    name = facts.holder_name or words("certificate.nameless")
    line = CertificateView(number, name, facts.issuer_name, _days(facts, now, words), verdict.ok, why_not)
    return line, facts.not_after or datetime.min.replace(tzinfo=UTC)


def _days(facts: CertificateFacts, now: datetime, words: Words) -> str:
    """Say when it ends or starts: first the days, then the date in Turkey."""

    if facts.not_before is None or facts.not_after is None:
        return ""
    if now > facts.not_after:
        return words("certificate.ended", date=turkish_date(facts.not_after))
    if now < facts.not_before:
        return words("certificate.not_started", date=turkish_date(facts.not_before))
    days = (facts.not_after - now).days
    left = words("certificate.days_left", days=days) if days else words("certificate.ends_today")
    return f"{left}, {words('certificate.until', date=turkish_date(facts.not_after))}"
