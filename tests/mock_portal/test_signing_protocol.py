"""The signing service follows its protocol to the letter."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from defusedxml import ElementTree
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_portal import Act, ManualClock, Portal, Served, serve
from mock_portal.signing import Acceptance, CodeState
from tests.mock_portal.forge import sign

DOCUMENT = "Onay veriyorum – ğüşiöçı İ\r\n".encode()

LIMIT = 64 * 1024


class Service:
    """Ayşe's open request at a portal, and the client that signs it."""

    def __init__(self, served: Served, client: httpx.Client, host: str = "onlineislemler.localhost") -> None:
        self.portal = served.portal
        self.client = client
        self.base = f"http://{host}:{served.port}/eimza/api"
        self.accepted: list[Acceptance] = []
        ayse = self.portal.people["ayse"]
        self.code = self.portal.desk.open(ayse, "E-Onay", DOCUMENT, self.accepted.append).code

    def fetch(self, code: str | None = None) -> httpx.Response:
        """Fetch the document to sign."""
        return self.client.get(f"{self.base}/requests/{self.code if code is None else code}")

    def post(self, body: bytes | Iterator[bytes], code: str | None = None) -> httpx.Response:
        """Hand in *body* as the signature."""
        return self.client.post(
            f"{self.base}/requests/{self.code if code is None else code}/signature",
            content=body,
            headers={"content-type": "application/pkcs7-signature"},
        )

    def signed(self, key: str = "ayse") -> bytes:
        """Return a good signature of the document by this person."""
        return sign(DOCUMENT, self.portal.pki.credentials(key)[0])


@pytest.fixture
def service(served: Served, visitor: httpx.Client) -> Service:
    """The service with one open request."""
    return Service(served, visitor)


def check_problem(answer: httpx.Response, status: int, kind: str) -> str:
    """Check that an answer is the problem document from the protocol's table, and return its detail."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem.keys() == {"type", "title", "status", "detail"}
    assert problem["type"] == f"urn:eimza:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    return str(problem["detail"])


@pytest.mark.parametrize("host", ["onlineislemler.localhost", "127.0.0.1"])
def test_what_is_to_be_signed_can_be_fetched(served: Served, visitor: httpx.Client, host: str) -> None:
    """The answer has exactly the protocol's fields, whether you ask the portal by name or by number."""
    service = Service(served, visitor, host)
    answer = service.fetch()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "code": service.code,
        "title": "E-Onay",
        "document": base64.b64encode(DOCUMENT).decode(),
        "media_type": "text/plain; charset=utf-8",
        "profile": "CAdES-BES",
        "digest": "sha256",
        "holder": {"name": "AYŞE YILMAZ", "national_id": "10000000146"},
        "expires_at": "2026-11-23T09:05:00Z",
    }
    assert "set-cookie" not in answer.headers


def test_fetching_changes_nothing(service: Service) -> None:
    """You can fetch a request as often as you like. The ledger doesn't change."""
    before = service.portal.ledger.entries()
    assert service.fetch().json() == service.fetch().json()
    assert service.portal.ledger.entries() == before


def test_a_good_signature_is_accepted(service: Service) -> None:
    """The whole exchange ends with 201. The page that asked gets the signature, and the ledger records it."""
    document = base64.b64decode(service.fetch().json()["document"])
    body = sign(document, service.portal.pki.credentials("ayse")[0])
    answer = service.post(body)
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"status": "accepted"}
    assert "set-cookie" not in answer.headers
    assert [(accepted.document, accepted.signature) for accepted in service.accepted] == [(DOCUMENT, body)]
    assert service.portal.desk.status(service.code).state is CodeState.ACCEPTED
    assert service.portal.ledger.count(Act.SIGNATURE_ACCEPTED, "ayse") == 1
    assert service.portal.ledger.count(Act.SIGNATURE_REJECTED) == 0


UNKNOWN_CODES = [
    "123456789012345",
    "12345678901234",
    "1234567890123456",
    "12345678901234a",
    "１２３４５６７８９０１２３４５",
    "%00",
    "%2e%2e",
    "-1",
    "9" * 2000,
    "'; --",
]


@pytest.mark.parametrize("code", UNKNOWN_CODES)
def test_a_code_that_nobody_was_given_is_unknown(service: Service, code: str) -> None:
    """Whatever the code looks like, fetching and signing both get a 404."""
    check_problem(service.fetch(code), 404, "code-unknown")
    detail = check_problem(service.post(b"", code), 404, "code-unknown")
    assert "bulunamadı" in detail
    assert service.portal.ledger.entries()[-1].person is None


def test_a_code_is_over_after_300_seconds(service: Service, clock: ManualClock) -> None:
    """A code works until its last moment, and from then on it is expired."""
    body = service.signed()
    clock.advance(299.999)
    assert service.fetch().status_code == 200
    clock.advance(0.001)
    assert "süresi doldu" in check_problem(service.fetch(), 410, "code-expired")
    check_problem(service.post(body), 410, "code-expired")
    assert service.accepted == []


def test_a_replaced_code_is_over(service: Service) -> None:
    """After Tekrar Kod Al the old code is expired, and the new one signs the same document."""
    body = service.signed()
    renewed = service.portal.desk.renew(service.code)
    assert "yeni bir kod" in check_problem(service.fetch(), 410, "code-expired")
    check_problem(service.post(body), 410, "code-expired")
    assert service.post(body, renewed.code).status_code == 201


def test_a_used_code_is_used(service: Service, clock: ManualClock) -> None:
    """A second signature gets a 409, even if the code would have expired by now."""
    body = service.signed()
    assert service.post(body).status_code == 201
    for late in (0, 301):
        clock.advance(late)
        check_problem(service.post(body), 409, "code-used")
        check_problem(service.fetch(), 409, "code-used")
    assert len(service.accepted) == 1
    assert service.portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1
    assert service.portal.ledger.count(Act.SIGNATURE_REJECTED, "ayse") == 2


def _in_pieces(size: int) -> Iterator[bytes]:
    while size > 0:
        yield b"\x30" * min(size, 1000)
        size -= 1000


@pytest.mark.parametrize("chunked", [False, True])
def test_64_kib_are_the_limit(service: Service, chunked: bool) -> None:
    """The service looks at a body of exactly 64 KiB. One byte more is too large, whether announced or not."""

    def body(size: int) -> bytes | Iterator[bytes]:
        return _in_pieces(size) if chunked else b"\x30" * size

    check_problem(service.post(body(LIMIT)), 422, "signature-invalid")
    assert "64 KiB" in check_problem(service.post(body(LIMIT + 1)), 413, "too-large")
    check_problem(service.post(body(20 * LIMIT)), 413, "too-large")


def test_a_dead_code_is_told_before_a_large_body(service: Service) -> None:
    """If the code is dead, the service doesn't read the body."""
    check_problem(service.post(b"\x30" * (LIMIT + 1), "123456789012345"), 404, "code-unknown")


@pytest.mark.parametrize(
    ("key", "kind"),
    [("elif", "certificate-rejected"), ("mustafa", "certificate-rejected"), ("zeynep", "holder-mismatch")],
)
def test_a_wrong_certificate_is_a_problem(service: Service, key: str, kind: str) -> None:
    """A good signature with the wrong certificate is refused for that reason, and recorded for Ayşe."""
    assert check_problem(service.post(service.signed(key)), 422, kind)
    last = service.portal.ledger.entries()[-1]
    assert (last.act, last.person, dict(last.facts)) == (Act.SIGNATURE_REJECTED, "ayse", {"problem": kind})


def test_a_refused_signature_does_not_use_the_code_up(service: Service) -> None:
    """Whatever was refused before, the right signature is still accepted."""
    for body in (b"", b"no", service.signed("zeynep"), b"\x30" * (LIMIT + 1)):
        assert service.post(body).status_code in (413, 422)
    assert service.post(service.signed()).status_code == 201


def test_other_methods_are_not_offered(service: Service) -> None:
    """The service answers only the protocol's two requests."""
    address = f"{service.base}/requests/{service.code}"
    assert service.client.post(address, content=b"").status_code == 405
    assert service.client.get(f"{address}/signature").status_code == 405
    assert service.client.get(f"{service.base}/requests").status_code == 404


@pytest.mark.parametrize("host", ["giris.localhost", "gecit.localhost"])
def test_the_other_origins_do_not_sign(served: Served, visitor: httpx.Client, host: str) -> None:
    """The signing service belongs to KamuSM. e-Devlet and the geçit have none."""
    service = Service(served, visitor, host)
    assert service.fetch().status_code == 404


class BeforeBody:
    """Middleware that acts when a signature's body is first read, right after the code was checked."""

    def __init__(self, app: ASGIApp, act: Callable[[str], object]) -> None:
        self._app = app
        self._act = act

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        done = False

        async def receive_late() -> Message:
            nonlocal done
            if not done and scope["path"].endswith("/signature"):
                done = True
                self._act(scope["path"].split("/")[-2])
            return await receive()

        await self._app(scope, receive_late, send)


def test_a_code_that_ends_while_signing_is_expired(clock: ManualClock, visitor: httpx.Client) -> None:
    """If a code is alive when the upload starts but over when we verify the signature, it is refused."""
    middleware = Middleware(BeforeBody, lambda code: clock.advance(301))
    with serve(Portal(clock=clock, middleware=[middleware])) as served:
        service = Service(served, visitor)
        check_problem(service.post(service.signed()), 410, "code-expired")
        assert service.accepted == []
        assert served.portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 0


def test_a_code_that_is_renewed_while_signing_is_expired(clock: ManualClock, visitor: httpx.Client) -> None:
    """A code replaced in the middle of the upload is refused."""
    portals: list[Portal] = []
    middleware = Middleware(BeforeBody, lambda code: portals[0].desk.renew(code))
    portals.append(Portal(clock=clock, middleware=[middleware]))
    with serve(portals[0]) as served:
        service = Service(served, visitor)
        check_problem(service.post(service.signed()), 410, "code-expired")
        assert service.accepted == []


class Together:
    """Middleware that holds signature bodies back until two of them have passed the code check."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._waiting = 0
        self._both = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def receive_together() -> Message:
            if scope["path"].endswith("/signature"):
                self._waiting += 1
                if self._waiting == 2:
                    self._both.set()
                await self._both.wait()
            return await receive()

        await self._app(scope, receive_together, send)


def test_of_two_simultaneous_signatures_one_counts(clock: ManualClock, new_visitor: Callable[[], httpx.Client]) -> None:
    """If two good signatures are both under way while the code is unused, one gets a 201 and one a 409."""
    with serve(Portal(clock=clock, middleware=[Middleware(Together)])) as served:
        service = Service(served, new_visitor())
        body = service.signed()
        address = f"{service.base}/requests/{service.code}/signature"
        with ThreadPoolExecutor(2) as pool:
            clients = (new_visitor(), new_visitor())
            answers = list(pool.map(lambda client: client.post(address, content=body), clients))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        assert len(service.accepted) == 1
        assert served.portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1


@pytest.mark.parametrize("host", ["onlineislemler.localhost", "127.0.0.1"])
def test_the_jnlp_leads_to_the_service(served: Served, visitor: httpx.Client, host: str) -> None:
    """The JNLP looks like KamuSM's own. Codebase, jar and service are under the address you fetched it from."""
    served.portal.desk.open(served.portal.people["ayse"], "E-Onay", DOCUMENT, lambda accepted: None)
    origin = f"http://{host}:{served.port}"
    answer = visitor.get(f"{origin}/eimza/KamuSM-eimza.jnlp")
    assert answer.headers["content-type"] == "application/x-java-jnlp-file"
    assert "set-cookie" not in answer.headers
    root = ElementTree.fromstring(answer.content)
    assert root.get("codebase") == origin, "the host alone, without a slash"
    (prop,) = root.findall("./resources/property[@name='jnlp.eimza.service']")
    assert prop.get("value") == f"{origin}/eimza/api"
    (jar,) = root.findall("./resources/jar")
    for name in (jar.get("href"), "/eimza/KamuSM-eImza.jar"):
        fetched = visitor.get(f"{root.get('codebase')}{name}")
        assert fetched.headers["content-type"] == "application/java-archive"
        assert fetched.content.startswith(b"PK")


def test_problems_are_readable_turkish(service: Service) -> None:
    """A problem document is UTF-8 JSON, and you can read its detail without decoding anything by hand."""
    answer = service.fetch("123456789012345")
    assert "bulunamadı" in answer.content.decode("utf-8")
    assert json.loads(answer.content)["detail"].endswith(".")
