"""A small certification authority for these tests, in the shape of the real one (and the wrong ones)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

import fixtures
from assistant.card.credential import TokenCredential

NOW = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)
"""When these tests take place."""

NES = "Kamu Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 6"
SEAL = "Mali Mühür Elektronik Sertifika Hizmet Sağlayıcısı"
QUALIFIED = ("0.4.0.1862.1.1", "2.16.792.1.61.0.1.5070.1.1")
AYSE, MEHMET = "10000000146", "10000000214"

KeyName = Literal["rsa", "rsa-other", "ec-p384", "ec-p256"]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Wish:
    """What a certificate should be; the defaults make Ayşe's good one."""

    name: str = "AYŞE YILMAZ"
    serial_number: str = AYSE
    key: KeyName = "rsa"
    issuer: str = NES
    statements: Sequence[str] = QUALIFIED
    usages: Sequence[str] = ("digital_signature", "content_commitment")
    begins: datetime = field(default=NOW - timedelta(days=1000))
    ends: datetime = field(default=NOW + timedelta(days=95))
    label: str = "imza"


class Authority:
    """Issues what is wished for; its own keys live as long as it."""

    def __init__(self) -> None:
        self._keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in (NES, SEAL)}

    def issue(self, wish: Wish) -> TokenCredential:
        """Return a certificate with its key."""
        own = key_called(wish.key)
        ca = self._keys[wish.issuer if wish.issuer in self._keys else NES]
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(CN=wish.name, serial=wish.serial_number))
            .issuer_name(_name(CN=wish.issuer))
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(wish.begins)
            .not_valid_after(wish.ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(wish.usages), critical=True)
        )
        if wish.statements:
            builder = builder.add_extension(_statements(wish.statements), critical=False)
        der = builder.sign(ca, SHA256()).public_bytes(Encoding.DER)
        pkcs8 = own.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return TokenCredential(der, pkcs8, wish.label)

    def root_pem(self, name: str = NES) -> bytes:
        """Return the issuer's own certificate, self-signed, PEM."""
        ca = self._keys[name]
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(CN=name))
            .issuer_name(_name(CN=name))
            .public_key(ca.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=3000))
            .not_valid_after(NOW + timedelta(days=3000))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(["key_cert_sign", "crl_sign"]), critical=True)
        )
        return builder.sign(ca, SHA256()).public_bytes(Encoding.PEM)


@cache
def key_called(name: KeyName) -> PrivateKey:
    """Return a test key; RSA ones are the fixtures', because making them takes long."""
    if name == "ec-p256":
        return ec.generate_private_key(ec.SECP256R1())
    person = {"rsa": "ayse", "rsa-other": "zeynep", "ec-p384": "mehmet"}[name]
    path = fixtures.people()[person].card.certificates[0].key_path
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return key


def signed_by_ayse(data: bytes) -> bytes:
    """Return the signature over *data* with the RSA key, as a card makes it."""
    key = key_called("rsa")
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.sign(data, padding.PKCS1v15(), SHA256())


def _name(CN: str, serial: str | None = None) -> x509.Name:  # noqa: N803 (the name of the attribute)
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "TR"), x509.NameAttribute(NameOID.COMMON_NAME, CN)]
    if serial is not None:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    return x509.Name(parts)


def _usage(wanted: Sequence[str]) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in wanted for name in names})


def _statements(oids: Sequence[str]) -> x509.UnrecognizedExtension:
    class Statement(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
        _fields = [("id", core.ObjectIdentifier)]  # noqa: RUF012

    class Statements(core.SequenceOf):  # type: ignore[misc]
        _child_spec = Statement

    value = Statements([{"id": oid} for oid in oids]).dump()
    return x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), value)
