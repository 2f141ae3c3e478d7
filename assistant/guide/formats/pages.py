"""Which parts of the guide go on which page of paper, and how large its pictures are.

We never split a part. Of all possible layouts we take the one with the fewest pages less than two thirds full, the
fewest steps split over pages, and the least shrinking of pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

SCALES = tuple(round(1 - step * 0.03, 2) for step in range(16))
"""For pictures; numbers and callouts are still legible at the last one."""
FULL = 2 / 3
_AIMED = 0.7
"""A little above `FULL`: the last line of a part has room below it."""


@dataclass(frozen=True, slots=True)
class PagePart:
    """Something that stays on one page; lengths in millimetres."""

    heights: tuple[float, ...]
    """At each of `SCALES`."""
    gap: float
    """Space above it."""
    goes_on: bool = False
    """Whether it belongs to what comes before it."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: parts from *first* up to *end*."""

    first: int
    end: int
    scale: float


def lay_out(parts: Sequence[PagePart], room: float) -> tuple[PagePlan, ...]:
    """Return the pages of *parts*, each *room* millimetres high. A part that is too high stands alone."""

    @cache
    def best(first: int) -> tuple[float, tuple[PagePlan, ...]]:
        if first == len(parts):
            return 0.0, ()
        found: tuple[float, tuple[PagePlan, ...]] = inf, ()
        for end in range(first + 1, len(parts) + 1):
            scale, height = _fitting(parts[first:end], room)
            if height > room and end > first + 1:
                break
            after, others = best(end)
            is_torn = end < len(parts) and parts[end].goes_on
            cost = after + _cost(scale, 1.0 if end == len(parts) else height / room, is_torn=is_torn)
            if cost < found[0]:
                found = cost, (PagePlan(first, end, scale), *others)
        return found

    return best(0)[1]


def _fitting(parts: Sequence[PagePart], room: float) -> tuple[float, float]:
    """Return the largest scale at which *parts* fit, or the smallest of all, and how high they are then."""
    gaps = sum(part.gap for part in parts[1:])
    heights = [(scale, gaps + sum(part.heights[at] for part in parts)) for at, scale in enumerate(SCALES)]
    return next((found for found in heights if found[1] <= room), heights[-1])


def _cost(scale: float, fill: float, *, is_torn: bool) -> float:
    empty = 40 + 100 * (_AIMED - fill) if fill < _AIMED else 0.0
    return 1 + empty + 45 * is_torn + 25 * (1 - scale) ** 2 * 4
