"""Signatures for the tests: good ones from pyHanko, and bad ones built piece by piece."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import cms, tsp, x509
from asn1crypto.algos import DigestAlgorithm, SignedDigestAlgorithm
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mock_portal.pki import Authority, Credential
from mock_portal.pki.authority import key_usage
from mock_portal.pki.certificates import qc_statements

T = TypeVar("T")


def run_apart(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in its own thread, because this thread may belong to Playwright's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def sign(document: bytes, credential: Credential, *, cades: bool = True, detached: bool = False) -> bytes:
    """Sign the way the protocol wants it, with pyHanko's own signer."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for der in credential.chain_ders:
        store.register(x509.Certificate.load(der))
    signer = SimpleSigner(
        x509.Certificate.load(credential.certificate_der),
        PrivateKeyInfo.load(credential.private_key_pkcs8_der),
        store,
    )
    signed = run_apart(signer.async_sign_general_data(document, "sha256", detached=detached, use_cades=cades))
    return bytes(signed.dump())


@dataclass(frozen=True)
class Forgery:
    """A CMS SignedData where you can spoil each part. Left alone, it is a good one."""

    document: bytes
    """The document that the signed attributes and the signature are about."""
    credential: Credential
    content: bytes | None = None
    """What to encapsulate instead of `document`."""
    digest: str = "sha256"
    pss: bool = False
    leave_out: tuple[str, ...] = ()
    """Signed attributes to leave out."""
    double: tuple[str, ...] = ()
    """Signed attributes to include twice."""
    ess_certificate: bytes | None = None
    """The certificate that signingCertificateV2 names instead of the signer's."""
    attribute_content_type: str = "data"
    other_key: Credential | None = None
    """Sign with this one's private key instead."""
    certificates: tuple[bytes, ...] | None = None
    """Certificates to include instead of signer and issuer."""
    signers: int = 1
    no_attributes: bool = False

    def der(self) -> bytes:
        """Return the ContentInfo."""
        signer = x509.Certificate.load(self.credential.certificate_der)
        included = self.certificates
        if included is None:
            included = (self.credential.certificate_der, self.credential.chain_ders[0])
        content = self.document if self.content is None else self.content
        signed_data = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": [DigestAlgorithm({"algorithm": self.digest})],
                "encap_content_info": {"content_type": "data", "content": content},
                "certificates": [x509.Certificate.load(der) for der in included],
                "signer_infos": [self._signer_info(signer) for _ in range(self.signers)],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed_data}).dump())

    def _signer_info(self, signer: x509.Certificate) -> cms.SignerInfo:
        info = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": signer.issuer, "serial_number": signer.serial_number},
            ),
            "digest_algorithm": DigestAlgorithm({"algorithm": self.digest}),
        }
        to_sign = self.document
        if not self.no_attributes:
            attributes = self._attributes()
            info["signed_attrs"] = attributes
            to_sign = attributes.dump()
        info["signature_algorithm"], info["signature"] = self._signature(to_sign)
        return cms.SignerInfo(info)

    def _attributes(self) -> cms.CMSAttributes:
        named = self.ess_certificate if self.ess_certificate is not None else self.credential.certificate_der
        ess = tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(named).digest()})
        values: dict[str, object] = {
            "content_type": self.attribute_content_type,
            "message_digest": hashlib.new(self.digest, self.document).digest(),
            "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [ess]}),
        }
        attributes = [
            cms.CMSAttribute({"type": name, "values": [value]})
            for name, value in values.items()
            if name not in self.leave_out
            for _ in range(2 if name in self.double else 1)
        ]
        return cms.CMSAttributes(attributes)

    def _signature(self, to_sign: bytes) -> tuple[SignedDigestAlgorithm, bytes]:
        signing = self.other_key if self.other_key is not None else self.credential
        key = load_der_private_key(signing.private_key_pkcs8_der, None)
        algorithm = getattr(hashes, self.digest.upper())()
        if isinstance(key, ec.EllipticCurvePrivateKey):
            named = SignedDigestAlgorithm({"algorithm": f"{self.digest}_ecdsa"})
            return named, key.sign(to_sign, ec.ECDSA(algorithm))
        assert isinstance(key, rsa.RSAPrivateKey)
        if not self.pss:
            named = SignedDigestAlgorithm({"algorithm": f"{self.digest}_rsa"})
            return named, key.sign(to_sign, padding.PKCS1v15(), algorithm)
        mask = {"algorithm": "mgf1", "parameters": {"algorithm": self.digest}}
        salt = algorithm.digest_size
        parameters = {
            "hash_algorithm": {"algorithm": self.digest},
            "mask_gen_algorithm": mask,
            "salt_length": salt,
        }
        named = SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})
        return named, key.sign(to_sign, padding.PSS(padding.MGF1(algorithm), salt), algorithm)


def issue(
    issuer: Authority,
    start: datetime,
    end: datetime,
    *,
    key_of: Credential,
    number: str,
    uses: tuple[str, ...] = ("digital_signature", "content_commitment"),
    statements: tuple[str, ...] = (),
) -> Credential:
    """Issue an unusual certificate for the private key of `key_of`."""
    key = load_der_private_key(key_of.private_key_pkcs8_der, None)
    assert isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey))
    names = [pyca.NameAttribute(NameOID.COMMON_NAME, "AYŞE YILMAZ")]
    if number:
        names.append(pyca.NameAttribute(NameOID.SERIAL_NUMBER, number))
    builder = (
        pyca.CertificateBuilder()
        .subject_name(pyca.Name(names))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(pyca.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(issuer.key_identifier(), critical=False)
    )
    if uses:
        builder = builder.add_extension(key_usage(*uses), critical=True)
    if statements:
        builder = builder.add_extension(qc_statements(*statements), critical=False)
    certificate = builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(Encoding.DER)
    return Credential("unusual", certificate, key_of.private_key_pkcs8_der, (issuer.der,))
