"""Whatever you send to the signing service, it answers with one of the protocol's problems and keeps running."""

from __future__ import annotations

import socket
from functools import cache
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mock_portal import Act, Portal, Served
from mock_portal.signing.problems import SigningProblem
from mock_portal.signing.routes import trust_now
from mock_portal.signing.verification import verify
from tests.mock_portal.forge import Forgery, run_apart, sign

DOCUMENT = b"onay veriyorum"


@cache
def _portal() -> Portal:
    return Portal(people=["ayse", "mehmet"])


@cache
def _good(key: str) -> bytes:
    return sign(DOCUMENT, _portal().pki.credentials(key)[0])


def verdict(body: bytes, key: str = "ayse") -> str:
    """Return `accepted` or the type of the problem. Any other exception is a bug."""
    portal = _portal()
    opened = portal.desk.open(portal.people[key], "E-Onay", DOCUMENT, lambda accepted: None)
    try:
        run_apart(verify(body, opened, trust_now(portal)))
    except SigningProblem as problem:
        return problem.kind.name
    return "accepted"


@given(st.binary(max_size=300))
@example(b"\x30\x80" * 500)
@example(b"\x30\x84\xff\xff\xff\xff")
@example(b"\xbf" * 100)
def test_random_bytes_are_no_signature(body: bytes) -> None:
    """Random bytes get `signature-invalid`."""
    assert verdict(body) == "signature-invalid"


@given(st.integers(0, 6000))
def test_a_signature_cut_short_is_none(length: int) -> None:
    """A good signature with its end cut off gets `signature-invalid`."""
    good = _good("ayse")
    assert verdict(good[: length % len(good)]) == "signature-invalid"


@given(st.sampled_from(["ayse", "mehmet"]), st.data())
def test_a_signature_with_changed_bytes_is_refused_or_the_same(key: str, data: st.DataObject) -> None:
    """If a few bytes change, the portal still answers, and accepts only if the signed part is intact."""
    body = bytearray(_good(key))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place] = data.draw(st.integers(0, 255))
    if verdict(bytes(body), key) == "accepted":
        assert DOCUMENT in body


@settings(max_examples=15)
@given(st.binary(max_size=400), st.integers(0, 3))
def test_a_broken_certificate_is_refused(noise: bytes, where: int) -> None:
    """If the certificate is scribbled over, the signature is refused, whatever the scribble."""
    portal = _portal()
    (credential,) = portal.pki.credentials("ayse")
    good = Forgery(DOCUMENT, credential).der()
    at = good.index(credential.certificate_der) + (where * len(credential.certificate_der)) // 4
    scribbled = good[:at] + noise + good[at + len(noise) :]
    if scribbled != good:
        assert verdict(scribbled) in ("signature-invalid", "certificate-rejected", "holder-mismatch")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.text(max_size=30),
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"]),
    body=st.binary(max_size=50),
)
def test_no_address_makes_the_service_fall(
    served: Served, visitor: httpx.Client, path: str, method: str, body: bytes
) -> None:
    """No path, method or body below the service's address causes a server error."""
    base = f"http://127.0.0.1:{served.port}/eimza/api/requests/"
    answer = visitor.request(method, base + quote(path, safe="/?"), content=body)
    assert answer.status_code in (400, 404, 405)


@pytest.mark.parametrize("sent", [b"", b"\x30" * 10])
def test_a_client_that_hangs_up_does_no_harm(
    served: Served, visitor: httpx.Client, caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    """If a client announces a body and hangs up, the code stays usable and the service stays quiet."""
    portal = served.portal
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", DOCUMENT, lambda accepted: None)
    path = f"/eimza/api/requests/{opened.code}/signature"
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n"
        connection.sendall(head.encode() + sent)
    body = sign(DOCUMENT, portal.pki.credentials("ayse")[0])
    answer = visitor.post(f"http://127.0.0.1:{served.port}{path}", content=body)
    assert answer.status_code == 201
    assert portal.ledger.count(Act.SIGNATURE_REJECTED) == 0
    assert caplog.records == []
