"""What a card shows without a PIN: tokens, the state of their PIN, certificates.

Imports no library, because the worker process uses it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.card.facts import CertificateFacts


@dataclass(frozen=True, slots=True)
class PinState:
    """What the token's flags say about the user PIN (PKCS#11 v2.40, section 4.4, CK_TOKEN_INFO)."""

    locked: bool = False
    final_try: bool = False
    """One more wrong PIN locks the card."""
    count_low: bool = False
    """There has been a wrong PIN since the last right one."""
    not_set: bool = False
    """The card has no PIN yet, or it must be changed first."""
    protected_path: bool = False
    """The PIN is typed on the reader; a program must not send one."""
    min_length: int = 0
    """In bytes; 0 if the token doesn't say."""
    max_length: int = 0
    """In bytes; 0 if the token doesn't say."""

    def obstacle(self, length: int | None, *, final_try_allowed: bool = False) -> str | None:
        """Return why we must not send a PIN of *length* bytes, as a reason code; None if we may.

        *length* is None if there is no PIN. The worst obstacle comes first.
        """
        if self.locked:
            return "pin_locked"
        if self.not_set:
            return "pin_not_set"
        if self.final_try and not final_try_allowed:
            return "pin_final_try"
        if self.protected_path:
            return None
        if length is None:
            return "pin_missing"
        too_long = bool(self.max_length) and length > self.max_length
        return "pin_length" if length < self.min_length or too_long else None


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """One token in one slot. Its label can contain the holder's name, so the repr leaves it out."""

    slot: int
    """The module's slot number."""
    label: str = field(repr=False)
    manufacturer: str
    model: str
    serial: str = field(repr=False)
    pin: PinState
    login_required: bool = True
    """Whether signing needs a PIN at all."""


@dataclass(frozen=True)
class CardCertificate:
    """One certificate on a token. The repr shows nothing about its holder."""

    der: bytes = field(repr=False)
    key_id: bytes = field(repr=False)
    """CKA_ID; may be empty, or belong to another key."""
    label: str = field(repr=False)
    slot: int
    key_present: bool | None = None
    """Whether we see its key or the public half; None if we can't tell without the PIN."""
    always_authenticate: bool | None = None
    """Whether the key wants the PIN for each signature; None if we can't see that without the PIN."""

    @cached_property
    def facts(self) -> CertificateFacts | None:
        """What the certificate says; None if it isn't a readable X.509 certificate."""
        from assistant.card.facts import read_facts

        return read_facts(self.der)


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token with its certificates, in the token's order."""

    info: TokenInfo
    certificates: tuple[CardCertificate, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything we could see without a PIN; at least one token."""

    tokens: tuple[TokenView, ...]

    @property
    def certificates(self) -> tuple[CardCertificate, ...]:
        """The certificates on all tokens."""
        return tuple(certificate for token in self.tokens for certificate in token.certificates)

    def token_of(self, certificate: CardCertificate) -> TokenInfo:
        """Return the token that holds *certificate*. Raises `KeyError` if it comes from another view."""
        for token in self.tokens:
            if certificate in token.certificates:
                return token.info
        raise KeyError(certificate.slot)


def one_element(der: bytes) -> bytes:
    """Return the first DER element of *der*: some cards pad what they store. Unreadable bytes come back as is."""
    if len(der) < 2:
        return der
    length, start = der[1], 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(der[2:start], "big")
    return der[: start + length]
