"""Watches the card during a guided run: is it there, and what do its flags say? Never costs a try."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

from loguru import logger

from assistant.base.errors import CardError
from assistant.card.card import NO_CARD, Card
from assistant.card.model import CardView, PinState

INTERVAL_S = 1.0
"""Time between two looks; we notice a pulled card within two seconds."""

CardStatus = Literal["unknown", "present", "absent", "count_low", "final_try", "locked", "not_set", "trouble"]


@dataclass(frozen=True, slots=True)
class CardState:
    """The result of the last look."""

    status: CardStatus = "unknown"
    marks: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """What identifies the tokens present: serial and label."""

    @property
    def is_away(self) -> bool:
        """Whether there is no card."""
        return self.status == "absent"


class CardWatch:
    """Looks at a card once a second in its own thread."""

    def __init__(self, card: Card, interval_s: float = INTERVAL_S) -> None:
        self._card = card
        self._interval_s = interval_s
        self._state = CardState()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="card-watch", daemon=True)

    @property
    def state(self) -> CardState:
        """The result of the last look."""
        return self._state

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def close(self) -> None:
        """Stop watching, without waiting for a look in progress."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.is_set():
            try:
                self._state = state_of(self._card.look())
            except CardError as error:
                self._state = CardState("absent" if error.code in NO_CARD else "trouble")
            except RuntimeError:
                logger.debug("the card was closed while it was watched")
                return
            self._over.wait(self._interval_s)


def state_of(view: CardView) -> CardState:
    """Sum *view* up in one word; the token with the worst PIN state counts."""
    marks = frozenset((token.info.serial, token.info.label) for token in view.tokens)
    found = {_status(token.info.pin) for token in view.tokens}
    return CardState(next((status for status in _WORST_FIRST if status in found), "present"), marks)


_WORST_FIRST: tuple[CardStatus, ...] = ("locked", "not_set", "final_try", "count_low", "present")


def _status(pin: PinState) -> CardStatus:
    if pin.locked:
        return "locked"
    if pin.not_set:
        return "not_set"
    if pin.final_try:
        return "final_try"
    return "count_low" if pin.count_low else "present"
