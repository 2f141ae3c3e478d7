"""What a certificate says about itself, as far as E-Onay cares.

We read it with asn1crypto, which is lenient: certificates on cards in the field aren't always by the book. Each part
is read on its own, so a bad one doesn't spoil the rest: with an odd date we still know the holder, with an odd name
the dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

from asn1crypto import core, x509

from assistant.base.foreign import HIDDEN
from assistant.card.keys import KeyKind
from flows.text import skeleton

Part = TypeVar("Part")

QC_COMPLIANCE = "0.4.0.1862.1.1"
"""Says that the certificate is a qualified one (ETSI EN 319 412-5)."""
TURKISH_QUALIFIED = frozenset({"2.16.792.1.61.0.1.5070.1.1", "2.16.792.1.61.0.1.5070.2.1"})
"""Say that it is qualified under law no. 5070; either one will do."""
SEAL_NUMBERS = frozenset({"2.16.792.1.2.1.1.5.7.4.1", "2.16.792.1.2.1.1.5.7.50.1", "2.16.792.1.2.1.1.5.7.50.2"})
"""Only KamuSM's company seals (mali mühür) carry these, as a policy or an extended key usage: the policy, and the
purposes seal and encrypt. TÜBİTAK's own signing library recognises seals by them. Any other number tells us nothing."""

SEAL_ISSUER = "Mali Mühür Elektronik Sertifika Hizmet Sağlayıcısı"
"""Just a hint: hierarchies get renewed, and we don't know what the next is called (KamuSM's root is from 2025)."""

_KEY_USAGE = "2.5.29.15"
_POLICIES = "2.5.29.32"
_EXTENDED_USAGE = "2.5.29.37"
_QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
_ORGANIZATION = "2.5.4.97"
_NON_REPUDIATION = 1
"""Its bit in KeyUsage (RFC 5280, section 4.2.1.3)."""
_NATIONAL_ID = re.compile(r"(?:(?:PNO|TIN|IDC|[A-Z]{2}:)TR-)?([0-9]{11})", re.ASCII | re.IGNORECASE)
"""T.C. Kimlik No, plain or as in EN 319 412-1, section 5.1.3 (personal, tax, card, a country's own kind)."""
_TAX_NUMBER = re.compile(r"(?:(?:TIN|VAT|NTR)TR-)?([0-9]{10})", re.ASCII | re.IGNORECASE)
"""A company's VKN, plain or as in the same standard."""
_UNREADABLE = (ValueError, TypeError, LookupError, OverflowError, AttributeError, RecursionError)
"""Everything asn1crypto raises on broken DER."""
_LONGEST_NAME = 200
"""Letters of a name that we show; X.520 allows 64."""
_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC, microsecond=0)
_TURKEY = timezone(timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Facts about one certificate. The repr shows nothing personal."""

    holder_name: str = field(repr=False)
    """Subject CN: AD SOYAD in capitals; empty if unreadable."""
    national_id: str | None = field(repr=False)
    """T.C. Kimlik No from the subject's serialNumber; None unless exactly one number can be read there."""
    issuer_name: str
    """Issuer CN; empty if missing or unreadable."""
    not_before: datetime | None
    """Aware; valid from this second. None if it isn't a time with a zone."""
    not_after: datetime | None
    """Aware; valid to the end of this second; None as above. 9999-12-31 means "no end" (RFC 5280, 4.1.2.5)."""
    qualified: bool
    """A personal qualified certificate: QCStatements and nonRepudiation say so, and it isn't a seal."""
    seal: bool
    """A company's seal (mali mühür)."""
    key_kind: KeyKind


class _Declaration(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    _fields = [("id", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]  # noqa: RUF012


class _Declarations(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Declaration


class _Extension(core.Sequence):  # type: ignore[misc]
    """Like asn1crypto's, but doesn't read what is inside: one garbage extension would take the others with it."""

    _fields = [  # noqa: RUF012
        ("id", core.ObjectIdentifier),
        ("critical", core.Boolean, {"default": False}),
        ("value", core.OctetString),
    ]


class _Extensions(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Extension


def read_facts(der: bytes) -> CertificateFacts | None:
    """Return what the certificate *der* says; None if it isn't a readable X.509 certificate."""
    try:
        certificate = x509.Certificate.load(der, strict=True)
        key_kind = _key_kind(certificate)
        extensions = _extensions(certificate)
        issuer_name = "".join(_values(certificate.issuer, "common_name")[-1:])
        numbers = [value.strip() for value in _values(certificate.subject, "serial_number")]
        companies = numbers + [value.strip() for value in _values(certificate.subject, _ORGANIZATION)]
        names = _values(certificate.subject, "common_name")
        validity = certificate["tbs_certificate"]["validity"]
    except _UNREADABLE:
        return None
    people = {match[1] for number in numbers if (match := _NATIONAL_ID.fullmatch(number))}
    declared = _is_for_signing(extensions) and _is_declared_qualified(extensions)
    seal = (
        bool(SEAL_NUMBERS & _purposes(extensions))
        or (not people and any(_is_tax_number(number) for number in companies))
        or (not declared and skeleton(issuer_name).startswith(skeleton(SEAL_ISSUER)))
    )
    return CertificateFacts(
        holder_name=_shortened("".join(names[-1:])),
        national_id=people.pop() if len(people) == 1 else None,
        issuer_name=_shortened(issuer_name),
        not_before=_moment(validity, "not_before"),
        not_after=_moment(validity, "not_after"),
        qualified=declared and not seal,
        seal=seal,
        key_kind=key_kind,
    )


def turkish_date(moment: datetime) -> str:
    """Return the date of *moment* (aware) in Türkiye; the calendar's last day if it lies beyond that."""
    moment = in_turkey(moment)
    return f"{moment.day:02}.{moment.month:02}.{moment.year:04}"


def in_turkey(moment: datetime) -> datetime:
    """Return *moment* (aware) in Türkiye's time; unchanged if that is beyond the calendar."""
    with suppress(OverflowError):  # 31.12.9999 UTC is already the next day there
        return moment.astimezone(_TURKEY)
    return moment


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + HIDDEN


def _moment(validity: Any, name: str) -> datetime | None:
    try:
        moment = validity[name].native
        if not isinstance(moment, datetime):  # asn1crypto's own kind, for the year 0
            return _EARLIEST
        if moment.tzinfo is None:
            return None
    except _UNREADABLE:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _LATEST if moment.year > 1 else _EARLIEST


def _values(name: x509.Name, kind: str) -> list[str]:
    """Return the values of *kind* in a distinguished name that can be read, the most specific last."""
    found = []
    for part in name.chosen:
        for pair in part:
            try:
                if kind in {pair["type"].native, pair["type"].dotted}:
                    found.append(str(pair["value"].native))
            except _UNREADABLE:
                continue
    return found


def _key_kind(certificate: x509.Certificate) -> KeyKind:
    try:
        return {"rsa": KeyKind.RSA, "ec": KeyKind.EC}.get(certificate.public_key.algorithm, KeyKind.OTHER)
    except _UNREADABLE:
        return KeyKind.OTHER


def _extensions(certificate: x509.Certificate) -> dict[str, bytes]:
    """Return the content of each extension, by object identifier."""
    listed = certificate["tbs_certificate"]["extensions"].untag().dump()
    found = _each(_Extensions, listed, lambda extension: extension)  # an unreadable one could be the seal's
    return {extension["id"].dotted: extension["value"].contents for extension in found}


def _is_for_signing(extensions: dict[str, bytes]) -> bool:
    try:
        bits = core.BitString.load(extensions[_KEY_USAGE], strict=True).native
        return len(bits) > _NON_REPUDIATION and bool(bits[_NON_REPUDIATION])
    except _UNREADABLE:
        return False


def _is_declared_qualified(extensions: dict[str, bytes]) -> bool:
    declared = set(_each(_Declarations, extensions.get(_QC_STATEMENTS), lambda statement: statement["id"].dotted))
    return QC_COMPLIANCE in declared and bool(TURKISH_QUALIFIED & declared)


def _purposes(extensions: dict[str, bytes]) -> set[str]:
    """Return what the certificate is issued for: the identifiers of its policies and extended key usages."""
    policies = _each(
        x509.CertificatePolicies, extensions.get(_POLICIES), lambda policy: policy["policy_identifier"].dotted
    )
    return {*policies, *_each(x509.ExtKeyUsageSyntax, extensions.get(_EXTENDED_USAGE), lambda use: use.dotted)}


def _each(spec: Any, content: bytes | None, pick: Callable[[Any], Part]) -> Iterator[Part]:
    """Yield what *pick* takes from each element of a list, skipping unreadable ones, until something isn't an element.

    asn1crypto only reads the inside of an element when you ask for it.
    """
    with suppress(*_UNREADABLE):
        for one in spec.load(content, strict=True) if content else ():
            with suppress(*_UNREADABLE):
                yield pick(one)


def _is_tax_number(text: str) -> bool:
    """Whether *text* is a VKN, by its check digit: ten digits could be anything."""
    match = _TAX_NUMBER.fullmatch(text)
    if match is None:
        return False
    *digits, check = map(int, match[1])
    total = 0
    for weight, digit in zip(range(9, 0, -1), digits, strict=True):
        shifted = (digit + weight) % 10
        total += (shifted * 2**weight) % 9 or (9 if shifted else 0)
    return -total % 10 == check
