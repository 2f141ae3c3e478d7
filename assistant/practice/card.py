"""A card in memory that can be taken out of its reader and put back, as a real one can."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from assistant.base.errors import CardError
from assistant.card.credential import CredentialLike
from assistant.card.model import CardCertificate, CardView
from assistant.card.pin import Pin
from assistant.card.software import TRIES, SoftwareCard


class PracticeCard:
    """Implements `assistant.card.card.Card`. Safe between threads."""

    name = "practice card"

    def __init__(self, credentials: Sequence[CredentialLike], pin: str, *, wrong_before: int = 0) -> None:
        """Lay the card in the reader. *wrong_before* wrong PINs have been given to it already."""
        self._inside = SoftwareCard.of(credentials, pin)
        self._present = threading.Event()
        self._present.set()
        certificate = self._inside.look().certificates[0]
        for _ in range(min(wrong_before, TRIES)):
            self._spend_a_try(certificate, len(pin))

    def pull(self) -> None:
        """Take the card out."""
        self._present.clear()

    def put_back(self) -> None:
        """Put the card in again."""
        self._present.set()

    def start(self) -> None:
        """Do nothing: this card is always ready."""

    def look(self) -> CardView:
        """See `assistant.card.card.Card.look`."""
        if not self._present.is_set():
            raise CardError("card_missing")
        return self._inside.look()

    def sign(
        self, certificate: CardCertificate, data: bytes, pin: Pin | None, *, final_try_allowed: bool = False
    ) -> bytes:
        """See `assistant.card.card.Card.sign`."""
        if not self._present.is_set():
            raise CardError("card_removed")
        return self._inside.sign(certificate, data, pin, final_try_allowed=final_try_allowed)

    def close(self) -> None:
        """Do nothing; the card stays as it is."""

    def _spend_a_try(self, certificate: CardCertificate, length: int) -> None:
        # A PIN of letters is never that of a test person.
        try:
            self._inside.sign(certificate, b"", Pin("x" * length), final_try_allowed=True)
        except CardError as error:
            if error.code != "pin_wrong":
                raise
