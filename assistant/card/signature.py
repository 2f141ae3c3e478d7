"""Converts a card's raw signature to the form its certificate's algorithm wants, and checks it."""

from __future__ import annotations

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from assistant.base.errors import CardError


def finished_signature(certificate_der: bytes, data: bytes, raw: bytes) -> bytes:
    """Return *raw* as a CMS wants it: RSA unchanged, ECDSA as DER.

    Raises `CardError`: ``key_missing`` if the certificate doesn't verify it (so the card used another key),
    ``certificate_not_for_signing`` for another kind of key.
    """
    try:
        key = load_der_public_key(x509.Certificate.load(certificate_der).public_key.dump())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(raw, data, PKCS1v15(), SHA256())
            return raw
        if isinstance(key, EllipticCurvePublicKey):
            der = _ecdsa_der(raw, (key.key_size + 7) // 8)
            key.verify(der, data, ECDSA(SHA256()))
            return der
    except InvalidSignature:
        raise CardError("key_missing") from None
    raise CardError("certificate_not_for_signing")


def _ecdsa_der(raw: bytes, size: int) -> bytes:
    """Encode r and s, *size* bytes each (PKCS#11 v2.40 mechanisms, section 2.3.1). Some modules already do it."""
    if len(raw) != 2 * size:
        return raw
    return encode_dss_signature(int.from_bytes(raw[:size], "big"), int.from_bytes(raw[size:], "big"))
