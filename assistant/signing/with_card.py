"""Signing with a card and a person who is asked: what to show, which PIN, and how to go on after a wrong one.

Runs beside the loop in a thread of its own. Every PIN is used for one attempt, and each further attempt is the
person's decision. How the questions look is the desk's affair (`CardQuestions`).
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
    """The question is no longer asked: the run has ended, or the code it was about is dead."""


class CardQuestions(Protocol):
    """What the person is asked about one code. Called in the signing thread; each waits for its answer.

    Each raises `Withdrawn` once its question is taken back, and `RunError` where the person says no to signing.
    """

    def show(self, request: SigningRequest, *, final_try_allowed: bool) -> None:
        """Take note of what is signed; where no PIN is typed here, ask for the yes."""

    def ask_pin(self, token: TokenInfo) -> Pin | None:
        """Ask for the yes and the PIN. Raises `CardError` (``card_removed``) when the card goes meanwhile."""

    def is_retry_wanted(self, error: CardError) -> bool:
        """Ask whether to go on after a wrong PIN, or with the final try."""

    def await_card(self) -> None:
        """Wait until there is a card again."""

    def await_other_card(self, error: CardError) -> bool:
        """Say what is wrong with this card and wait for another. Returns False where the person gives up."""


class CardWithPerson:
    """Signs with a card whose PIN the person gives."""

    def __init__(
        self, card: Card, rule: HostRule, questions: Callable[[], CardQuestions], withdraw: Callable[[], None]
    ) -> None:
        """*questions* makes what is asked about one code; *withdraw* takes back whatever is asked."""
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
        """Begin with the code of *hand_off*; a question about an older code is withdrawn. Returns at once.

        Raises `SigningError` when the page names no service.
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
        """Tell how far the signature is. Raises `EonayError` when it cannot be made."""
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
        """Let *answer* bring the person's answer to whoever asked; from now on something may be handed in.

        Returns what *answer* does: whether it was taken.
        """
        attempt = self._attempt
        if attempt is None:
            return False
        attempt.is_waiting = False
        taken = answer()
        attempt.is_waiting = not taken
        return taken

    def close(self) -> None:
        """Withdraw what is asked and let go of the connections; a signature under way is not waited for."""
        self._next = None
        self._withdraw()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._signer.close()


class _Attempt:
    """One code on its way to a signature, in the signing thread."""

    def __init__(self, signer: CardSigner, questions: CardQuestions, title: str) -> None:
        self.is_waiting = True
        """Whether nothing has been signed yet and the person or the card is waited for."""
        self._signer = signer
        self._questions = questions
        self._title = title
        self._final_try_allowed = False

    def run(self, address: str, cookies: str, code: str) -> None:
        """Sign, as often as the person decides to."""
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
        """Let the person decide how to go on after *error*; raises it where there is no way on."""
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
