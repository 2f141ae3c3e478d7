"""A card in memory that you can pull out of its reader and put back, like a real one."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from assistant.base.errors import CardError
from assistant.card.credential import CredentialLike
from assistant.card.model import CardCertificate, CardView
from assistant.card.pin import Pin
from assistant.card.software import TRIES, SoftwareCard


class PracticeCard:
    """Implements `assistant.card.card.Card`. Thread-safe."""

    name = "practice card"

    def __init__(self, credentials: Sequence[CredentialLike], pin: str, *, wrong_before: int = 0) -> None:
        """Put the card in the reader. It has already been given *wrong_before* wrong PINs."""
        self._inside = SoftwareCard.of(credentials, pin)
        self._present = threading.Event()
        self._present.set()
        certificate = self._inside.look().certificates[0]
        for _ in range(min(wrong_before, TRIES)):
            self._spend_a_try(certificate, len(pin))

    @property
    def is_there(self) -> bool:
        """Whether the card is in the reader."""
        return self._present.is_set()

    def pull(self) -> None:
        """Pull the card out."""
        self._present.clear()

    def put_back(self) -> None:
        """Put the card back in."""
        self._present.set()

    def start(self) -> None:
        """Do nothing: this card is always ready."""

    def look(self) -> CardView:
        """See `assistant.card.card.Card.look`."""
        if not self.is_there:
            raise CardError("card_missing")
        return self._inside.look()

    def sign(
        self, certificate: CardCertificate, data: bytes, pin: Pin | None, *, final_try_allowed: bool = False
    ) -> bytes:
        """See `assistant.card.card.Card.sign`."""
        if not self.is_there:
            raise CardError("card_removed")
        return self._inside.sign(certificate, data, pin, final_try_allowed=final_try_allowed)

    def close(self) -> None:
        """Do nothing; the card stays as it is."""

    def _spend_a_try(self, certificate: CardCertificate, length: int) -> None:
        # No test person's PIN has letters.
        try:
            self._inside.sign(certificate, b"", Pin("x" * length), final_try_allowed=True)
        except CardError as error:
            if error.code not in {"pin_wrong", "pin_locked"}:
                raise
