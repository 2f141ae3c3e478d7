"""Signing with a card and nobody to ask: the PIN comes from the caller."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from assistant.base.errors import EonayError, SigningError
from assistant.card.card import Card
from assistant.signing.component import HandOff
from assistant.signing.http import AnswerLost
from assistant.signing.service import SigningRequest
from assistant.signing.signer import AskPin, CardSigner, SignResult
from flows import HostRule, Signature
from flows.jnlp import jnlp_address

_DEAD_CODE = frozenset({"code_expired", "code_unknown"})
"""Refusals after which we may ask for a new code: nothing was signed with the old one."""


class CardComponent:
    """Signs with a card in its own thread, while the loop keeps watching the page."""

    def __init__(
        self,
        card: Card,
        rule: HostRule,
        ask_pin: AskPin,
        national_id: str | None,
        *,
        show: Callable[[SigningRequest], None] = lambda _request: None,
    ) -> None:
        """*ask_pin* returns the PIN when we need one. Each PIN is sent once and wiped.

        *national_id* is whose card and request it must be; None accepts whoever logged in."""
        self._signer = CardSigner(card, rule.allows, national_id=national_id)
        self._card = card
        self._rule = rule
        self._ask_pin = ask_pin
        self._show = show
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sign")
        self._job: Future[None] | None = None
        self.result: SignResult | None = None
        """The accepted signature and its times; None until then."""
        self._signer.start()

    @property
    def name(self) -> str:
        """The card that signs."""
        return self._card.name

    def start(self, hand_off: HandOff) -> None:
        """Sign what the code stands for; returns at once. Raises `SigningError` if the page names no service."""
        address, cookies = service_link(hand_off, self._rule)
        self._job = self._pool.submit(self._sign, address, cookies, hand_off.code)

    def poll(self) -> Signature:
        """Return how far the signature is. Raises `EonayError` if it can't be made."""
        if self._job is None or not self._job.done():
            return Signature.RUNNING
        return how_it_ended(self._job)

    def close(self) -> None:
        """Close the connections without waiting for a signature in progress."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._signer.close()

    def _sign(self, address: str, cookies: str, code: str) -> None:
        self._signer.prepare(address, cookies=cookies)
        self.result = self._signer.sign(code, self._ask_pin, self._show, title=self._rule.look.purpose)


def service_link(hand_off: HandOff, rule: HostRule) -> tuple[str, str]:
    """Return the JNLP address that the page links to, and the cookies for it. Call it from the browser's thread.

    Raises `SigningError` (``service_not_found``) if the page has no such link.
    """
    address = jnlp_address(hand_off.seen.tab, rule.look)
    if address is None:
        raise SigningError("service_not_found")
    return address, hand_off.cookies(address)


def how_it_ended(job: Future[None]) -> Signature:
    """Return what a finished signing job means for the signature, or raise the error that prevented one."""
    try:
        job.result()
    except AnswerLost:
        return Signature.UNSURE
    except EonayError as error:
        if error.code in _DEAD_CODE:
            return Signature.CODE_DEAD
        if error.code == "code_used":  # by us a moment ago, or by another program: only the portal knows
            return Signature.UNSURE
        raise
    return Signature.ACCEPTED
