"""The exchange with the signing service, with the mock portal and with servers that misbehave."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.errors import SigningError
from assistant.base.foreign import in_one_line
from assistant.base.outcome import Outcome, reasons
from assistant.signing.http import AnswerLost, ServiceClient
from assistant.signing.service import PROBLEMS, SigningRequest, SigningService
from mock_portal import ManualClock, Served
from tests.assistant.signing.servers import RawServer, Reply, answer, json_answer

Start = Callable[[Reply], RawServer]
CODE = "968121968799342"
DOCUMENT = "E-Onay metni: ığüşöç İĞÜŞÖÇ".encode()
GOOD: dict[str, Any] = {
    "code": CODE,
    "title": "E-Onay",
    "document": base64.b64encode(DOCUMENT).decode(),
    "media_type": "text/plain; charset=utf-8",
    "profile": "CAdES-BES",
    "digest": "sha256",
    "holder": {"name": "AYŞE YILMAZ", "national_id": "10000000146"},
    "expires_at": "2026-11-23T09:04:46Z",
}


def fetch(server: RawServer, code: str = CODE) -> SigningRequest:
    """Fetch what *code* stands for from *server*."""
    with ServiceClient(lambda _: True, seconds=5) as client:
        return SigningService(f"http://portal.localhost:{server.port}/api", client).fetch(code)


def submit(server: RawServer, code: str = CODE) -> None:
    """Hand something in at *server*."""
    with ServiceClient(lambda _: True, seconds=5) as client:
        service = SigningService(f"http://portal.localhost:{server.port}/api", client)
        service.submit(code, b"signature", hide=["AYŞE YILMAZ"])


def test_a_request_is_read(raw_server: Start) -> None:
    """What the service says comes out as it was meant, and nothing personal is in its representation."""
    server = raw_server(lambda _: json_answer(200, GOOD))
    request = fetch(server)

    assert server.requests[0].startswith(f"GET /api/requests/{CODE} HTTP/1.1".encode())
    assert (request.title, request.document, request.text) == ("E-Onay", DOCUMENT, DOCUMENT.decode())
    assert (request.holder_name, request.holder_national_id) == ("AYŞE YILMAZ", "10000000146")
    assert request.expires_at.isoformat() == "2026-11-23T09:04:46+00:00"
    assert not {"AYŞE", "10000000146", "metni"} & set(repr(request).replace("'", " ").split())


def with_(**changes: object) -> dict[str, Any]:
    """Return the good answer with *changes*."""
    return {**GOOD, **changes}


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        "text",
        None,
        with_(code="968121968799343"),
        with_(code=None),
        with_(code=int(CODE)),
        with_(title=""),
        with_(title=" "),
        with_(title="E-Onay\u202eyanO"),
        with_(title="x" * 201),
        with_(title=5),
        with_(document=""),
        with_(document="!!!!"),
        with_(document="QUJD\n"),
        with_(document="QUI"),
        with_(document=None),
        with_(media_type=None),
        with_(profile="CAdES-T"),
        with_(profile="cades-bes"),
        with_(digest="sha1"),
        with_(holder="AYŞE"),
        with_(holder={}),
        with_(holder={"name": "AYŞE", "national_id": "1000000014"}),
        with_(holder={"name": "AYŞE", "national_id": 10000000146}),
        with_(holder={"name": "", "national_id": "10000000146"}),
        with_(expires_at="yarın"),
        with_(expires_at="2026-11-23T09:04:46"),
        with_(expires_at=5),
    ],
)
def test_an_answer_that_is_not_the_protocol_is_refused(raw_server: Start, content: object) -> None:
    """Anything missing, of another kind, or not what was asked for makes the whole answer unusable."""
    server = raw_server(lambda _: json_answer(200, content))

    with pytest.raises(SigningError) as caught:
        fetch(server)
    assert caught.value.code == "service_answer_invalid"


@pytest.mark.parametrize(
    "reply",
    [
        answer(200, "text/html", json.dumps(GOOD).encode()),
        answer(200, "application/json", b"{"),
        answer(200, "application/json", b"\xff\xfe"),
        answer(200, "application/json", b"[" * 100_000),
        answer(200, "application/json", json.dumps(GOOD).replace("{", '{"title": "Başka",', 1).encode()),
    ],
)
def test_an_answer_that_is_not_json_is_refused(raw_server: Start, reply: bytes) -> None:
    """Another media type, broken JSON, JSON too deep, or a name given twice isn't understood."""
    server = raw_server(lambda _: reply)

    with pytest.raises(SigningError) as caught:
        fetch(server)
    assert caught.value.code == "service_answer_invalid"


@pytest.mark.parametrize(
    "code", ["", "abc", "1/../../x", "１２３４５６７８９０１２３４５", "1" * 41, "123 456", "1234\n"]
)
def test_what_is_no_code_is_not_sent(raw_server: Start, code: str) -> None:
    """A text that can't be a code never becomes part of an address."""
    server = raw_server(lambda _: json_answer(200, GOOD))

    for ask in (fetch, submit):
        with pytest.raises(SigningError, match="code_unknown"):
            ask(server, code)
    assert not server.requests


@pytest.mark.parametrize(("kind", "reason"), PROBLEMS.items())
def test_each_problem_has_its_reason(raw_server: Start, kind: str, reason: str) -> None:
    """A problem document becomes its catalogue entry, with the service's own words for the person."""
    problem = {"type": kind, "title": "x", "status": 422, "detail": "Kart başka bir kişiye ait."}
    server = raw_server(lambda _: json_answer(422, problem, "application/problem+json"))

    for ask in (fetch, submit):
        with pytest.raises(SigningError) as caught:
            ask(server)
        assert (caught.value.code, caught.value.detail) == (reason, "Kart başka bir kişiye ait.")
        assert not isinstance(caught.value, AnswerLost)
    assert reason in reasons()


@pytest.mark.parametrize("status", [400, 403, 404, 429])
@pytest.mark.parametrize(
    "content", [{"type": "about:blank"}, {"type": ["x"]}, {"type": "urn:eimza:code-unknown\n"}, [], {}]
)
def test_a_problem_nobody_knows_is_a_service_error(raw_server: Start, status: int, content: object) -> None:
    """A refusal that isn't of the protocol is the service's error; nothing was accepted."""
    server = raw_server(lambda _: json_answer(status, content, "application/problem+json"))

    for ask in (fetch, submit):
        with pytest.raises(SigningError) as caught:
            ask(server)
        assert caught.value.code == "service_error"
        assert not isinstance(caught.value, AnswerLost)


@pytest.mark.parametrize(
    "reply",
    [
        None,
        json_answer(500, {}),
        answer(502, "text/html", b"<h1>Bad gateway</h1>"),
        json_answer(503, {"type": "urn:eimza:code-used"}, "application/problem+json"),
        json_answer(201, {"status": "rejected"}),
        json_answer(201, ["accepted"]),
        json_answer(200, {"status": "accepted"}),
        answer(201, "text/html", b"Oturum sona erdi"),
        answer(204, "text/plain", b""),
    ],
)
def test_an_unclear_answer_to_a_signature_may_mean_accepted(raw_server: Start, reply: bytes | None) -> None:
    """After a signature was sent, all but a clear yes or no is "maybe", and it is sent once."""
    server = raw_server(lambda _: reply)

    with pytest.raises(AnswerLost) as caught:
        submit(server)
    assert caught.value.reason().outcome is Outcome.UNVERIFIED
    assert len(server.requests) == 1


def test_a_signature_is_handed_in_as_the_protocol_says(raw_server: Start) -> None:
    """The body is the DER itself, with its media type, at the address of the code."""
    server = raw_server(lambda _: json_answer(201, {"status": "accepted"}))
    submit(server)

    (request,) = server.requests
    assert request.startswith(f"POST /api/requests/{CODE}/signature HTTP/1.1".encode())
    assert b"content-type: application/pkcs7-signature" in request.lower()
    assert request.endswith(b"\r\n\r\nsignature")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sertifika 10000000146 numaralı kişiye ait.", "Sertifika … numaralı kişiye ait."),
        ("Kod 968 121 968 799 342 bulunamadı.", "Kod … bulunamadı."),
        ("Kod 968-121-968-799-342 yok, 444 5 576 arayınız.", "Kod … yok, 444 5 576 arayınız."),
        ("AYŞE YILMAZ değilsiniz", "… değilsiniz"),
        ("Bitiş: 23.11.2026 09:04", "Bitiş: 23.11.2026 09:04"),
        ("bir\r\niki\x1b[31m\u202eüç", "bir iki[31müç"),
        ("x" * 500, "x" * 299 + "…"),
    ],
)
def test_what_a_service_says_is_cleaned(text: str, expected: str) -> None:
    """Numbers that could be an ID or a code, names, and control characters are taken out of a detail."""
    assert in_one_line(text, ["AYŞE YILMAZ", ""]) == expected


@given(st.text(), st.integers(10**10, 10**15 - 1), st.text())
def test_no_long_number_gets_through(before: str, number: int, after: str) -> None:
    """Whatever stands around it, an ID number or a code isn't in what the person is shown."""
    assert str(number) not in in_one_line(f"{before}{number}{after}")


def test_the_detail_of_an_error_is_cleaned(raw_server: Start) -> None:
    """A service that repeats the code and the name in its answer doesn't get them into an error."""
    problem = {"type": "urn:eimza:holder-mismatch", "detail": f"{CODE}: AYŞE YILMAZ (10000000146) değil"}
    server = raw_server(lambda _: json_answer(422, problem, "application/problem+json"))

    with pytest.raises(SigningError) as caught:
        submit(server)
    assert caught.value.detail == "…: … (…) değil"


# --- with the mock portal -------------------------------------------------------------------------------------


def test_the_mock_portal_is_understood(served: Served, clock: ManualClock) -> None:
    """What the mock portal's desk opens is what is fetched; unknown and timed-out codes are told apart."""
    portal = served.portal
    opened = portal.desk.open(portal.people["ayse"], "E-Onay", DOCUMENT, lambda _: None)
    with ServiceClient(lambda _: True) as client:
        service = SigningService(portal.origin("onlineislemler") + "/eimza/api", client)
        request = service.fetch(opened.code)
        assert (request.title, request.document) == ("E-Onay", DOCUMENT)
        assert request.holder_national_id == portal.people["ayse"].national_id

        with pytest.raises(SigningError, match="code_unknown"):
            service.fetch("1" * 15)
        with pytest.raises(SigningError, match="signature_invalid"):
            service.submit(opened.code, b"no signature")
        with pytest.raises(SigningError, match="signature_too_large"):
            service.submit(opened.code, bytes(65 * 1024))
        clock.advance(301)
        with pytest.raises(SigningError, match="code_expired"):
            service.fetch(opened.code)


def test_a_document_in_no_readable_encoding_has_no_text(raw_server: Start) -> None:
    """An encoding that Python knows and can't decode with counts as one that nobody knows."""
    server = raw_server(lambda _: json_answer(200, with_(media_type="text/plain; charset=undefined")))
    assert fetch(server).text is None
