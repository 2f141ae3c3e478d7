"""End certificates as in portal-facts, section 4: people's qualified ones, and the wrong ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID, ObjectIdentifier

from fixtures import CertificateSpec, Person
from mock_portal.pki.authority import Authority, crl_points, issuer_access, key_usage

QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
"""The extension of RFC 3739."""

QC_COMPLIANCE = "0.4.0.1862.1.1"
"""ETSI: the certificate is a qualified one."""

QC_TURKISH_LAW = "2.16.792.1.61.0.1.5070.2.1"
"""Qualified under law no. 5070; this or the next one comes with the compliance statement."""

QC_TURKISH_LAW_1 = "2.16.792.1.61.0.1.5070.1.1"

NES_POLICY = "2.16.792.1.2.1.1.5.7.1.1"
"""Certificate policy of the personal certificates [guess: the real number is not among the facts]."""

NES_NOTICE = (
    "Bu sertifika bir BENZETİM içindir; 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik "
    "sertifika biçimindedir, hukuki değeri yoktur."
)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class QcStatement(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    """One statement of RFC 3739; we don't look into the information that may follow its number."""

    _fields = [("statement_id", core.ObjectIdentifier), ("statement_info", core.Any, {"optional": True})]  # noqa: RUF012  asn1crypto's way


class QcStatements(core.SequenceOf):  # type: ignore[misc]  # asn1crypto is untyped
    """The value of the QCStatements extension."""

    _child_spec = QcStatement


@dataclass(frozen=True)
class Validity:
    """When a certificate begins and ends (aware, UTC, whole seconds)."""

    begins: datetime
    ends: datetime


def validity_of(spec: CertificateSpec, start: datetime) -> Validity:
    """Return when the certificate of `spec` is valid: three years, relative to `start`."""
    edge = start.replace(microsecond=0) + timedelta(days=spec.days_left)
    if spec.kind == "not-yet-valid":
        return Validity(edge, _years_on(edge, 3))
    return Validity(_years_on(edge, -3), edge)


def build(
    spec: CertificateSpec, person: Person, key: PrivateKey, issuer: Authority, start: datetime
) -> x509.Certificate:
    """Issue the certificate of `spec` for `person`, its validity relative to `start`."""
    validity = validity_of(spec, start)
    public_key = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(spec, person))
        .issuer_name(issuer.certificate.subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(validity.begins)
        .not_valid_after(validity.ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(issuer.key_identifier(), critical=False)
        .add_extension(crl_points(issuer), critical=False)
        .add_extension(issuer_access(issuer), critical=False)
    )
    if spec.kind not in ("seal", "not-qualified"):
        builder = builder.add_extension(_policies(), critical=False)
        builder = builder.add_extension(qc_statements(QC_COMPLIANCE, QC_TURKISH_LAW), critical=False)
    return builder.sign(issuer.private_key, SHA256())


def qc_statements(*numbers: str) -> x509.UnrecognizedExtension:
    """Return the QCStatements extension with one statement per number."""
    value = QcStatements([{"statement_id": number} for number in numbers])
    return x509.UnrecognizedExtension(ObjectIdentifier(QC_STATEMENTS), value.dump())


def _subject(spec: CertificateSpec, person: Person) -> x509.Name:
    seal = spec.kind == "seal"
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TR"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, spec.number if seal else person.national_id),
            x509.NameAttribute(NameOID.COMMON_NAME, spec.subject if seal else person.name),
        ]
    )


def _policies() -> x509.CertificatePolicies:
    notice = x509.UserNotice(notice_reference=None, explicit_text=NES_NOTICE)
    return x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier(NES_POLICY), [notice])])


def _years_on(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year + years, day=28)
