"""The card signer: from a verification code to a signature the service has accepted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant.base.errors import CardError, SigningError
from assistant.card.card import Card
from assistant.card.certificates import choose
from assistant.card.model import CardCertificate, TokenInfo
from assistant.card.pin import Pin
from assistant.signing.cades import preload, sign_cades_bes
from assistant.signing.http import IsAllowed, ServiceClient
from assistant.signing.jnlp import find_service
from assistant.signing.service import SigningRequest, SigningService
from flows.safety import is_forbidden
from flows.text import says

AskPin = Callable[[TokenInfo], Pin | None]
"""Asks the person for the PIN; None if there isn't one. We call it once the flags allow a try."""

Show = Callable[[SigningRequest], None]
"""Shows what will be signed. Raises to stop."""


@dataclass
class SignTimes:
    """How long each part took, in milliseconds."""

    fetch: float = 0.0
    show: float = 0.0
    """Time the person took."""
    look: float = 0.0
    """Until we had the card's certificates; short if we read them in advance."""
    pin: float = 0.0
    """Time the person took."""
    card: float = 0.0
    """Time the card took to sign."""
    submit: float = 0.0
    """Handing in, including the service's checks."""
    total: float = 0.0

    @property
    def overhead(self) -> float:
        """The time that neither the card nor the person took."""
        return self.total - self.show - self.pin - self.look - self.card


@dataclass(frozen=True)
class SignResult:
    """An accepted signature. The repr shows no person."""

    title: str
    card: str
    """`Card.name` of the card that signed."""
    signature: bytes = field(repr=False)
    """DER of the CMS SignedData."""
    times: SignTimes


class CardSigner:
    """Signs what verification codes stand for, with one card, for one person.

    Call `start` early: it loads the slow parts in the background. Then, on the signing page, `prepare` with the JNLP
    and `sign` with the code. Not thread-safe.
    """

    def __init__(
        self,
        card: Card,
        is_allowed: IsAllowed,
        *,
        national_id: str | None = None,
        now: Callable[[], datetime] | None = None,
        seconds: float = 15.0,
    ) -> None:
        """Set up the signer; asks nobody anything yet.

        *national_id* is the person we expect; None accepts whoever logged in. *now* returns the portal's time (aware).
        *seconds* is the timeout for each wait for the service. We don't close the card.
        """
        self._card = card
        self._national_id = national_id
        self._now = now or (lambda: datetime.now(UTC))
        self._is_allowed = is_allowed
        self._seconds = seconds
        self._client: ServiceClient | None = None
        self._service: SigningService | None = None

    def start(self) -> None:
        """Start loading the card's module and the libraries we need later; returns at once."""
        self._card.start()
        threading.Thread(target=_preload, name="preload", daemon=True).start()

    def prepare(self, address: str, jnlp: bytes | None = None, *, cookies: str = "") -> None:
        """Find the signing service through the JNLP at *address*, which we fetch unless *jnlp* is given.

        *cookies* is the Cookie header that the signing page's own browser would send there.

        Raises `SigningError`: ``service_not_found``, ``service_not_allowed``, ``service_unreachable``.
        """
        client = self._http()
        if jnlp is None:
            answer = client.get(address, cookies=cookies)
            if answer.status != 200:
                raise SigningError("service_not_found")
            jnlp = answer.body
        self._service = SigningService(find_service(jnlp, address, self._is_allowed).base, client)

    def sign(
        self,
        code: str,
        pin: Pin | AskPin | None,
        show: Show,
        *,
        title: str = "E-Onay",
        final_try_allowed: bool = False,
    ) -> SignResult:
        """Fetch, check, show, sign and hand in what *code* stands for, once.

        *pin* is the PIN, or a function that asks the person for it once everything else checks out. It is wiped once
        it has been sent, or earlier. *title* is what the person came to sign; we refuse anything else.

        Raises `CardError`, `SigningError`, `AnswerLost` (it may have been accepted), or what *show* raises.
        """
        times = SignTimes()
        with _timed(times, "total"):
            service = self._service
            if service is None:
                raise SigningError("service_not_found")
            with _timed(times, "fetch"):
                request = service.fetch(code)
            self._check(request, title)
            with _timed(times, "show"):
                show(request)
            with _timed(times, "look"):
                certificate, token = self._certificate(request)
            asked = self._pin(pin, token, times, final_try_allowed=final_try_allowed)
            timed = _TimedCard(self._card, times)
            signature = sign_cades_bes(timed, certificate, request.document, asked, final_try_allowed=final_try_allowed)
            with _timed(times, "submit"):
                service.submit(code, signature, hide=[request.holder_name])
        return SignResult(request.title, self._card.name, signature, times)

    def close(self) -> None:
        """Close the connections to the service."""
        if self._client is not None:
            self._client.close()

    def _http(self) -> ServiceClient:
        if self._client is None:
            self._client = ServiceClient(self._is_allowed, seconds=self._seconds)
        return self._client

    def _check(self, request: SigningRequest, title: str) -> None:
        if not says(request.title, title) or request.text is None:
            raise SigningError("document_mismatch")
        if is_forbidden(request.title) or is_forbidden(request.text):
            raise SigningError("document_mismatch")
        if self._national_id is not None and request.holder_national_id != self._national_id:
            raise SigningError("document_mismatch")

    def _certificate(self, request: SigningRequest) -> tuple[CardCertificate, TokenInfo]:
        view = self._card.look()
        certificate = choose(view.certificates, self._now(), request.holder_national_id)
        return certificate, view.token_of(certificate)

    def _pin(
        self, pin: Pin | AskPin | None, token: TokenInfo, times: SignTimes, *, final_try_allowed: bool
    ) -> Pin | None:
        """Return the PIN to use. We only ask for it if the token's flags allow a try."""
        if not token.login_required or token.pin.protected_path:
            return None
        obstacle = token.pin.obstacle(token.pin.min_length, final_try_allowed=final_try_allowed)
        if obstacle is not None:
            raise CardError(obstacle)
        if callable(pin):
            with _timed(times, "pin"):
                pin = pin(token)
        if pin is None or pin.wiped:
            raise CardError("pin_missing")
        return pin


def _preload() -> None:
    import httpcore  # noqa: F401 (httpx loads it with the first connection)

    preload()


class _TimedCard:
    """A card that measures its own time."""

    def __init__(self, card: Card, times: SignTimes) -> None:
        self._card = card
        self._times = times
        self.name = card.name
        self.start = card.start
        self.look = card.look
        self.close = card.close

    def sign(
        self, certificate: CardCertificate, data: bytes, pin: Pin | None, *, final_try_allowed: bool = False
    ) -> bytes:
        with _timed(self._times, "card"):
            return self._card.sign(certificate, data, pin, final_try_allowed=final_try_allowed)


@contextmanager
def _timed(times: SignTimes, part: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        setattr(times, part, (time.perf_counter() - begun) * 1000)
