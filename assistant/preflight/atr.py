"""Recognises a card without its driver, by its answer to reset (ATR, ISO 7816-3).

The AKİS patterns come from TÜBİTAK's own signing library (ESYA API, ``AkisTemplate``): "UEKAE" in older versions,
``80 65 54 43 …`` in AKİS 2, ``80 66 68 32 09 …`` in AKİS 3.
"""

from __future__ import annotations

import re
from typing import Literal

CardKind = Literal["akis", "tckk", "other"]
"""``akis``: an AKİS card; ``tckk``: a T.C. Kimlik Kartı; ``other``: any other card."""

_AKIS = (
    re.compile(rb"uekae|akis", re.IGNORECASE),
    re.compile(rb"\x80\x65\x54\x43...\x31\xc0\x73\xf6\x21\x80\x81.", re.DOTALL),
    re.compile(rb"\x80\x66\x68\x32[\x09\x49]...\x31\x95\x81\x05", re.DOTALL),
)
_TCKK = re.compile(rb"tckk", re.IGNORECASE)


def card_kind(atr: bytes) -> CardKind:
    """Return the kind of card that answers with *atr*."""
    history = historical_bytes(atr)
    if _TCKK.search(history):
        return "tckk"
    return "akis" if any(pattern.search(history) for pattern in _AKIS) else "other"


def historical_bytes(atr: bytes) -> bytes:
    """Return the historical bytes of *atr* (ISO 7816-3, 8.2), or all of it if it is malformed."""
    if len(atr) < 2 or atr[0] not in {0x3B, 0x3F}:
        return atr
    count, announced, at = atr[1] & 0x0F, atr[1] >> 4, 2
    while announced:
        at += (announced & 0b0111).bit_count()
        if not announced & 0b1000:
            break
        if at >= len(atr):
            return atr
        announced, at = atr[at] >> 4, at + 1
    history = atr[at : at + count]
    return history if len(history) == count else atr
