"""Which certificate may sign E-Onay, and why the others may not.

A usable certificate is a personal qualified one, belongs to the right person, is valid at this second, and has its key
on the card. The first rule that fails gives the reason, in the order seal, kind, holder, time, key. If we can't read
something, that is a reason too: we don't tell people that their own card is somebody else's.

If several are usable we take the one that ends last: after a renewal both cards may be in the reader. If two end
together (the same one twice) we take the one whose key we can see. If none is usable, we report the one that came
closest: the person's own certificate without its key, then not valid yet, expired, dates or holder unreadable, somebody
else's, a seal, and last one that can't sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.base.errors import CardError
from assistant.base.words import told
from assistant.card.facts import turkish_date
from assistant.card.keys import KeyKind
from assistant.card.model import CardCertificate

NEAREST_FIRST = (
    "key_missing",
    "certificate_not_yet_valid",
    "certificate_expired",
    "certificate_dates_unclear",
    "certificate_holder_unclear",
    "certificate_other_holder",
    "certificate_is_seal",
    "certificate_not_for_signing",
)
"""Every reason of `assess`, closest to usable first."""


@dataclass(frozen=True, slots=True)
class Usability:
    """Whether one certificate may sign."""

    reason: str | None = None
    """None if it may; otherwise a reason code from the catalogue."""
    detail: str | None = None
    """A date that belongs to the reason, in Turkish."""

    @property
    def ok(self) -> bool:
        """Whether it may sign."""
        return self.reason is None


def assess(certificate: CardCertificate, now: datetime, national_id: str | None) -> Usability:
    """Check whether *certificate* may sign E-Onay at *now* (aware) for the person with *national_id*.

    None for *national_id* accepts anybody's.
    """
    facts = certificate.facts
    if facts is None:
        return Usability("certificate_not_for_signing")
    if facts.seal:
        return Usability("certificate_is_seal")
    if not facts.qualified or facts.key_kind is KeyKind.OTHER:
        return Usability("certificate_not_for_signing")
    if national_id is not None and facts.national_id is None:
        return Usability("certificate_holder_unclear")
    if national_id is not None and facts.national_id != national_id:
        return Usability("certificate_other_holder")
    if facts.not_before is None or facts.not_after is None:
        return Usability("certificate_dates_unclear")
    if now < facts.not_before:
        begins = told("card.detail.begins", "tr", day=turkish_date(facts.not_before))
        return Usability("certificate_not_yet_valid", begins)
    if now - timedelta(seconds=1) >= facts.not_after:
        return Usability("certificate_expired", told("card.detail.ended", "tr", day=turkish_date(facts.not_after)))
    if certificate.key_present is False:
        return Usability("key_missing")
    return Usability()


def choose(certificates: Iterable[CardCertificate], now: datetime, national_id: str | None) -> CardCertificate:
    """Return the certificate to sign with. Raises `CardError` with the most helpful reason if none is usable."""
    usable: list[tuple[datetime, CardCertificate]] = []
    refused: list[Usability] = []
    for certificate in certificates:
        verdict = assess(certificate, now, national_id)
        ends = certificate.facts.not_after if certificate.facts else None
        if verdict.ok and ends is not None:
            usable.append((ends, certificate))
        else:
            refused.append(verdict)
    if usable:
        return max(usable, key=lambda pair: (pair[0], pair[1].key_present is True))[1]
    if not refused:
        raise CardError("certificate_missing")
    nearest = min(refused, key=lambda verdict: NEAREST_FIRST.index(verdict.reason or ""))
    raise CardError(nearest.reason or "", nearest.detail)
