"""OpenSSL shares no code with the portal's verification, and the two agree in both directions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from mock_portal import ManualClock, Portal
from mock_portal.signing.routes import trust_now
from mock_portal.signing.verification import verify
from tests.mock_portal.forge import run_apart, sign

DOCUMENT = "Bundan sonraki e-imza başvurularımda onay veriyorum.\n".encode()


def openssl(directory: Path, *arguments: str) -> str:
    """Run openssl in a directory and return its output. If it fails, the test fails."""
    answer = subprocess.run(["openssl", *arguments], cwd=directory, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout + answer.stderr


@pytest.mark.parametrize("key", ["ayse", "mehmet", "zeynep", "ibrahim"])
def test_openssl_verifies_what_the_portal_accepted(
    portal: Portal, clock: ManualClock, tmp_path: Path, key: str
) -> None:
    """`openssl cms -verify -cades` confirms the RSA and EC signatures that the portal accepted, and their document."""
    opened = portal.desk.open(portal.people[key], "E-Onay", DOCUMENT, lambda accepted: None)
    body = sign(DOCUMENT, portal.pki.credentials(key)[0])
    run_apart(verify(body, opened, trust_now(portal)))
    portal.desk.accept(opened.code, body)
    (accepted,) = portal.desk.signatures()
    (tmp_path / "signature.der").write_bytes(accepted.signature)
    (tmp_path / "root.pem").write_bytes(portal.pki.root.certificate.public_bytes(Encoding.PEM))
    at = str(int(clock.now().timestamp()))
    command = "cms -verify -cades -binary -inform DER -in signature.der -CAfile root.pem -purpose any -out document"
    said = openssl(tmp_path, *command.split(), "-attime", at)
    assert "CAdES Verification successful" in said
    assert (tmp_path / "document").read_bytes() == DOCUMENT


@pytest.mark.parametrize("key", ["ayse", "mehmet"])
def test_the_portal_accepts_what_openssl_signed(portal: Portal, tmp_path: Path, key: str) -> None:
    """The portal accepts a CAdES-BES signature from `openssl cms -sign -cades` with the same key."""
    (credential,) = portal.pki.credentials(key)
    private = load_der_private_key(credential.private_key_pkcs8_der, None)
    pem = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(private.private_bytes(*pem))
    certificate = x509.load_der_x509_certificate(credential.certificate_der)
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "document").write_bytes(DOCUMENT)
    command = "cms -sign -cades -binary -nodetach -md sha256 -outform DER -in document -out signature.der"
    openssl(tmp_path, *command.split(), "-signer", "certificate.pem", "-inkey", "key.pem")
    opened = portal.desk.open(portal.people[key], "E-Onay", DOCUMENT, lambda accepted: None)
    run_apart(verify((tmp_path / "signature.der").read_bytes(), opened, trust_now(portal)))
