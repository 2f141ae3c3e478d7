"""From a verification code to an accepted signature, on the mock portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.base.errors import CardError, RunError, SigningError
from assistant.card.card import Card
from assistant.card.model import CardCertificate, CardView, PinState, TokenInfo, TokenView
from assistant.card.pin import Pin
from assistant.card.process import Pkcs11Card
from assistant.card.provision import provision
from assistant.card.software import SoftwareCard
from assistant.signing.http import AnswerLost
from assistant.signing.service import SigningRequest
from assistant.signing.signer import CardSigner, SignResult
from fixtures import Person
from flows.hosts import HostRule
from mock_portal import Act, ManualClock, Served
from tests.assistant.signing.servers import RawServer, Reply, answer, json_answer

DOCUMENT = "Bundan sonraki e-imza başvurularımda … onay veriyorum.".encode()

Start = Callable[[Reply], RawServer]
MakeSigner = Callable[..., CardSigner]


def nothing(_: SigningRequest) -> None:
    """Show nothing."""


class Stage:
    """One person at the mock portal, and what happened to their code."""

    def __init__(self, served: Served, key: str, title: str = "E-Onay") -> None:
        self.portal = served.portal
        self.person: Person = served.portal.people[key]
        self.accepted: list[str] = []
        request = self.portal.desk.open(
            self.person, title, DOCUMENT, lambda acceptance: self.accepted.append(acceptance.person.key)
        )
        self.code = request.code
        self.jnlp = self.portal.origin("onlineislemler") + "/eimza/KamuSM-eimza.jnlp"

    def software_card(self, key: str | None = None) -> SoftwareCard:
        """Return the person's card (or that of another) in memory."""
        person = self.portal.people[key or self.person.key]
        return SoftwareCard.of(self.portal.pki.credentials(person), person.pin)


@pytest.fixture
def ready(clock: ManualClock) -> Iterator[Callable[..., CardSigner]]:
    """Make signers that have found the signing service."""
    with ExitStack() as stack:

        def make(stage: Stage, card: Card, national_id: str | None = None) -> CardSigner:
            rule = HostRule.for_loopback(stage.jnlp)
            signer = CardSigner(card, rule.allows, national_id=national_id, now=clock.now)
            stack.callback(signer.close)
            signer.prepare(stage.jnlp)
            return signer

        yield make


@pytest.mark.parametrize("key", ["ayse", "mehmet"])
def test_a_token_signs_and_the_portal_accepts(
    served: Served, ready: MakeSigner, softhsm: Path, tmp_path: Path, key: str
) -> None:
    """With a real module, RSA and EC: the portal verifies and accepts the signature, once, for the right person."""
    stage = Stage(served, key)
    made = provision(
        tmp_path, stage.portal.pki.credentials(stage.person), pin=Pin(stage.person.pin), label="e-imza", module=softhsm
    )
    card = Pkcs11Card(made.module, made.label, made.environment)
    signer = ready(stage, card, stage.person.national_id)
    signer.start()
    shown: list[SigningRequest] = []

    result = signer.sign(stage.code, Pin(stage.person.pin), shown.append)
    card.close()

    assert stage.accepted == [key]
    assert shown[0].text == DOCUMENT.decode()
    assert (result.title, result.card) == ("E-Onay", "PKCS#11 (libsofthsm2.so)")
    assert stage.portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1


def test_the_software_card_does_the_same(served: Served, ready: MakeSigner) -> None:
    """The card in memory leads to the same accepted signature; nothing personal is in the result's representation."""
    stage = Stage(served, "ayse")
    result = ready(stage, stage.software_card()).sign(stage.code, Pin(stage.person.pin), nothing)

    assert stage.accepted == ["ayse"]
    assert isinstance(result, SignResult)
    assert stage.person.national_id not in repr(result)
    assert "YILMAZ" not in repr(result)


def refused(signer: CardSigner, stage: Stage, **options: object) -> tuple[str, list[SigningRequest]]:
    """Return the reason for which nothing was signed, and what was shown."""
    shown: list[SigningRequest] = []
    with pytest.raises((CardError, SigningError)) as caught:
        signer.sign(stage.code, Pin(stage.person.pin), shown.append, **options)  # type: ignore[arg-type]
    assert not stage.accepted
    assert not stage.portal.ledger.count(Act.SIGNATURE_REJECTED)
    return caught.value.code, shown


def test_another_purpose_is_not_signed(served: Served, ready: MakeSigner) -> None:
    """A code that stands for anything but what the person came for is refused, unseen and unsigned."""
    stage = Stage(served, "ayse", title="E-Onay Kaldırma")

    assert refused(ready(stage, stage.software_card()), stage) == ("document_mismatch", [])


def test_the_purpose_is_compared_as_turkish_text(served: Served, ready: MakeSigner) -> None:
    """Capitals and another dash don't make another purpose; another wanted title can be given."""
    stage = Stage(served, "ayse", title="E\u2011ONAY")
    ready(stage, stage.software_card()).sign(stage.code, Pin(stage.person.pin), nothing)
    other = Stage(served, "ayse", title="e-Devlet Girişi")
    ready(other, other.software_card()).sign(other.code, Pin(other.person.pin), nothing, title="E-Devlet girişi")

    assert (stage.accepted, other.accepted) == (["ayse"], ["ayse"])


def test_another_persons_request_is_not_signed(served: Served, ready: MakeSigner) -> None:
    """When the portal asks for somebody else's signature than the person expected, nothing is signed."""
    stage = Stage(served, "ayse")
    mehmet = stage.portal.people["mehmet"].national_id

    assert refused(ready(stage, stage.software_card(), mehmet), stage) == ("document_mismatch", [])


def test_another_persons_card_does_not_sign(served: Served, ready: MakeSigner) -> None:
    """With somebody else's card in the reader the person is told so before any PIN is asked for."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card("zeynep"))

    assert refused(signer, stage)[0] == "certificate_other_holder"


def test_a_code_that_is_over_is_not_signed(served: Served, ready: MakeSigner, clock: ManualClock) -> None:
    """An expired code ends with its reason, and a signature that comes too late is refused by the portal."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card())
    clock.advance(299)

    def read_slowly(_: SigningRequest) -> None:
        clock.advance(2)

    with pytest.raises(SigningError) as caught:
        signer.sign(stage.code, Pin(stage.person.pin), read_slowly)
    assert caught.value.code == "code_expired"
    assert not stage.accepted

    with pytest.raises(SigningError, match="code_expired"):
        signer.sign(stage.code, Pin(stage.person.pin), nothing)


def test_a_document_that_cannot_be_shown_is_not_signed(served: Served, ready: MakeSigner) -> None:
    """What is no text the person could read isn't signed."""
    stage = Stage(served, "ayse")
    for document, media_type in ((b"%PDF-1.7", "application/pdf"), (b"\xff\xfe\xfa", "text/plain; charset=utf-8")):
        request = stage.portal.desk.open(stage.person, "E-Onay", document, lambda _: None, media_type=media_type)
        stage.code = request.code
        assert refused(ready(stage, stage.software_card()), stage) == ("document_mismatch", [])


def test_the_person_can_stop_at_the_text(served: Served, ready: MakeSigner) -> None:
    """Whoever doesn't want to sign what is shown stops there: no PIN is asked for, nothing is handed in."""
    stage = Stage(served, "ayse")

    def refuse(_: SigningRequest) -> None:
        raise RunError("person_refused")

    def ask(_: TokenInfo) -> Pin:
        raise AssertionError("the PIN was asked for")

    with pytest.raises(RunError, match="person_refused"):
        ready(stage, stage.software_card()).sign(stage.code, ask, refuse)
    assert not stage.accepted


def test_the_pin_is_asked_for_last(served: Served, ready: MakeSigner) -> None:
    """The text comes first, then the PIN; the asked-for PIN is wiped when the signature is there."""
    stage = Stage(served, "ayse")
    order: list[str] = []
    pin = Pin(stage.person.pin)

    def ask(token: TokenInfo) -> Pin:
        order.append(f"pin {token.model}")
        return pin

    ready(stage, stage.software_card()).sign(stage.code, ask, lambda _: order.append("text"))

    assert order == ["text", "pin memory"]
    assert pin.wiped


class FlaggedCard(SoftwareCard):
    """A card in memory whose flags are as the test wants them."""

    state = PinState()

    def look(self) -> CardView:
        """Show the same certificates under other flags."""
        (token,) = super().look().tokens
        info = TokenInfo(0, "Kart", "", "", "", self.state)
        return CardView((TokenView(info, token.certificates),))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PinState(locked=True), "pin_locked"),
        (PinState(not_set=True), "pin_not_set"),
        (PinState(final_try=True), "pin_final_try"),
    ],
)
def test_a_card_that_takes_no_pin_is_not_asked_for_one(
    served: Served, ready: MakeSigner, state: PinState, expected: str
) -> None:
    """Locked, not set or at its last try: the person hears it instead of being asked for the PIN."""
    stage = Stage(served, "ayse")
    card = FlaggedCard.of(stage.portal.pki.credentials(stage.person), stage.person.pin)
    card.state = state

    def ask(_: TokenInfo) -> Pin:
        raise AssertionError("the PIN was asked for")

    with pytest.raises(CardError) as caught:
        ready(stage, card).sign(stage.code, ask, nothing)
    assert caught.value.code == expected


@pytest.mark.parametrize("pin", [None, lambda _: None])
def test_without_a_pin_nothing_is_signed(
    served: Served, ready: MakeSigner, pin: Callable[[TokenInfo], Pin | None] | None
) -> None:
    """No PIN, given or asked for, is its own reason."""
    stage = Stage(served, "ayse")

    with pytest.raises(CardError, match="pin_missing"):
        ready(stage, stage.software_card()).sign(stage.code, pin, nothing)


def test_a_wrong_pin_leaves_the_code_usable(served: Served, ready: MakeSigner) -> None:
    """After a wrong PIN nothing was handed in, and the same code can be signed with the right one."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card())

    with pytest.raises(CardError, match="pin_wrong"):
        signer.sign(stage.code, Pin("000000"), nothing)
    signer.sign(stage.code, Pin(stage.person.pin), nothing)

    assert stage.accepted == ["ayse"]


def test_a_code_signs_once(served: Served, ready: MakeSigner) -> None:
    """A code that has been signed with is refused before anything is signed again."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card())
    signer.sign(stage.code, Pin(stage.person.pin), nothing)

    with pytest.raises(SigningError, match="code_used"):
        signer.sign(stage.code, Pin(stage.person.pin), nothing)
    assert stage.portal.ledger.count(Act.SIGNATURE_ACCEPTED) == 1


def test_a_revoked_certificate_is_the_portals_to_refuse(served: Served, ready: MakeSigner) -> None:
    """What only the portal can know comes back as its reason, in its words."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card())
    stage.portal.revoke("ayse")

    with pytest.raises(SigningError) as caught:
        signer.sign(stage.code, Pin(stage.person.pin), nothing)
    assert caught.value.code == "certificate_rejected"
    assert "iptal" in (caught.value.detail or "")


class SpyingCard(SoftwareCard):
    """A card in memory that counts its signatures."""

    signatures = 0

    def sign(
        self, certificate: CardCertificate, data: bytes, pin: Pin | None, *, final_try_allowed: bool = False
    ) -> bytes:
        """Count and sign."""
        self.signatures += 1
        return super().sign(certificate, data, pin, final_try_allowed=final_try_allowed)


def test_a_lost_answer_is_not_a_second_signature(served: Served, raw_server: Start, clock: ManualClock) -> None:
    """When the answer to a signature is lost, the person hears "maybe", and nothing is signed or sent again."""
    stage = Stage(served, "ayse")
    told = {
        "code": stage.code,
        "title": "E-Onay",
        "document": "T25heQ==",
        "media_type": "text/plain",
        "profile": "CAdES-BES",
        "digest": "sha256",
        "holder": {"name": stage.person.name, "national_id": stage.person.national_id},
        "expires_at": "2026-11-23T09:04:46Z",
    }
    server = raw_server(lambda line: json_answer(200, told) if line.startswith("GET") else None)
    card = SpyingCard.of(stage.portal.pki.credentials(stage.person), stage.person.pin)
    address = f"http://localhost:{server.port}/a.jnlp"
    signer = CardSigner(card, HostRule.for_loopback(address).allows, now=clock.now)
    signer.prepare(address, b'<jnlp><resources><property name="jnlp.eimza.service" value="api"/></resources></jnlp>')

    with pytest.raises(AnswerLost):
        signer.sign(stage.code, Pin(stage.person.pin), nothing)
    signer.close()

    assert card.signatures == 1
    assert len(server.requests) == 2


def test_a_second_signature_needs_a_pin_of_its_own(served: Served, ready: MakeSigner) -> None:
    """A PIN that was sent once is used up; what asks for it again serves any number of signatures."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card())
    pin = Pin(stage.person.pin)
    signer.sign(stage.code, pin, nothing)
    again = Stage(served, "ayse")

    with pytest.raises(CardError, match="pin_missing"):
        signer.sign(again.code, pin, nothing)
    signer.sign(again.code, lambda _: Pin(stage.person.pin), nothing)

    assert again.accepted == ["ayse"]


def test_cookies_go_with_the_jnlp_only(raw_server: Start) -> None:
    """The session's cookies are sent to the JNLP's own address, not to where it redirects, nor to the service."""
    jnlp = b'<jnlp><resources><property name="jnlp.eimza.service" value="/api"/></resources></jnlp>'
    server = raw_server(
        lambda line: answer(302, "x/y", b"", "Location: /b") if "/a " in line else answer(200, "x/y", jnlp)
    )
    address = f"http://localhost:{server.port}/a"
    signer = CardSigner(SoftwareCard.of([], "123456"), HostRule.for_loopback(address).allows)
    signer.prepare(address, cookies="oturum=gizli")
    with pytest.raises(SigningError):
        signer.sign("1" * 15, None, nothing)
    signer.close()

    assert [b"cookie: oturum=gizli" in request.lower() for request in server.requests] == [True, False, False]


def test_a_page_instead_of_a_jnlp_is_no_service(served: Served, ready: MakeSigner) -> None:
    """A JNLP that is missing, or another page in its place, is a service that wasn't found."""
    stage = Stage(served, "ayse")
    signer = ready(stage, stage.software_card())
    origin = stage.portal.origin("onlineislemler")

    for path in ("/eimza/no-such.jnlp", "/landing"):
        with pytest.raises(SigningError, match="service_not_found"):
            signer.prepare(origin + path)


def test_signing_before_the_service_is_known_says_so(served: Served) -> None:
    """Without a JNLP there is nobody to ask."""
    stage = Stage(served, "ayse")
    signer = CardSigner(stage.software_card(), lambda _: True)

    with pytest.raises(SigningError, match="service_not_found"):
        signer.sign(stage.code, Pin(stage.person.pin), nothing)


def test_the_times_add_up(served: Served, ready: MakeSigner) -> None:
    """Each part's time is kept, and what is neither the card's nor the person's is told apart."""
    stage = Stage(served, "ayse")
    times = ready(stage, stage.software_card()).sign(stage.code, Pin(stage.person.pin), nothing).times

    parts = times.fetch + times.show + times.look + times.pin + times.card + times.submit
    assert 0 < times.card < times.total
    assert 0 < parts <= times.total
    assert 0 < times.overhead < times.total
