"""What the panel asks while a card signs: what is being signed, with which certificate, and the PIN.

The signing thread asks; the loop's thread shows the questions and brings the answers (`assistant.desk.prompts`).
`assistant.signing.with_card` decides what follows from an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from assistant.base.errors import CardError, RunError, SigningError
from assistant.base.outcome import reasons
from assistant.base.words import Words
from assistant.card.card import Card
from assistant.card.model import PinState, TokenInfo
from assistant.card.pin import Pin
from assistant.desk.card_watch import CardWatch
from assistant.desk.certificates import list_certificates
from assistant.desk.prompts import PromptBox
from assistant.desk.surface import Event
from assistant.desk.view import CertificateView, PromptKind, PromptView
from assistant.signing.service import SigningRequest
from assistant.signing.with_card import CardWithPerson
from flows import HostRule

CARELESS: frozenset[PromptKind] = frozenset({"final_try", "wrong_pin"})
"""A yes to these may end with a locked card, so it is never the main button."""


class DeskCard(CardWithPerson):
    """Signs with a card; the person types the PIN in the panel."""

    def __init__(self, card: Card, rule: HostRule, watch: CardWatch, box: PromptBox, words: Words) -> None:
        super().__init__(card, rule, lambda: _PanelQuestions(card, watch, box, words), box.withdraw)
        self._box = box

    def answer(self, event: Event) -> bool:
        """Bring the person's answer to the question on screen. Returns whether it was for that question."""
        return self.bring(lambda: self._box.answer(event))


@dataclass
class _ShownToSign:
    """What the person sees before they sign."""

    request: SigningRequest
    certificates: tuple[CertificateView, ...]


class _PanelQuestions:
    """The panel's questions about one code."""

    def __init__(self, card: Card, watch: CardWatch, box: PromptBox, words: Words) -> None:
        self._card = card
        self._watch = watch
        self._box = box
        self._since = box.withdrawals
        self._words = words
        self._shown: _ShownToSign | None = None

    def show(self, request: SigningRequest, *, final_try_allowed: bool) -> None:
        """Remember what will be signed; if no PIN is typed here, ask for the yes at once."""
        view = self._card.look()
        now = datetime.now(UTC)
        lines = list_certificates(view.certificates, now, request.holder_national_id, self._words)
        self._shown = _ShownToSign(request, lines)
        usable = [line for line in lines if line.usable]
        if not usable:
            return
        token = view.token_of(view.certificates[usable[0].number])
        obstacle = token.pin.obstacle(token.pin.min_length, final_try_allowed=final_try_allowed)
        if obstacle is None and (token.pin.protected_path or not token.login_required):
            self._sign_prompt(token, "reader" if token.pin.protected_path else "none")

    def ask_pin(self, token: TokenInfo) -> Pin | None:
        """Ask for the yes and the PIN together."""
        return self._sign_prompt(token, "here").pin

    def is_retry_wanted(self, error: CardError) -> bool:
        """Ask whether to go on after a wrong PIN, or with the final try."""
        is_final = error.code == "pin_final_try"
        prompt = self._plain("final_try" if is_final else "wrong_pin")
        if not is_final and error.detail and self._words.language == "tr":
            prompt = replace(prompt, text=f"{prompt.text} {error.detail}")
        answer = self._ask(prompt)
        return answer is not None and answer.kind == "yes"

    def await_card(self) -> None:
        """Say that there is no card until there is one."""
        self._ask(self._plain("card_away"), until=lambda: self._watch.state.status not in {"absent", "unknown"})

    def await_other_card(self, error: CardError) -> bool:
        """Say what is wrong with this card until there is another."""
        before = self._watch.state.marks
        reason = reasons(self._words.language)[error.code]
        prompt = self._plain("wrong_card")
        prompt = replace(
            prompt,
            text=f"{reason.what} {reason.remedy} {prompt.text}",
            certificates=self._shown.certificates if self._shown else (),
        )

        def is_other() -> bool:
            state = self._watch.state
            return bool(state.marks) and state.marks != before

        return self._ask(prompt, until=is_other) is None

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
        marks = self._watch.state.marks

        def is_gone() -> bool:
            state = self._watch.state
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

    def _plain(self, kind: PromptKind) -> PromptView:
        name = f"prompt.{kind}"
        words = self._words
        return PromptView(
            0,
            kind,
            words(f"{name}.title"),
            words(f"{name}.text"),
            yes=words.get(f"{name}.yes"),
            no=words.get(f"{name}.no"),
            leads_on=kind not in CARELESS,
        )

    def _ask(self, prompt: PromptView, until: Callable[[], object] = lambda: None) -> Event | None:
        return self._box.ask(prompt, self._since, until)
