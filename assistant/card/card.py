"""The one interface for every kind of card."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from assistant.card.model import CardCertificate, CardView
from assistant.card.pin import Pin

NO_CARD = frozenset({"reader_missing", "card_missing", "token_not_found", "card_removed"})
"""Error codes that mean: there is no card, or not the one we want."""


@runtime_checkable
class Card(Protocol):
    """A card that you can look at without a PIN and that signs with one.

    Every method may raise `assistant.base.errors.CardError`. Whatever a token, a reader or a driver does, it raises
    nothing else.
    """

    @property
    def name(self) -> str:
        """What is signing, in a few words for reports: no path, nothing personal."""

    def start(self) -> None:
        """Start the slow parts in the background and return at once. Asks the person nothing. Optional."""

    def look(self) -> CardView:
        """Return what we can see without a PIN. Doesn't cost a try. Raises if there is no token."""

    def sign(
        self,
        certificate: CardCertificate,
        data: bytes,
        pin: Pin | None,
        *,
        final_try_allowed: bool = False,
    ) -> bytes:
        """Return the signature over *data* with SHA-256: RSA PKCS#1 v1.5, or ECDSA as DER.

        *pin* is None if the PIN is typed on the reader. We don't send it if the token's flags speak against it (locked,
        not set, wrong length; final try unless *final_try_allowed*). We send it once, or a second time to a key that
        wants it for each signature, after the first was right. We never send it again after a refusal, and wipe it as
        soon as it is sent, right or wrong. A second signature needs its own `Pin`; a wiped one counts as missing
        (``pin_missing``).
        """

    def close(self) -> None:
        """Let go of the card. Calling it twice is fine."""
