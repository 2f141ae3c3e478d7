"""A card that follows a script, for what you can't make a virtual token do, behind the same interface.

It counts tries down and locks on the last wrong one, with flags to match; it can be pulled at a given call, be slow, or
return odd codes. The scripts are data (`fixtures/cards/`), so rehearsals, practice and tests play the same cards.
Return codes are looked up in the same table as a real module's.
"""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.base.errors import CardError
from assistant.card.credential import CredentialLike
from assistant.card.model import CardCertificate, CardView, PinState, TokenInfo, TokenView
from assistant.card.module_errors import Stage, meaning
from assistant.card.pin import Pin, overwrite
from assistant.card.software import signature_with, wrong_pin
from fixtures import CardEvent, CardScript


@dataclass(slots=True)
class ScriptedToken:
    """One card in one reader. Its tries outlast the program using it, like a real card's."""

    script: CardScript
    credentials: Sequence[CredentialLike] = field(repr=False)
    pin: Pin = field(repr=False)
    """The right one."""
    label: str = field(default="Senaryo kartı", repr=False)
    pins_received: int = 0
    """How many PINs reached the card, right or wrong."""
    tries_left: int = field(init=False)
    pulled: bool = False

    def __post_init__(self) -> None:
        self.tries_left = self.script.tries_left


class ScriptedCard:
    """Readers with scripted cards in them. Thread-safe."""

    name = "scripted card"

    def __init__(self, tokens: Sequence[ScriptedToken]) -> None:
        """Describe the readers; a token's position in *tokens* is its slot."""
        self.tokens = tuple(tokens)
        self._lock = threading.Lock()
        self._calls = {"look": 0, "sign": 0}

    def start(self) -> None:
        """Do nothing: the first look tells us everything."""

    def look(self) -> CardView:
        """See `assistant.card.card.Card.look`."""
        with self._lock:
            self._calls["look"] += 1
            for token in self.tokens:
                for event in self._events(token, "look"):
                    _play(event, token, "look")
            present = [(slot, token) for slot, token in enumerate(self.tokens) if _is_there(token)]
            if not present:
                has_reader = any(token.script.present != "nothing" for token in self.tokens)
                raise CardError("card_missing" if has_reader else "reader_missing")
            return CardView(tuple(TokenView(_info(slot, token), _certificates(slot, token)) for slot, token in present))

    def sign(
        self,
        certificate: CardCertificate,
        data: bytes,
        pin: Pin | None,
        *,
        final_try_allowed: bool = False,
    ) -> bytes:
        """See `assistant.card.card.Card.sign`."""
        with self._lock:
            self._calls["sign"] += 1
            token = self.tokens[certificate.slot]
            if not _is_there(token):
                raise CardError("card_removed")
            events = self._events(token, "sign")
            for event in events:
                if not event.after_pin:
                    _play(event, token, "sign")
            self._log_in(token, pin, final_try_allowed=final_try_allowed)
            for event in events:
                if event.after_pin:
                    _play(event, token, "sign")
            if not token.script.key_present:
                raise CardError("key_missing")
            return signature_with(_key(token, certificate), data)

    def close(self) -> None:
        """Do nothing; the cards stay as they are."""

    def _events(self, token: ScriptedToken, call: str) -> list[CardEvent]:
        number = self._calls[call]
        return [event for event in token.script.events if event.call == call and event.number in {0, number}]

    def _log_in(self, token: ScriptedToken, pin: Pin | None, *, final_try_allowed: bool) -> None:
        raw = None if pin is None or pin.wiped else pin.reveal()
        try:
            state = _pin_state(token)
            obstacle = state.obstacle(None if raw is None else len(raw), final_try_allowed=final_try_allowed)
            if obstacle is not None:
                raise CardError(obstacle)
            if state.protected_path or raw is None:
                return
            if pin is not None:
                pin.wipe()
            _judge(token, raw)
            if token.script.always_authenticate:
                _judge(token, raw)
        finally:
            if raw is not None:
                overwrite(raw)


def _judge(token: ScriptedToken, raw: bytearray) -> None:
    token.pins_received += 1
    if hmac.compare_digest(raw, token.pin.reveal()):
        token.tries_left = token.script.tries
        return
    token.tries_left -= 1
    raise wrong_pin(token.tries_left)


def _play(event: CardEvent, token: ScriptedToken, stage: Stage) -> None:
    if event.seconds:
        time.sleep(event.seconds)
    if event.pulled:
        token.pulled = True
        raise CardError("card_missing" if stage == "look" else "card_removed")
    if event.error:
        fault = meaning(type(event.error, (Exception,), {})(), stage)
        raise CardError(fault.code, fault.detail)


def _is_there(token: ScriptedToken) -> bool:
    return token.script.present == "card" and not token.pulled


def _pin_state(token: ScriptedToken) -> PinState:
    script, left = token.script, token.tries_left
    return PinState(
        locked=left <= 0,
        final_try=left == 1,
        count_low=0 < left < script.tries,
        not_set=not script.pin_set or script.must_change_pin,
        protected_path=script.protected_path,
        min_length=script.min_length,
        max_length=script.max_length,
    )


def _info(slot: int, token: ScriptedToken) -> TokenInfo:
    return TokenInfo(slot, token.label, "eonay", "script", str(slot + 1), _pin_state(token))


def _certificates(slot: int, token: ScriptedToken) -> tuple[CardCertificate, ...]:
    return tuple(
        CardCertificate(
            der=credential.certificate_der,
            key_id=number.to_bytes(2, "big"),
            label=credential.label,
            slot=slot,
            key_present=None,
            always_authenticate=token.script.always_authenticate,
        )
        for number, credential in enumerate(token.credentials, 1)
    )


def _key(token: ScriptedToken, certificate: CardCertificate) -> bytes:
    number = int.from_bytes(certificate.key_id, "big")
    return token.credentials[number - 1].private_key_pkcs8_der
