"""A visitor of Online İşlemler without a browser, and an in-memory card signer."""

from __future__ import annotations

import asyncio
import base64
import re
import threading
from collections.abc import Callable
from html import unescape

import httpx
from asn1crypto import keys, x509
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mock_portal import Portal

INLINE_TAG = re.compile(r"</?(?:b|span|strong)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)


class OnlineVisitor:
    """Visits pages by path and sends forms with the session's own CSRF token."""

    def __init__(self, client: httpx.Client, portal: Portal) -> None:
        self.client = client
        self.portal = portal

    def enter(self, person: str) -> httpx.Response:
        """Log in with a ticket like the geçit's and return the first page."""
        return self.get(f"/oturum?ticket={ticket_for(self.portal, person)}")

    def get(self, path: str) -> httpx.Response:
        """Visit a page, following redirects."""
        return self.client.get(self.portal.origin("onlineislemler") + path)

    def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form exactly as given, following redirects."""
        return self.client.post(self.portal.origin("onlineislemler") + path, data=fields)

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form with this session's CSRF token."""
        return self.post(path, csrf=self.csrf(), **fields)

    def csrf(self) -> str:
        """Return the CSRF token on this session's pages."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/anasayfa").text)
        assert found is not None
        return found[1]

    def status(self, serial: int) -> dict[str, object]:
        """Ask what the signing page asks the portal."""
        answer = self.get(f"/imzalama/durum?sira={serial}").json()
        assert isinstance(answer, dict)
        return answer


def ticket_for(portal: Portal, person: str) -> str:
    """Return a ticket like the geçit's after a login at the gateway."""
    return portal.tickets.put({"kind": "ticket", "person": person})


def words(answer: httpx.Response) -> str:
    """Return the text a page shows: no tags, no templates, one space between words."""
    body = TEMPLATE.sub("", answer.text.partition("<body>")[2])
    return " ".join(unescape(TAG.sub(" ", INLINE_TAG.sub("", body))).split())


def code_in(answer: httpx.Response) -> str:
    """Return the verification code on a signing page."""
    found = re.findall(r"(?<!\d)\d{15}(?!\d)", answer.text)
    assert len(found) == 1, "the page must show exactly one code"
    return str(found[0])


def sign(portal: Portal, person: str, code: str, client: httpx.Client) -> httpx.Response:
    """Do a card signer's work: fetch what the code stands for, sign it with the person's card and hand it in."""
    base = portal.origin("onlineislemler") + "/eimza/api/requests/" + code
    document = base64.b64decode(client.get(base).json()["document"])
    return client.post(
        base + "/signature",
        content=signature_of(portal, person, document),
        headers={"content-type": "application/pkcs7-signature"},
    )


def signature_of(portal: Portal, person: str, document: bytes) -> bytes:
    """Return a CAdES-BES signature of `document` in DER, made with the person's first qualified certificate."""
    someone = portal.people[person]
    place = [spec.kind for spec in someone.card.certificates].index("qualified")
    credential = portal.pki.credentials(someone)[place]
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko leaves this one untyped
    chain.register_multiple(x509.Certificate.load(der) for der in credential.chain_ders)
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(credential.certificate_der),
        signing_key=keys.PrivateKeyInfo.load(credential.private_key_pkcs8_der),
        cert_registry=chain,
    )
    return _in_a_thread_of_its_own(
        lambda: asyncio.run(signer.async_sign_general_data(document, "sha256", detached=False, use_cades=True)).dump()
    )


def _in_a_thread_of_its_own(work: Callable[[], bytes]) -> bytes:
    # asyncio.run fails in the thread that runs Playwright's sync API.
    results: list[bytes] = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    thread.join()
    return results[0]
