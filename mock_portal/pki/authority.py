"""Certification authorities: a key, a certificate, and the CRL they sign."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

AUTHORITY_YEARS_BEHIND = 8
AUTHORITY_YEARS_AHEAD = 12
"""An authority outlives everything it signs, however far a test moves the clock."""

CRL_LIFETIME = timedelta(hours=24)

NOT_REAL = "BENZETİM - gerçek değildir"
"""Organisational unit of every authority, so that nobody can mistake a certificate for a real one."""


class CaKeys:
    """The private keys of the three authorities, each generated when first needed and never written to disk."""

    def __init__(self) -> None:
        self._keys: dict[str, rsa.RSAPrivateKey] = {}
        self._lock = threading.Lock()

    def of(self, authority: str) -> rsa.RSAPrivateKey:
        """Return the RSA 2048 key of `authority`, the same each time."""
        with self._lock:
            if authority not in self._keys:
                self._keys[authority] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            return self._keys[authority]


@dataclass(frozen=True)
class RevokedSerial:
    """A line of a CRL."""

    serial: int
    at: datetime
    reason: x509.ReasonFlags


@dataclass(frozen=True)
class Authority:
    """An authority that signs certificates and a CRL."""

    slug: str
    """Name of its files in the depot: `<slug>.crt`, `<slug>.crl`."""
    certificate: x509.Certificate
    private_key: rsa.RSAPrivateKey
    depot: str
    """Address of the folder with its files, without a slash at the end."""

    def __repr__(self) -> str:
        return f"Authority({self.slug!r})"

    @cached_property
    def der(self) -> bytes:
        """The authority's own certificate."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def common_name(self) -> str:
        """The name certificates use for their issuer."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def crl_url(self) -> str:
        """Where its CRL is."""
        return f"{self.depot}/{self.slug}.crl"

    @property
    def certificate_url(self) -> str:
        """Where its certificate is."""
        return f"{self.depot}/{self.slug}.crt"

    def key_identifier(self) -> x509.AuthorityKeyIdentifier:
        """Return the extension in what it signs that points to its key."""
        own = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own.value)

    def crl(self, revoked: Iterable[RevokedSerial], now: datetime) -> bytes:
        """Return the CRL as of `now`, DER."""
        moment = now.replace(microsecond=0)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(moment)
            .next_update(moment + CRL_LIFETIME)
            .add_extension(self.key_identifier(), critical=False)
            .add_extension(x509.CRLNumber(int(moment.timestamp())), critical=False)
        )
        for line in revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(line.serial)
                .revocation_date(line.at.replace(microsecond=0))
                .add_extension(x509.CRLReason(line.reason), critical=False)
                .build()
            )
        return builder.sign(self.private_key, SHA256()).public_bytes(Encoding.DER)


def make_root(keys: CaKeys, start: datetime, depot: str) -> Authority:
    """Make the self-signed root, valid from years before `start` until years after it."""
    key = keys.of("kok")
    name = _authority_name("Kök Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 1")
    builder = _authority_builder(name, key, start, path_length=1).issuer_name(name)
    return Authority("kok", builder.sign(key, SHA256()), key, depot)


def make_issuer(root: Authority, keys: CaKeys, slug: str, common_name: str, start: datetime) -> Authority:
    """Make an issuer of end certificates below `root`."""
    key = keys.of(slug)
    builder = (
        _authority_builder(_authority_name(common_name), key, start, path_length=0)
        .issuer_name(root.certificate.subject)
        .add_extension(root.key_identifier(), critical=False)
        .add_extension(crl_points(root), critical=False)
        .add_extension(issuer_access(root), critical=False)
    )
    return Authority(slug, builder.sign(root.private_key, SHA256()), key, root.depot)


def crl_points(issuer: Authority) -> x509.CRLDistributionPoints:
    """Return the extension that says where the CRL of `issuer` is."""
    where = x509.DistributionPoint([x509.UniformResourceIdentifier(issuer.crl_url)], None, None, None)
    return x509.CRLDistributionPoints([where])


def issuer_access(issuer: Authority) -> x509.AuthorityInformationAccess:
    """Return the extension that says where the certificate of `issuer` is."""
    where = x509.UniformResourceIdentifier(issuer.certificate_url)
    method = x509.oid.AuthorityInformationAccessOID.CA_ISSUERS
    return x509.AuthorityInformationAccess([x509.AccessDescription(method, where)])


def _authority_name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TR"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, "Gebze - Kocaeli"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Türkiye Bilimsel ve Teknolojik Araştırma Kurumu - TÜBİTAK"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, NOT_REAL),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _authority_builder(
    name: x509.Name, key: rsa.RSAPrivateKey, start: datetime, path_length: int
) -> x509.CertificateBuilder:
    year = timedelta(days=365)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - AUTHORITY_YEARS_BEHIND * year)
        .not_valid_after(start + AUTHORITY_YEARS_AHEAD * year)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(key_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def key_usage(*uses: str) -> x509.KeyUsage:
    """Return the key usage extension with exactly `uses`, by the names of `x509.KeyUsage`."""
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
    return x509.KeyUsage(**{name: name in uses for name in names})
