"""How long a run waits for what, and how often it may do it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait for what, seconds."""

    settle_s: float = 2
    page_s: float = 60
    person_s: float = 600
    banner_s: float = 20
    codes: int = 3
    """How many verification codes may be handed over in one run; at most 5."""
