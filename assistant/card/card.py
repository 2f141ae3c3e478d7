"""The one interface behind which every card stands."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from assistant.card.model import CardCertificate, CardView
from assistant.card.pin import Pin

NO_CARD = frozenset({"reader_missing", "card_missing", "token_not_found", "card_removed"})
"""Codes of the errors that mean: no card is there, or not the one that is looked for."""


@runtime_checkable
class Card(Protocol):
    """A card that can be looked at without a PIN and that signs with one.

    Every method may raise `assistant.base.errors.CardError`, and no other error than that for anything that a token, a
    reader or a driver does.
    """

    @property
    def name(self) -> str:
        """What is signing, in a few words for reports: no path, nothing personal."""

    def start(self) -> None:
        """Begin what takes time, and return at once; nothing is asked of the person. Need not be called."""

    def look(self) -> CardView:
        """Return what can be seen without a PIN. No try is spent. Raises when no token is there."""

    def sign(
        self,
        certificate: CardCertificate,
        data: bytes,
        pin: Pin | None,
        *,
        final_try_allowed: bool = False,
    ) -> bytes:
        """Return the signature over *data* with SHA-256: RSA PKCS#1 v1.5, or ECDSA as DER.

        *pin* is None for a token whose PIN is typed on the reader. The PIN is not sent when the flags of the token
        speak against it (locked, not set, outside its limits; final try unless *final_try_allowed*). It is sent once
        (a second time only to a key that wants it at each signature, after the first was right), never again after
        a refusal, and wiped as soon as it was sent, right or wrong: a second signature needs a `Pin` of its own, and
        one that is wiped counts as none (``pin_missing``).
        """

    def close(self) -> None:
        """Let go of the card; a second time does nothing."""
