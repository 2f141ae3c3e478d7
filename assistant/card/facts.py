"""What a certificate says of itself, as far as E-Onay needs it.

Read with asn1crypto, which is lenient: certificates of cards in use are not always textbook ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import core, x509

from assistant.card.keys import KeyKind
from flows.text import skeleton

QC_COMPLIANCE = "0.4.0.1862.1.1"
"""Statement that the certificate is a qualified one (ETSI EN 319 412-5)."""
TURKISH_QUALIFIED = frozenset({"2.16.792.1.61.0.1.5070.1.1", "2.16.792.1.61.0.1.5070.2.1"})
"""Statements that it is a qualified one by law no. 5070; either will do."""

PERSONAL_ISSUER = "Kamu Elektronik Sertifika Hizmet Sağlayıcısı"
SEAL_ISSUER = "Mali Mühür Elektronik Sertifika Hizmet Sağlayıcısı"

_QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
_NATIONAL_ID = re.compile(r"[0-9]{11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Facts of one certificate; nothing personal is in the representation."""

    holder_name: str = field(repr=False)
    """Subject CN: AD SOYAD in capitals."""
    national_id: str | None = field(repr=False)
    """T.C. Kimlik No from the subject's serialNumber; None where that is anything but eleven digits."""
    issuer_name: str
    """Issuer CN."""
    not_before: datetime
    """Aware; valid from this second."""
    not_after: datetime
    """Aware; valid to the end of this second."""
    qualified: bool
    """A personal qualified certificate: QCStatements, nonRepudiation and the issuer's name all say so."""
    seal: bool
    """A company's seal (mali mühür)."""
    key_kind: KeyKind


class _Statement(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    _fields = [("id", core.ObjectIdentifier), ("info", core.Any, {"optional": True})]  # noqa: RUF012


class _Statements(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Statement


def read_facts(der: bytes) -> CertificateFacts | None:
    """Return what the certificate *der* says; None where it is not an X.509 certificate that can be read."""
    try:
        return _read(x509.Certificate.load(der, strict=True))
    except (ValueError, TypeError, LookupError, OverflowError):  # all that asn1crypto raises for broken DER
        return None


def _read(certificate: x509.Certificate) -> CertificateFacts:
    serial_number = _last(certificate.subject, "serial_number")
    issuer_name = _last(certificate.issuer, "common_name")
    seal = skeleton(issuer_name).startswith(skeleton(SEAL_ISSUER))
    validity = certificate["tbs_certificate"]["validity"]
    return CertificateFacts(
        holder_name=_last(certificate.subject, "common_name"),
        national_id=serial_number if _NATIONAL_ID.fullmatch(serial_number) else None,
        issuer_name=issuer_name,
        not_before=validity["not_before"].native,
        not_after=validity["not_after"].native,
        qualified=not seal
        and skeleton(issuer_name).startswith(skeleton(PERSONAL_ISSUER))
        and _is_for_signing(certificate)
        and _is_declared_qualified(certificate),
        seal=seal,
        key_kind={"rsa": KeyKind.RSA, "ec": KeyKind.EC}.get(certificate.public_key.algorithm, KeyKind.OTHER),
    )


def _last(name: x509.Name, kind: str) -> str:
    """Return the most specific value of *kind* in a distinguished name, or an empty text."""
    found = ""
    for part in name.chosen:
        for pair in part:
            if pair["type"].native == kind:
                found = str(pair["value"].native)
    return found


def _is_for_signing(certificate: x509.Certificate) -> bool:
    usage = certificate.key_usage_value
    return usage is not None and "non_repudiation" in usage.native


def _is_declared_qualified(certificate: x509.Certificate) -> bool:
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == _QC_STATEMENTS:
            statements = _Statements.load(extension["extn_value"].contents, strict=True)
            declared = {statement["id"].dotted for statement in statements}
            return QC_COMPLIANCE in declared and bool(TURKISH_QUALIFIED & declared)
    return False
