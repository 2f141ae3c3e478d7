"""Which certificate may sign E-Onay, and for each other one the reason why not.

A certificate is usable when it is a personal qualified one, belongs to the person asked for, is valid at this
second, and its key is there. The first rule that fails is its reason, in the order seal, kind, holder, time, key.
What can't be read is a reason of its own: nobody is told that their card is somebody else's because of it.

Of several usable ones the one that ends last is taken: after a renewal both cards may be in the reader. Of two that
end together (the same one twice) the one whose key is seen is taken. If none is
usable, the person is told of the one that came nearest: a certificate of their own without its key, then one that
is not valid yet, then an expired one, then one whose dates or whose holder can't be read, then somebody else's, then a
seal, then one that cannot sign.
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
"""Every reason of `assess`, the one that came nearest to usable first."""


@dataclass(frozen=True, slots=True)
class Usability:
    """Whether one certificate may sign."""

    reason: str | None = None
    """None when it may; otherwise a reason code of the catalogue."""
    detail: str | None = None
    """A date that adds to the reason, in Turkish."""

    @property
    def ok(self) -> bool:
        """Whether it may sign."""
        return self.reason is None


def assess(certificate: CardCertificate, now: datetime, national_id: str | None) -> Usability:
    """Tell whether *certificate* may sign E-Onay at *now* (aware) for the person with *national_id*.

    With None for *national_id* any person's will do.
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
    """Return the certificate to sign with. Raises `CardError` with the most telling reason when none is usable."""
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
