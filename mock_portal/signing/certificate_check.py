"""Is this a qualified personal certificate, valid now, and whose is it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)

from fixtures import Person
from mock_portal.pki import QC_COMPLIANCE, QC_STATEMENTS, QC_TURKISH_LAW, QC_TURKISH_LAW_1, QcStatements
from mock_portal.signing.problems import CERTIFICATE_REJECTED, HOLDER_MISMATCH, SigningProblem
from mock_portal.signing.trust import Trust

_PATH_DETAILS: Sequence[tuple[type[Exception], str]] = (
    (ExpiredError, "Sertifika süresi dolmuş."),
    (NotYetValidError, "Sertifikanın geçerlilik süresi henüz başlamamış."),
    (RevokedError, "Sertifika iptal edilmiş veya askıya alınmış."),
    (PathBuildingError, "Sertifika, güvenilen bir kuruluşça verilmemiş."),
    (InvalidCertificateError, "Sertifika bu işlem için kullanılamaz."),
    (ValidationError, "Sertifika zinciri doğrulanamadı."),
)


async def check_certificate(certificate: x509.Certificate, others: Sequence[x509.Certificate], trust: Trust) -> None:
    """Raise SigningProblem `certificate-rejected` unless the certificate may sign here and now."""
    try:
        await _check_path(certificate, others, trust)
        _check_qualified(certificate, trust)
    except SigningProblem:
        raise
    except Exception as error:  # a certificate is bytes from outside, too
        for kind, detail in _PATH_DETAILS:
            if isinstance(error, kind):
                raise _rejected(detail) from error
        raise _rejected("Sertifika okunamadı.") from error


def check_holder(certificate: x509.Certificate, person: Person) -> None:
    """Raise SigningProblem `holder-mismatch` unless the certificate names `person`'s T.C. Kimlik No."""
    if _serial_number(certificate) != person.national_id:
        raise SigningProblem(HOLDER_MISMATCH, "Sertifika, işlemi başlatan kişiye ait değil.")


async def _check_path(certificate: x509.Certificate, others: Sequence[x509.Certificate], trust: Trust) -> None:
    context = ValidationContext(
        trust_roots=[_authority(trust.root)],
        other_certs=[*(_authority(der) for der in trust.issuers), *others],
        crls=list(trust.crls),
        moment=trust.moment,
        revocation_mode="require",
        allow_fetching=False,
        time_tolerance=timedelta(0),
    )
    validator = CertificateValidator(certificate, validation_context=context)
    await validator.async_validate_usage({"digital_signature", "non_repudiation"})  # type: ignore[no-untyped-call]


@lru_cache(maxsize=32)
def _authority(der: bytes) -> x509.Certificate:
    # Comparing names costs the most in a validation, and a parsed certificate remembers its prepared names.
    return x509.Certificate.load(der)


def _check_qualified(certificate: x509.Certificate, trust: Trust) -> None:
    issuer = certificate.issuer.native.get("common_name")
    statements = _statements(certificate)
    law = QC_TURKISH_LAW in statements or QC_TURKISH_LAW_1 in statements
    if issuer != trust.nes_issuer_name or QC_COMPLIANCE not in statements or not law:
        raise _rejected("Sertifika, nitelikli elektronik sertifika değil.")
    number = _serial_number(certificate)
    if len(number) != 11 or not number.isascii() or not number.isdigit():
        raise _rejected("Sertifika bir kişiye ait değil.")


def _statements(certificate: x509.Certificate) -> frozenset[str]:
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == QC_STATEMENTS:
            statements = QcStatements.load(extension["extn_value"].contents, strict=True)
            return frozenset(statement["statement_id"].dotted for statement in statements)
    return frozenset()


def _serial_number(certificate: x509.Certificate) -> str:
    number = certificate.subject.native.get("serial_number")
    return number if isinstance(number, str) else ""


def _rejected(detail: str) -> SigningProblem:
    return SigningProblem(CERTIFICATE_REJECTED, detail)
