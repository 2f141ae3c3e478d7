"""A certificate and its key, on their way to a virtual card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class CredentialLike(Protocol):
    """What a virtual card takes. The mock portal's credentials have the same shape."""

    @property
    def certificate_der(self) -> bytes:
        """The X.509 certificate, DER."""

    @property
    def private_key_pkcs8_der(self) -> bytes:
        """Its private key, unencrypted PKCS#8 DER; empty to leave the key out."""

    @property
    def label(self) -> str:
        """What the token calls certificate and key."""


@dataclass(frozen=True, repr=False)
class TokenCredential:
    """A plain `CredentialLike` whose repr shows nothing."""

    certificate_der: bytes
    private_key_pkcs8_der: bytes
    label: str

    def __repr__(self) -> str:
        return "TokenCredential()"
