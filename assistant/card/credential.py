"""A certificate with its key, on its way onto a virtual card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class CredentialLike(Protocol):
    """What a virtual card is given; the mock portal's credentials have this shape."""

    @property
    def certificate_der(self) -> bytes:
        """The X.509 certificate, DER."""

    @property
    def private_key_pkcs8_der(self) -> bytes:
        """Its private key, PKCS#8 DER without encryption; empty to leave the key out."""

    @property
    def label(self) -> str:
        """What the token calls both."""


@dataclass(frozen=True, repr=False)
class TokenCredential:
    """A plain `CredentialLike`; the representation shows nothing of it."""

    certificate_der: bytes
    private_key_pkcs8_der: bytes
    label: str

    def __repr__(self) -> str:
        return "TokenCredential()"
