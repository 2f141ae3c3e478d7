"""What we check a signer's certificate against at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Trust:
    """Trust anchor, issuers and CRLs, all DER, and the moment when everything must hold."""

    root: bytes = field(repr=False)
    issuers: Sequence[bytes] = field(repr=False)
    nes_issuer_name: str
    """Common name of the authority that issues people's qualified certificates."""
    crls: Sequence[bytes] = field(repr=False)
    moment: datetime
