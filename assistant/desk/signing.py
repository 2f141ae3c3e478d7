"""Signing with the card in the panel: what is signed, with which certificate, and the PIN, asked of the person.

Runs beside the loop in a thread of its own; the loop's thread shows its questions and brings the answers
(`assistant.desk.prompts`). Every PIN is used for one attempt, and each further attempt is the person's decision.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from assistant.card.card import NO_CARD, Card
from assistant.card.certificates import NEAREST_FIRST
from assistant.card.model import PinState, TokenInfo
from assistant.card.pin import Pin
from assistant.desk.card_watch import CardWatch
from assistant.desk.certificates import list_certificates
from assistant.desk.prompts import PromptBox, Withdrawn
from assistant.desk.surface import Event
from assistant.desk.view import CertificateView, PromptView
from assistant.desk.words import Words
from assistant.errors import CardError, EonayError, RunError, SigningError
from assistant.outcome import reasons
from assistant.signing.component import HandOff
from assistant.signing.http import AnswerLost
from assistant.signing.service import SigningRequest
from assistant.signing.signer import CardSigner
from flows import HostRule, Signature
from flows.jnlp import jnlp_address

_DEAD_CODE = frozenset({"code_expired", "code_unknown"})
_WRONG_CARD = frozenset({*NEAREST_FIRST, "certificate_missing"})


class DeskCard:
    """Signs with a card whose PIN the person types in the panel."""

    def __init__(self, card: Card, rule: HostRule, watch: CardWatch, box: PromptBox, words: Words) -> None:
        self._card = card
        self._rule = rule
        self._watch = watch
        self._box = box
        self._words = words
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
        address = jnlp_address(hand_off.seen.tab, self._rule.look)
        if address is None:
            raise SigningError("service_not_found")
        cookies = "; ".join(f"{c['name']}={c['value']}" for c in hand_off.page.context.cookies(address))
        code = hand_off.code
        self._box.withdraw()
        since = self._box.withdrawals

        def begin() -> None:
            self._attempt = _Attempt(self, since)
            self._job = self._pool.submit(self._attempt.run, address, cookies, code)

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
            self._job.result()
        except Withdrawn:
            if begin is None:
                return Signature.WAITING
        except AnswerLost:
            return Signature.UNSURE
        except EonayError as error:
            if error.code == "code_used":
                return Signature.UNSURE
            if begin is None and error.code in _DEAD_CODE:
                return Signature.CODE_DEAD
            if begin is None:
                raise
        else:
            return Signature.ACCEPTED
        begin()
        return Signature.WAITING

    def answer(self, event: Event) -> bool:
        """Bring the person's answer to the question that is shown; from now on something may be handed in."""
        attempt = self._attempt
        if attempt is None:
            return False
        attempt.is_waiting = False
        taken = self._box.answer(event)
        attempt.is_waiting = not taken
        return taken

    def close(self) -> None:
        """Withdraw what is asked and let go of the connections; a signature under way is not waited for."""
        self._next = None
        self._box.withdraw()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._signer.close()


@dataclass
class _Shown:
    """What the person is shown before they sign."""

    request: SigningRequest
    certificates: tuple[CertificateView, ...]


class _Attempt:
    """One code on its way to a signature, in the signing thread."""

    def __init__(self, desk: DeskCard, since: int) -> None:
        self.is_waiting = True
        """Whether nothing has been signed yet and the person or the card is waited for."""
        self._desk = desk
        self._since = since
        self._words = desk._words
        self._final_try_allowed = False
        self._shown: _Shown | None = None

    def run(self, address: str, cookies: str, code: str) -> None:
        """Sign, as often as the person decides to."""
        self._desk._signer.prepare(address, cookies=cookies)
        while True:
            try:
                self._desk._signer.sign(
                    code,
                    self._ask_pin,
                    self._show,
                    title=self._desk._rule.look.purpose,
                    final_try_allowed=self._final_try_allowed,
                )
            except CardError as error:
                self.is_waiting = True
                self._solve(error)
            else:
                return

    def _solve(self, error: CardError) -> None:
        """Let the person decide how to go on after *error*; raises it where there is no way on."""
        if error.code == "pin_wrong":
            self._final_try_allowed = False
            self._confirm("wrong_pin", error, error.detail if self._words.language == "tr" else None)
        elif error.code == "pin_final_try":
            self._confirm("final_try", error)
            self._final_try_allowed = True
        elif error.code in NO_CARD:
            self._ask(self._plain("card_away"), until=lambda: not self._is_away())
        elif error.code in _WRONG_CARD:
            self._await_other_card(error)
        elif error.code != "pin_length":
            raise error

    def _confirm(self, kind: Literal["wrong_pin", "final_try"], error: CardError, detail: str | None = None) -> None:
        prompt = self._plain(kind)
        if detail:
            prompt = replace(prompt, text=f"{prompt.text} {detail}")
        answer = self._ask(prompt)
        if answer is None or answer.kind != "yes":
            raise error

    def _await_other_card(self, error: CardError) -> None:
        before = self._desk._watch.state.marks
        reason = reasons(self._words.language)[error.code]
        prompt = self._plain("wrong_card")
        prompt = replace(
            prompt,
            text=f"{reason.what} {reason.remedy} {prompt.text}",
            certificates=self._shown.certificates if self._shown else (),
        )

        def is_other() -> bool:
            state = self._desk._watch.state
            return bool(state.marks) and state.marks != before

        if self._ask(prompt, until=is_other) is not None:
            raise error

    def _show(self, request: SigningRequest) -> None:
        """Take note of what is signed; where no PIN is typed here, ask for the yes at once."""
        view = self._desk._card.look()
        now = datetime.now(UTC)
        lines = list_certificates(view.certificates, now, request.holder_national_id, self._words)
        self._shown = _Shown(request, lines)
        usable = [line for line in lines if line.usable]
        if not usable:
            return
        token = view.token_of(view.certificates[usable[0].number])
        obstacle = token.pin.obstacle(token.pin.min_length, final_try_allowed=self._final_try_allowed)
        if obstacle is None and (token.pin.protected_path or not token.login_required):
            self._sign_prompt(token, "reader" if token.pin.protected_path else "none")

    def _ask_pin(self, token: TokenInfo) -> Pin | None:
        return self._sign_prompt(token, "here").pin

    def _sign_prompt(self, token: TokenInfo, pin: Literal["none", "here", "reader"]) -> Event:
        if self._shown is None:
            raise SigningError("document_mismatch")
        prompt = replace(
            self._plain("sign"),
            text=" ".join(filter(None, (self._words("prompt.sign.text"), self._warning(token.pin, pin)))),
            document=self._shown.request.text or "",
            certificates=self._shown.certificates,
            pin=pin,
            min_length=token.pin.min_length,
            max_length=token.pin.max_length,
        )
        marks = self._desk._watch.state.marks

        def is_gone() -> bool:
            state = self._desk._watch.state
            return state.is_away or (bool(state.marks) and bool(marks) and state.marks != marks)

        answer = self._ask(prompt, until=is_gone)
        if answer is None:
            raise CardError("card_removed")
        if answer.kind != "yes":
            raise RunError("person_refused")
        return answer

    def _warning(self, state: PinState, pin: str) -> str:
        if state.final_try:
            return self._words("prompt.sign.final")
        if pin == "reader":
            return self._words("prompt.sign.reader")
        return self._words("prompt.sign.count_low") if state.count_low else ""

    def _plain(self, kind: Literal["sign", "wrong_pin", "final_try", "card_away", "wrong_card"]) -> PromptView:
        name = f"prompt.{kind}"
        words = self._words
        return PromptView(
            0,
            kind,
            words(f"{name}.title"),
            words(f"{name}.text"),
            yes=words.get(f"{name}.yes"),
            no=words.get(f"{name}.no"),
        )

    def _ask(self, prompt: PromptView, until: Callable[[], object] = lambda: None) -> Event | None:
        self.is_waiting = True
        return self._desk._box.ask(prompt, self._since, until)

    def _is_away(self) -> bool:
        return self._desk._watch.state.status in {"absent", "unknown"}
