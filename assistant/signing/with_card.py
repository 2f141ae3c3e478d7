"""Signing with a card and a person to ask: what to show, which PIN, and how to go on after a wrong one.

Runs next to the loop in its own thread. Every PIN is for one attempt, and the person decides on each further one. The
desk decides what the questions look like (`CardQuestions`).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from assistant.base.errors import CardError, EonayError
from assistant.card.card import NO_CARD, Card
from assistant.card.certificates import NEAREST_FIRST
from assistant.card.model import TokenInfo
from assistant.card.pin import Pin
from assistant.signing.by_card import how_it_ended, service_link
from assistant.signing.component import HandOff
from assistant.signing.service import SigningRequest
from assistant.signing.signer import CardSigner
from flows import HostRule, Signature

_WRONG_CARD = frozenset({*NEAREST_FIRST, "certificate_missing"})


class Withdrawn(Exception):  # noqa: N818 (it ends a wait, it is no failure)
    """Nobody asks this question any more: the run has ended, or the code it was about is dead."""


class CardQuestions(Protocol):
    """The questions about one code. Called in the signing thread; each one waits for its answer.

    Each raises `Withdrawn` once it is withdrawn, and `RunError` if the person says no to signing.
    """

    def show(self, request: SigningRequest, *, final_try_allowed: bool) -> None:
        """Show what will be signed; if no PIN is typed here, ask for the yes."""

    def ask_pin(self, token: TokenInfo) -> Pin | None:
        """Ask for the yes and the PIN. Raises `CardError` (``card_removed``) if the card is pulled meanwhile."""

    def is_retry_wanted(self, error: CardError) -> bool:
        """Ask whether to go on after a wrong PIN, or with the final try."""

    def await_card(self) -> None:
        """Wait until there is a card again."""

    def await_other_card(self, error: CardError) -> bool:
        """Say what is wrong with this card and wait for another. Returns False if the person gives up."""


class CardWithPerson:
    """Signs with a card; the person gives the PIN."""

    def __init__(
        self, card: Card, rule: HostRule, questions: Callable[[], CardQuestions], withdraw: Callable[[], None]
    ) -> None:
        """*questions* makes the questions about one code; *withdraw* withdraws whichever is open."""
        self._card = card
        self._rule = rule
        self._questions = questions
        self._withdraw = withdraw
        self._signer = CardSigner(card, rule.allows)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sign")
        self._attempt: _Attempt | None = None
        self._job: Future[None] | None = None
        self._next: Callable[[], None] | None = None
        self._signer.start()

    @property
    def name(self) -> str:
        """The card that signs."""
        return self._card.name

    def start(self, hand_off: HandOff) -> None:
        """Start with *hand_off*'s code; withdraw any question about an older one. Returns at once.

        Raises `SigningError` if the page names no service.
        """
        address, cookies = service_link(hand_off, self._rule)
        self._withdraw()
        attempt = _Attempt(self._signer, self._questions(), self._rule.look.purpose)

        def begin() -> None:
            self._attempt = attempt
            self._job = self._pool.submit(attempt.run, address, cookies, hand_off.code)

        if self._job is None or self._job.done():
            begin()
        else:
            self._next = begin

    def poll(self) -> Signature:
        """Return how far the signature is. Raises `EonayError` if it can't be made."""
        if self._job is None or self._attempt is None:
            return Signature.WAITING
        if not self._job.done():
            return Signature.WAITING if self._attempt.is_waiting else Signature.RUNNING
        begin, self._next = self._next, None
        try:
            ended = how_it_ended(self._job)
        except (Withdrawn, EonayError) as error:
            if begin is None and not isinstance(error, Withdrawn):
                raise
            ended = Signature.WAITING
        if begin is None or ended in {Signature.ACCEPTED, Signature.UNSURE}:
            return ended
        begin()
        return Signature.WAITING

    def bring(self, answer: Callable[[], bool]) -> bool:
        """Let *answer* deliver the person's answer; from now on we may hand something in.

        Returns what *answer* returns: whether the answer was taken.
        """
        attempt = self._attempt
        if attempt is None:
            return False
        attempt.is_waiting = False
        taken = answer()
        attempt.is_waiting = not taken
        return taken

    def close(self) -> None:
        """Withdraw the open question and close the connections, without waiting for a signature in progress."""
        self._next = None
        self._withdraw()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._signer.close()


class _Attempt:
    """One code on its way to a signature, in the signing thread."""

    def __init__(self, signer: CardSigner, questions: CardQuestions, title: str) -> None:
        self.is_waiting = True
        """Whether nothing is signed yet and we are waiting for the person or the card."""
        self._signer = signer
        self._questions = questions
        self._title = title
        self._final_try_allowed = False

    def run(self, address: str, cookies: str, code: str) -> None:
        """Sign, as many times as the person decides to try."""
        self._signer.prepare(address, cookies=cookies)
        while True:
            try:
                self._signer.sign(
                    code, self._ask_pin, self._show, title=self._title, final_try_allowed=self._final_try_allowed
                )
            except CardError as error:
                self.is_waiting = True
                self._solve(error)
            else:
                return

    def _solve(self, error: CardError) -> None:
        """Let the person decide how to go on after *error*; raises it if there is no way on."""
        if error.code in {"pin_wrong", "pin_final_try"}:
            if not self._questions.is_retry_wanted(error):
                raise error
            self._final_try_allowed = error.code == "pin_final_try"
        elif error.code in NO_CARD:
            self._questions.await_card()
        elif error.code in _WRONG_CARD:
            if not self._questions.await_other_card(error):
                raise error
        elif error.code != "pin_length":
            raise error

    def _show(self, request: SigningRequest) -> None:
        self._questions.show(request, final_try_allowed=self._final_try_allowed)

    def _ask_pin(self, token: TokenInfo) -> Pin | None:
        self.is_waiting = True
        return self._questions.ask_pin(token)
