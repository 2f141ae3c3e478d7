"""The test PKI looks like the real one and tells the truth about revocation."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key
from cryptography.x509.oid import ExtensionOID, NameOID, ObjectIdentifier

import fixtures
from mock_portal import ManualClock, Portal, Served
from mock_portal.pki import (
    QC_COMPLIANCE,
    QC_STATEMENTS,
    QC_TURKISH_LAW,
    Authority,
    CaKeys,
    QcStatements,
    TestPki,
)

PEOPLE = fixtures.people()
CERTIFICATES = [
    pytest.param(key, index, id=f"{key}-{index}-{spec.kind}")
    for key, person in PEOPLE.items()
    for index, spec in enumerate(person.card.certificates)
]


def common_name(name: x509.Name) -> str:
    """Return the common name of a name."""
    return str(name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def serial_number(name: x509.Name) -> str:
    """Return the serial number attribute of a name."""
    return str(name.get_attributes_for_oid(NameOID.SERIAL_NUMBER)[0].value)


def statements(certificate: x509.Certificate) -> set[str]:
    """Return the OIDs of a certificate's QCStatements."""
    try:
        extension = certificate.extensions.get_extension_for_oid(ObjectIdentifier(QC_STATEMENTS))
    except x509.ExtensionNotFound:
        return set()
    assert isinstance(extension.value, x509.UnrecognizedExtension)
    return {statement["statement_id"].dotted for statement in QcStatements.load(extension.value.value)}


def revoked(pki: TestPki, authority: Authority) -> set[int]:
    """Return the serial numbers on an authority's current CRL."""
    return {line.serial_number for line in x509.load_der_x509_crl(pki.crl(authority))}


@pytest.mark.parametrize(("key", "index"), CERTIFICATES)
def test_a_personal_certificate_has_the_real_shape(portal: Portal, key: str, index: int) -> None:
    """Name, number, issuer, key usage, statements, policy and addresses are where the real ones have them."""
    person = PEOPLE[key]
    spec = person.card.certificates[index]
    certificate = portal.pki.certificates(person)[index]
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    certificate.extensions.get_extension_for_oid(ExtensionOID.CRL_DISTRIBUTION_POINTS)
    certificate.extensions.get_extension_for_oid(ExtensionOID.AUTHORITY_INFORMATION_ACCESS)
    if spec.kind == "seal":
        assert common_name(certificate.issuer) == "Mali Mühür Elektronik Sertifika Hizmet Sağlayıcısı"
        assert re.fullmatch(r"\d{10}", serial_number(certificate.subject))
        assert statements(certificate) == set()
        return
    assert common_name(certificate.issuer).startswith("Kamu Elektronik Sertifika Hizmet Sağlayıcısı")
    assert common_name(certificate.subject) == person.name
    assert serial_number(certificate.subject) == person.national_id
    if spec.kind == "not-qualified":
        assert statements(certificate) == set()
    else:
        assert statements(certificate) == {QC_COMPLIANCE, QC_TURKISH_LAW}
        certificate.extensions.get_extension_for_class(x509.CertificatePolicies)


@pytest.mark.parametrize(("key", "index"), CERTIFICATES)
def test_validity_is_three_years_around_the_portals_now(
    portal: Portal, clock: ManualClock, key: str, index: int
) -> None:
    """Every certificate is valid for three years. The portal's clock decides which are valid now."""
    spec = PEOPLE[key].card.certificates[index]
    certificate = portal.pki.certificates(key)[index]
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    assert (ends.year - begins.year, ends.month, ends.day) == (3, begins.month, begins.day)
    assert (begins <= clock.now() < ends) == (spec.kind not in ("expired", "not-yet-valid"))
    assert (clock.now() >= ends) == (spec.kind == "expired")


def test_a_renewed_certificate_begins_when_the_old_one_ends(portal: Portal) -> None:
    """On a full card the renewed certificate starts the very second the current one ends."""
    _, _, present, following = portal.pki.certificates("fatma")
    assert following.not_valid_before_utc == present.not_valid_after_utc


@pytest.mark.parametrize(("key", "index"), CERTIFICATES)
def test_the_private_key_belongs_to_the_certificate(portal: Portal, key: str, index: int) -> None:
    """Key and certificate on a card fit together, and the key is of the kind in the fixtures."""
    spec = PEOPLE[key].card.certificates[index]
    credential = portal.pki.credentials(key)[index]
    private = load_der_private_key(credential.private_key_pkcs8_der, None)
    certificate = x509.load_der_x509_certificate(credential.certificate_der)
    assert isinstance(private, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey))
    same = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert private.public_key().public_bytes(*same) == certificate.public_key().public_bytes(*same)
    assert private.key_size == {"rsa2048": 2048, "ec-p384": 384}[spec.key]


def test_a_credential_shows_no_secret(portal: Portal) -> None:
    """A credential's repr shows its label, but no key, name or number."""
    (credential,) = portal.pki.credentials("ayse")
    assert repr(credential) == "Credential(label='ayse')"


@pytest.mark.parametrize("key", ["ayse", "mehmet", "mustafa"])
def test_openssl_follows_the_chain(portal: Portal, clock: ManualClock, tmp_path: Path, key: str) -> None:
    """OpenSSL follows the chain from RSA, EC and seal certificates to the root and checks every CRL."""
    (credential,) = portal.pki.credentials(key)
    issuer, root = (x509.load_der_x509_certificate(der) for der in credential.chain_ders)
    crls = [x509.load_der_x509_crl(portal.pki.crl(authority)) for authority in portal.pki.authorities()]
    leaf = x509.load_der_x509_certificate(credential.certificate_der)
    for name, certificate in (("leaf.pem", leaf), ("issuer.pem", issuer), ("root.pem", root)):
        (tmp_path / name).write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "crl.pem").write_bytes(b"".join(crl.public_bytes(Encoding.PEM) for crl in crls))
    at = str(int((clock.now() + timedelta(seconds=1)).timestamp()))
    command = "openssl verify -x509_strict -crl_check_all -CRLfile crl.pem -CAfile root.pem -untrusted issuer.pem"
    answer = subprocess.run(
        [*command.split(), "-attime", at, "leaf.pem"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_the_crl_follows_what_happens(portal: Portal, clock: ManualClock) -> None:
    """The CRL lists revoked and suspended certificates; lifting a suspension removes one."""
    pki = portal.pki
    ayse, emine, kemal = (pki.certificates(key)[0].serial_number for key in ("ayse", "emine", "kemal"))
    assert revoked(pki, pki.nes_issuer) == {emine, kemal}
    portal.state.lift_suspension("kemal")
    clock.advance(60)
    portal.revoke("ayse")
    assert revoked(pki, pki.nes_issuer) == {emine, ayse}
    line = x509.load_der_x509_crl(pki.crl(pki.nes_issuer)).get_revoked_certificate_by_serial_number(ayse)
    assert line is not None
    assert timedelta(0) < clock.now() - line.revocation_date_utc <= timedelta(seconds=1)


def test_revoking_a_person_leaves_the_seal(portal: Portal) -> None:
    """The pages revoke personal certificates. The company's seal stays."""
    pki = portal.pki
    seal, *personal = (certificate.serial_number for certificate in pki.certificates("fatma"))
    portal.revoke("fatma")
    assert revoked(pki, pki.nes_issuer) == set(personal)
    assert seal not in revoked(pki, pki.seal_issuer)


def test_the_crl_is_always_of_today(portal: Portal, clock: ManualClock) -> None:
    """However far we move the clock, the CRL is current."""
    portal.pki.crl(portal.pki.root)
    clock.advance(400 * 86400)
    crl = x509.load_der_x509_crl(portal.pki.crl(portal.pki.root))
    assert crl.last_update_utc <= clock.now()
    assert crl.next_update_utc is not None
    assert crl.next_update_utc > clock.now()


def test_the_addresses_in_a_certificate_answer(served: Served, visitor: httpx.Client) -> None:
    """The CRL and the issuer's certificate are at the addresses in the certificate."""
    pki = served.portal.pki
    (certificate,) = pki.certificates("ayse")
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert points[0].full_name is not None
    crl = visitor.get(points[0].full_name[0].value)
    assert crl.headers["content-type"] == "application/pkix-crl"
    key = pki.nes_issuer.certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert x509.load_der_x509_crl(crl.content).is_signature_valid(key)
    issuer = visitor.get(access[0].access_location.value)
    assert issuer.headers["content-type"] == "application/pkix-cert"
    assert issuer.content == pki.nes_issuer.der
    base = access[0].access_location.value.rpartition("/")[0]
    for name in ("yok.crl", "nes", "..%2Fkok.crt"):
        assert visitor.get(f"{base}/{name}").status_code == 404


def test_authority_keys_are_made_once_and_only_in_memory(portal: Portal, clock: ManualClock) -> None:
    """Portals in one process share the authorities' keys. With other keys you get another PKI with the same names."""
    same = Portal(clock=clock).pki
    assert same.root.private_key is portal.pki.root.private_key
    other = TestPki(portal.people, clock, portal.state, keys=CaKeys())
    assert other.root.certificate.subject == portal.pki.root.certificate.subject
    assert other.root.certificate.public_key() != portal.pki.root.certificate.public_key()


def test_a_stranger_has_no_card(portal: Portal) -> None:
    """A person this portal doesn't know gets no card."""
    pki = Portal(people=["ayse"]).pki
    with pytest.raises(KeyError):
        pki.credentials(PEOPLE["mehmet"])
