"""What a benchmark gives: figures with their aims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number."""

    what: str
    value: float
    unit: str = ""
    aim: float | None = None
    """None for a number that is told only to explain another."""
    better: Literal["lower", "higher"] = "lower"
    digits: int = 2
    limit: str = ""
    """What stands in the way where the aim is missed, one sentence."""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached; None if there isn't one."""
        if self.aim is None:
            return None
        return self.value <= self.aim if self.better == "lower" else self.value >= self.aim

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return f"{self.value:.{self.digits}f}{f' {self.unit}' if self.unit else ''}"

    @property
    def shown_aim(self) -> str:
        """The aim as people read it."""
        if self.aim is None:
            return ""
        return f"{'≤' if self.better == 'lower' else '≥'} {self.aim:g}{f' {self.unit}' if self.unit else ''}"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One thing that is measured."""

    name: str
    about: str
    how: str
    """How it is measured, for the results page."""
    measure: Callable[[bool, Say], list[Figure]]
    """Takes whether the long form is wanted, and where to say how far it is."""


def percentile(values: list[float], share: float) -> float:
    """Return the value below which *share* (0 to 1) of *values* lie, by the nearest rank. Raises for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]
