"""A test PKI shaped like the real one (portal-facts, section 4), trusted by nobody but its own portal.

root → "Kamu Elektronik Sertifika Hizmet Sağlayıcısı" → people, and next to it the mali mühür issuer.
"""

from mock_portal.pki.authority import Authority, CaKeys
from mock_portal.pki.certificates import (
    QC_COMPLIANCE,
    QC_STATEMENTS,
    QC_TURKISH_LAW,
    QC_TURKISH_LAW_1,
    QcStatements,
)
from mock_portal.pki.people import Credential, TestPki

__all__ = [
    "QC_COMPLIANCE",
    "QC_STATEMENTS",
    "QC_TURKISH_LAW",
    "QC_TURKISH_LAW_1",
    "Authority",
    "CaKeys",
    "Credential",
    "QcStatements",
    "TestPki",
]
