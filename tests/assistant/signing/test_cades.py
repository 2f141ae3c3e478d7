"""The signature, checked by programs that had no part in making it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import cms, tsp

from assistant.base.errors import CardError
from assistant.card.certificates import choose
from assistant.card.credential import TokenCredential
from assistant.card.pin import Pin
from assistant.card.software import SoftwareCard
from assistant.signing.cades import sign_cades_bes
from tests.assistant.card.authority import AYSE, NOW, Authority, KeyName, Wish
from tests.assistant.card.conftest import PIN, MakeToken
from tests.assistant.card.verifying import verify
from tests.mock_portal.forge import run_apart

DOCUMENT = "E-Onay: ığüşöç İĞÜŞÖÇ\r\n\x00sonu".encode()


def openssl(folder: Path, der: bytes, root_pem: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Let OpenSSL verify a CMS against a root, at the moment of these tests."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    (folder / "signature.p7s").write_bytes(der)
    (folder / "root.pem").write_bytes(root_pem)
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.p7s"]
    command += ["-CAfile", "root.pem", "-purpose", "any", "-attime", str(int(NOW.timestamp()))]
    return subprocess.run([*command, *options], cwd=folder, capture_output=True, check=False)


@pytest.mark.parametrize("key", ["rsa", "ec-p384"])
def test_openssl_accepts_a_tokens_signature(
    token: MakeToken, authority: Authority, tmp_path: Path, key: KeyName
) -> None:
    """OpenSSL verifies the CAdES signature made by a real module, and gets the document out of it."""
    card = token(authority.issue(Wish(key=key)))
    certificate = choose(card.look().certificates, NOW, AYSE)
    der = sign_cades_bes(card, certificate, DOCUMENT, Pin(PIN), signing_time=NOW)

    done = openssl(tmp_path, der, authority.root_pem())
    assert (done.returncode, done.stdout) == (0, DOCUMENT), done.stderr


@pytest.mark.parametrize("key", ["rsa", "ec-p384", "ec-p256"])
def test_openssl_accepts_the_software_cards_signature(authority: Authority, tmp_path: Path, key: KeyName) -> None:
    """The card in memory makes the same kind of signature."""
    der = signed(authority.issue(Wish(key=key)))

    done = openssl(tmp_path, der, authority.root_pem())
    assert (done.returncode, done.stdout) == (0, DOCUMENT), done.stderr


def test_openssl_refuses_a_changed_document(authority: Authority, ayse: TokenCredential, tmp_path: Path) -> None:
    """The check above can fail: a document changed after signing is refused."""
    der = signed(ayse).replace(b"sonu", b"Sonu")

    assert openssl(tmp_path, der, authority.root_pem()).returncode != 0


def signed(credential: TokenCredential) -> bytes:
    """Sign DOCUMENT with a card in memory."""
    card = SoftwareCard.of([credential], PIN)
    return sign_cades_bes(card, card.look().certificates[0], DOCUMENT, Pin(PIN), signing_time=NOW)


@pytest.mark.parametrize("key", ["rsa", "ec-p384"])
def test_it_is_cades_bes(authority: Authority, key: KeyName) -> None:
    """The attributes of the protocol are signed, the certificate is named by its hash and included alone."""
    credential = authority.issue(Wish(key=key))
    info = cms.ContentInfo.load(signed(credential), strict=True)
    content = info["content"]
    (signer,) = content["signer_infos"]
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]}

    assert info["content_type"].native == "signed_data"
    assert content["encap_content_info"]["content"].native == DOCUMENT
    assert [choice.chosen.dump() for choice in content["certificates"]] == [credential.certificate_der]
    assert set(attributes) == {"content_type", "message_digest", "signing_certificate_v2", "signing_time"}
    assert attributes["content_type"].native == ["data"]
    assert attributes["signing_time"].native == [NOW]
    (named,) = attributes["signing_certificate_v2"][0]["certs"]
    assert isinstance(named, tsp.ESSCertIDv2)
    assert named["cert_hash"].native == content["certificates"][0].chosen.sha256
    assert signer["digest_algorithm"]["algorithm"].native == "sha256"
    assert signer["unsigned_attrs"].native is None
    # The signature is over the attributes as a SET (RFC 5652, section 5.4), by a library that didn't make it.
    verify(credential.certificate_der, signer["signed_attrs"].untag().dump(), signer["signature"].native)


def test_it_signs_inside_a_running_loop(ayse: TokenCredential) -> None:
    """The thread of sync Playwright has a running event loop; signing works there all the same."""

    async def inside() -> bytes:
        return signed(ayse)

    assert run_apart(inside())


def test_the_cards_error_comes_through(ayse: TokenCredential) -> None:
    """What the card says while pyHanko waits for it reaches the caller as it was said."""
    card = SoftwareCard.of([ayse], PIN)

    with pytest.raises(CardError) as caught:
        sign_cades_bes(card, card.look().certificates[0], DOCUMENT, Pin("000000"))
    assert caught.value.code == "pin_wrong"


def test_the_time_is_now_unless_told(ayse: TokenCredential) -> None:
    """Without a given time the signing time is the present second."""
    card = SoftwareCard.of([ayse], PIN)
    before = datetime.now(UTC).replace(microsecond=0)
    info = cms.ContentInfo.load(sign_cades_bes(card, card.look().certificates[0], DOCUMENT, Pin(PIN)))
    (signer,) = info["content"]["signer_infos"]
    (told,) = (a["values"].native[0] for a in signer["signed_attrs"] if a["type"].native == "signing_time")

    assert before <= told <= datetime.now(UTC)
