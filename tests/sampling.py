"""Which values of a long matrix run every time. `.ci/nightly` runs the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

from assistant.rehearsal.shard import Shard

T = TypeVar("T")


def sampled(values: Iterable[object], *, every_run: Collection[object]) -> list[ParameterSet]:
    """Return *values* as parameters. All but *every_run* are marked ``nightly``, with this same test as their sample.

    A tuple holds one value for each of several arguments. Raises `ValueError` if every run would get nothing, or if
    *every_run* names a value that doesn't exist.
    """
    values = list(values)
    unknown = [value for value in every_run if value not in values]
    if unknown or not every_run:
        raise ValueError(f"no sample: {unknown or values}")
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            marks=() if value in every_run else pytest.mark.nightly(sample="the same test"),
        )
        for value in values
    ]


def dealt(items: Sequence[T], shard: Shard) -> list[T]:
    """Return *shard*'s share of a long proof that several nights divide among them; all shares together are *items*."""
    return list(items[shard.number - 1 :: shard.count])
