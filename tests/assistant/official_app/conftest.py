"""A desk for the official app: a display, the person's key in a folder, and the mock portal with the stand-in's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from mock_portal import Portal
from tests.assistant.official_app.display import display, missing


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of a display with a clipboard."""
    if reason := missing("Xvfb", "xclip"):
        pytest.skip(reason)
    with display() as name:
        yield name


def lay_key(portal: Portal, person: str, folder: Path) -> None:
    """Write the person's certificate and key where the stand-in looks for them."""
    credential = portal.pki.credentials(person)[0]
    key = load_der_private_key(credential.private_key_pkcs8_der, None)
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate = x509.load_der_x509_certificate(credential.certificate_der)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
