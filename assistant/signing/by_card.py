"""Signing with a card and nobody to ask: the PIN comes from whoever made the run."""

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
"""Refusals after which a new code may be asked for: nothing was signed with the old one."""


class CardComponent:
    """Signs with a card, in a thread of its own, while the loop goes on watching the page."""

    def __init__(
        self,
        card: Card,
        rule: HostRule,
        ask_pin: AskPin,
        national_id: str | None,
        *,
        show: Callable[[SigningRequest], None] = lambda _request: None,
    ) -> None:
        """*ask_pin* gives the PIN when one is needed; each one it gives is sent once and wiped.

        *national_id* is whom the card and the request must belong to; None for whoever logged in."""
        self._signer = CardSigner(card, rule.allows, national_id=national_id)
        self._card = card
        self._rule = rule
        self._ask_pin = ask_pin
        self._show = show
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sign")
        self._job: Future[None] | None = None
        self.result: SignResult | None = None
        """The accepted signature with its times; None before."""
        self._signer.start()

    @property
    def name(self) -> str:
        """The card that signs."""
        return self._card.name

    def start(self, hand_off: HandOff) -> None:
        """Sign what the code stands for; returns at once. Raises `SigningError` when the page names no service."""
        address, cookies = service_link(hand_off, self._rule)
        self._job = self._pool.submit(self._sign, address, cookies, hand_off.code)

    def poll(self) -> Signature:
        """Tell how far the signature is. Raises `EonayError` when it cannot be made."""
        if self._job is None or not self._job.done():
            return Signature.RUNNING
        return how_it_ended(self._job)

    def close(self) -> None:
        """Let go of the connections; a signature that is under way is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._signer.close()

    def _sign(self, address: str, cookies: str, code: str) -> None:
        self._signer.prepare(address, cookies=cookies)
        self.result = self._signer.sign(code, self._ask_pin, self._show, title=self._rule.look.purpose)


def service_link(hand_off: HandOff, rule: HostRule) -> tuple[str, str]:
    """Return the address of the JNLP that the page links to, and the cookies for it. For the browser's own thread.

    Raises `SigningError` (``service_not_found``) when the page has no such link.
    """
    address = jnlp_address(hand_off.seen.tab, rule.look)
    if address is None:
        raise SigningError("service_not_found")
    return address, hand_off.cookies(address)


def how_it_ended(job: Future[None]) -> Signature:
    """Say what a signing job that is done means for the signature. Raises what it raised where none was made."""
    try:
        job.result()
    except AnswerLost:
        return Signature.UNSURE
    except EonayError as error:
        if error.code in _DEAD_CODE:
            return Signature.CODE_DEAD
        if error.code == "code_used":  # by us, an answer ago, or by another program; the portal knows
            return Signature.UNSURE
        raise
    return Signature.ACCEPTED
