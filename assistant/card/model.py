"""What a card shows without a PIN: tokens, the state of their PIN, certificates.

Light on purpose (no library is imported): the worker process uses it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.card.facts import CertificateFacts


@dataclass(frozen=True, slots=True)
class PinState:
    """What the token's flags tell of the user PIN (PKCS#11 v2.40, section 4.4, CK_TOKEN_INFO)."""

    locked: bool = False
    final_try: bool = False
    """One more wrong PIN locks the card."""
    count_low: bool = False
    """A wrong PIN has been given since the last right one."""
    not_set: bool = False
    """The card has no PIN yet, or the one it has must be changed first."""
    protected_path: bool = False
    """The PIN is typed on the reader itself; a program must send none."""
    min_length: int = 0
    """In bytes; 0 where the token does not say."""
    max_length: int = 0
    """In bytes; 0 where the token does not say."""

    def obstacle(self, length: int | None, *, final_try_allowed: bool = False) -> str | None:
        """Return the reason code for which a PIN of *length* bytes must not be sent; None when it may be.

        *length* is None when there is no PIN. The worst obstacle is told first.
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
    """One token in one slot. A token's label may hold its holder's name, so it is not in the representation."""

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
    """One certificate as it lies on a token. The representation shows nothing of its holder."""

    der: bytes = field(repr=False)
    key_id: bytes = field(repr=False)
    """CKA_ID; may be empty, or another's."""
    label: str = field(repr=False)
    slot: int
    key_present: bool | None = None
    """Whether its key, or the public half of it, is seen; None where that can't be told without the PIN."""
    always_authenticate: bool | None = None
    """Whether the key wants the PIN at each signature; None where that cannot be seen without the PIN."""

    @cached_property
    def facts(self) -> CertificateFacts | None:
        """What the certificate says; None where it is no readable X.509 certificate."""
        from assistant.card.facts import read_facts

        return read_facts(self.der)


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token with its certificates, in the order in which it lists them."""

    info: TokenInfo
    certificates: tuple[CardCertificate, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """All that could be seen without a PIN; at least one token."""

    tokens: tuple[TokenView, ...]

    @property
    def certificates(self) -> tuple[CardCertificate, ...]:
        """The certificates of all tokens."""
        return tuple(certificate for token in self.tokens for certificate in token.certificates)

    def token_of(self, certificate: CardCertificate) -> TokenInfo:
        """Return the token on which *certificate* lies. Raises `KeyError` for one of another view."""
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
