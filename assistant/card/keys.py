"""Kinds of key. Imports nothing heavy, like `assistant.card.model`."""

from __future__ import annotations

from enum import StrEnum


class KeyKind(StrEnum):
    """Kinds of key that can sign."""

    RSA = "rsa"
    EC = "ec"
    OTHER = "other"
    """Anything else; we never use it."""
