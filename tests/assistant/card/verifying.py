"""Checking a raw signature with the library that didn't make it."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256


def verify(certificate_der: bytes, data: bytes, signature: bytes) -> None:
    """Raise `InvalidSignature` unless *signature* is the certificate's over *data*, with SHA-256."""
    key = x509.load_der_x509_certificate(certificate_der).public_key()
    if isinstance(key, RSAPublicKey):
        key.verify(signature, data, PKCS1v15(), SHA256())
    else:
        assert isinstance(key, EllipticCurvePublicKey)
        key.verify(signature, data, ECDSA(SHA256()))
