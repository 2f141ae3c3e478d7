"""The test PKI of one portal: its authorities, the people's credentials, and the current CRLs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from fixtures import CertificateSpec, Person
from mock_portal.clock import Clock
from mock_portal.pki.authority import Authority, CaKeys, RevokedSerial, make_issuer, make_root
from mock_portal.pki.certificates import PrivateKey, build
from mock_portal.state import PersonState, PortalState

NES_ISSUER = "Kamu Elektronik Sertifika Hizmet Sağlayıcısı - Sürüm 1"
SEAL_ISSUER = "Mali Mühür Elektronik Sertifika Hizmet Sağlayıcısı"

REVOKED_DAYS_AGO = 10
"""How long ago, in days, the certificates that the fixtures call revoked were revoked."""

_SHARED_KEYS = CaKeys()


@dataclass(frozen=True)
class Credential:
    """What a card holds for one certificate: enough to provision a token or to sign in memory."""

    label: str
    """Name for the objects on a token; says nothing about the person."""
    certificate_der: bytes = field(repr=False)
    private_key_pkcs8_der: bytes = field(repr=False)
    chain_ders: tuple[bytes, ...] = field(repr=False)
    """The issuer's certificate, then the root's."""


@dataclass(frozen=True)
class _Issued:
    spec: CertificateSpec
    certificate: x509.Certificate
    credential: Credential
    issuer: Authority


class TestPki:
    """Issues what the people's cards hold, each certificate when first asked for. Thread-safe.

    Validity is relative to `start` (aware; by default the clock's current moment). The authorities' keys live in memory
    only; portals of one process share them unless `keys` are given.
    """

    __test__ = False  # not a test case, whatever its name suggests to pytest

    def __init__(
        self,
        people: Mapping[str, Person],
        clock: Clock,
        state: PortalState,
        depot: str = "http://onlineislemler.localhost/depo",
        keys: CaKeys | None = None,
        start: datetime | None = None,
    ) -> None:
        self._people = people
        self._clock = clock
        self._state = state
        self._keys = keys if keys is not None else _SHARED_KEYS
        self._start = (start if start is not None else clock.now()).replace(microsecond=0)
        self._lock = threading.RLock()
        self._issued: dict[str, tuple[_Issued, ...]] = {}
        self.root = make_root(self._keys, self._start, depot)
        self.nes_issuer = make_issuer(self.root, self._keys, "nes", NES_ISSUER, self._start)
        self._seal_issuer: Authority | None = None

    @property
    def seal_issuer(self) -> Authority:
        """The issuer of company seals, made when first needed."""
        with self._lock:
            if self._seal_issuer is None:
                self._seal_issuer = make_issuer(self.root, self._keys, "mali-muhur", SEAL_ISSUER, self._start)
            return self._seal_issuer

    def authorities(self) -> tuple[Authority, ...]:
        """Return the root and every issuer that has issued something so far."""
        with self._lock:
            made = (self.root, self.nes_issuer, self._seal_issuer)
        return tuple(authority for authority in made if authority is not None)

    def credentials(self, person: Person | str) -> tuple[Credential, ...]:
        """Return what the person's card holds, in the card's order. Raises KeyError for a stranger."""
        return tuple(issued.credential for issued in self._of(person))

    def certificates(self, person: Person | str) -> tuple[x509.Certificate, ...]:
        """Return the certificates of the person's card, in the card's order."""
        return tuple(issued.certificate for issued in self._of(person))

    def crl(self, authority: Authority) -> bytes:
        """Return the CRL of `authority` as of now (DER): everything the fixtures and the pages have revoked."""
        with self._lock:
            cards = list(self._issued.items())
        lines = [
            line
            for key, card in cards
            for issued in card
            if issued.issuer is authority
            for line in self._revocation(issued, self._state.of(key))
        ]
        return authority.crl(lines, self._clock.now())

    def _of(self, person: Person | str) -> tuple[_Issued, ...]:
        known = self._people[person if isinstance(person, str) else person.key]
        with self._lock:
            if known.key not in self._issued:
                self._issued[known.key] = tuple(self._issue(spec, known) for spec in known.card.certificates)
            return self._issued[known.key]

    def _issue(self, spec: CertificateSpec, person: Person) -> _Issued:
        issuer = self.seal_issuer if spec.kind == "seal" else self.nes_issuer
        key = load_key(spec)
        certificate = build(spec, person, key, issuer, self._start)
        credential = Credential(
            label=spec.key_file,
            certificate_der=certificate.public_bytes(Encoding.DER),
            private_key_pkcs8_der=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            chain_ders=(issuer.der, self.root.der),
        )
        return _Issued(spec, certificate, credential, issuer)

    def _revocation(self, issued: _Issued, standing: PersonState) -> tuple[RevokedSerial, ...]:
        serial = issued.certificate.serial_number
        if issued.spec.kind == "revoked":
            at = self._start - timedelta(days=REVOKED_DAYS_AGO)
            return (RevokedSerial(serial, at, x509.ReasonFlags.key_compromise),)
        if issued.spec.kind == "seal":  # the pages are about personal certificates
            return ()
        if standing.revoked_at is not None:
            return (RevokedSerial(serial, _just_before(standing.revoked_at), x509.ReasonFlags.cessation_of_operation),)
        if standing.suspended:
            return (RevokedSerial(serial, _just_before(self._start), x509.ReasonFlags.certificate_hold),)
        return ()


def _just_before(moment: datetime) -> datetime:
    # For pyhanko-certvalidator a certificate is still good in the very second of its revocation.
    return (moment - timedelta(microseconds=1)).replace(microsecond=0)


def load_key(spec: CertificateSpec) -> PrivateKey:
    """Read the committed test key of `spec`. Raises ValueError when it isn't of the kind `spec` says."""
    key = load_pem_private_key(
        spec.key_path.read_bytes(),
        password=None,
        unsafe_skip_rsa_key_validation=True,  # our own committed keys; the check would take longer than the start
    )
    if spec.key == "rsa2048" and isinstance(key, rsa.RSAPrivateKey) and key.key_size == 2048:
        return key
    if spec.key == "ec-p384" and isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp384r1":
        return key
    raise ValueError(f"fixtures/keys/{spec.key_file}.pem is not of the kind {spec.key}")
