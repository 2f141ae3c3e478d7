"""Verifies what a client hands in: is it a CAdES-BES signature of this document by this person?

The signature comes first, then the certificate, then the holder, so that each refusal names the first thing that is
wrong. The bytes come from outside: whatever they make a parser do ends in a refusal.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from asn1crypto import cms, x509
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

from mock_portal.signing.certificate_check import check_certificate, check_holder
from mock_portal.signing.desk import PendingSignature
from mock_portal.signing.problems import SIGNATURE_INVALID, SigningProblem
from mock_portal.signing.trust import Trust

DIGEST = "sha256"
SIGNED_ATTRIBUTES = ("content_type", "message_digest", "signing_certificate_v2")
"""What CAdES-BES requires to be signed (ETSI EN 319 122-1), by asn1crypto's names."""

SIGNATURE_ALGORITHMS = ("rsassa_pkcs1v15", "ecdsa")


async def verify(body: bytes, request: PendingSignature, trust: Trust) -> None:
    """Return when `body` is a good signature for `request`; raise SigningProblem when it isn't."""
    try:
        signed = _signature(body, request.document)
    except SigningProblem:
        raise
    except Exception as error:  # whatever trips the parsers: the bytes are bad
        raise _invalid("Gönderilen veri geçerli bir imza (CMS SignedData) değil.") from error
    await check_certificate(signed.certificate, signed.others, trust)
    check_holder(signed.certificate, request.person)


@dataclass(frozen=True)
class _Signed:
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]


def _signature(body: bytes, document: bytes) -> _Signed:
    content_info = cms.ContentInfo.load(body, strict=True)
    if content_info["content_type"].native != "signed_data":
        raise _invalid("Gönderilen veri imza (CMS SignedData) değil.")
    signed_data = content_info["content"]
    _check_content(signed_data, document)
    if len(signed_data["signer_infos"]) != 1:
        raise _invalid("İmzada tam olarak bir imzacı bulunmalıdır.")
    signer = signed_data["signer_infos"][0]
    _check_profile(signer)
    certificates = extract_certs_for_validation(signed_data)
    intact, valid = validate_sig_integrity(signer, certificates.signer_cert, "data", hashlib.sha256(document).digest())
    if not intact:
        raise _invalid("İmzalanan özet, belgenin özeti değil.")
    if not valid:
        raise _invalid("İmza, sertifikadaki anahtarla doğrulanamadı.")
    return _Signed(certificates.signer_cert, tuple(certificates.other_certs))


def _check_content(signed_data: cms.SignedData, document: bytes) -> None:
    content = signed_data["encap_content_info"]
    if content["content_type"].native != "data" or content["content"].native is None:
        raise _invalid("İmza, imzalanan belgeyi içermiyor.")
    if content["content"].native != document:
        raise _invalid("İmzalanan belge, sunulan belge değil.")


def _check_profile(signer: cms.SignerInfo) -> None:
    attributes = signer["signed_attrs"]
    if not attributes:
        raise _invalid("İmza CAdES-BES biçiminde değil: imzalı öznitelik yok.")
    for name in SIGNED_ATTRIBUTES:
        try:
            find_unique_cms_attribute(attributes, name)
        except ValueError as error:
            raise _invalid(f"İmza CAdES-BES biçiminde değil: {name} özniteliği tam bir kez olmalı.") from error
    if signer["digest_algorithm"]["algorithm"].native != DIGEST:
        raise _invalid("İmzanın özet algoritması SHA-256 olmalıdır.")
    algorithm = signer["signature_algorithm"]
    if algorithm.signature_algo not in SIGNATURE_ALGORITHMS:
        raise _invalid("İmza algoritması RSA (PKCS#1 v1.5) veya ECDSA olmalıdır.")
    named = algorithm["algorithm"].native
    if named != "rsassa_pkcs1v15" and algorithm.hash_algo != DIGEST:
        raise _invalid("İmzanın özet algoritması SHA-256 olmalıdır.")


def _invalid(detail: str) -> SigningProblem:
    return SigningProblem(SIGNATURE_INVALID, detail)
