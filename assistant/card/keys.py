"""Kinds of key. Light on purpose, as `assistant.card.model` is."""

from __future__ import annotations

from enum import StrEnum


class KeyKind(StrEnum):
    """Kinds of key that can sign."""

    RSA = "rsa"
    EC = "ec"
    OTHER = "other"
    """Any other: never used."""
