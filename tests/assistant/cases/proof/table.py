"""The results of traps and twins by kind: a table for people, a yes or no for the machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

TWINS = 0.99
"""The share of harmless twins that must pass."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One page and its result."""

    kind: str
    seed: int
    trap: bool
    wrong: tuple[str, ...] = ()
    """What was pressed but shouldn't have been."""
    differs: tuple[str, ...] = ()
    """What else ended differently than it should."""
    name: str = ""
    """How the page is made, in words."""

    @property
    def is_right(self) -> bool:
        """Whether the trap was left alone, or the twin passed."""
        return not self.wrong and not self.differs


@dataclass(frozen=True, slots=True)
class Row:
    """One kind."""

    kind: str
    traps: int
    traps_right: int
    wrong: int
    """Pages, traps or twins, where something wrong was done."""
    twins: int
    twins_through: int

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row in the table."""
        otherwise = self.traps - self.traps_right + self.twins - self.twins_through - self.wrong
        numbers = (self.traps, self.traps_right, self.wrong, self.twins, self.twins_through, max(otherwise, 0))
        return (self.kind, *map(str, numbers))


HEAD = ("kind", "traps", "left alone", "wrong acts", "twins", "passed", "ended otherwise")


def rows(tried: Sequence[Tried]) -> Iterator[Row]:
    """Yield a row for each kind, and one for all."""
    for kind in dict.fromkeys(one.kind for one in tried):
        yield _row(kind, [one for one in tried if one.kind == kind])
    yield _row("all", tried)


def _row(kind: str, some: Sequence[Tried]) -> Row:
    traps, twins = ([one for one in some if one.trap is side] for side in (True, False))
    wrong = sum(bool(one.wrong) for one in some)
    return Row(kind, len(traps), _right(traps), wrong, len(twins), _right(twins))


def _right(some: Iterable[Tried]) -> int:
    return sum(one.is_right for one in some)


def holds(tried: Sequence[Tried]) -> bool:
    """Whether nothing wrong was done, and enough twins passed."""
    whole = _row("all", tried)
    return whole.wrong == 0 and whole.twins_through >= TWINS * whole.twins


def markdown(tried: Sequence[Tried]) -> str:
    """Return the table as Markdown."""
    head = f"| {' | '.join(HEAD)} |\n|---|{'---:|' * (len(HEAD) - 1)}\n"
    return head + "".join(f"| {' | '.join(row.cells)} |\n" for row in rows(tried))
