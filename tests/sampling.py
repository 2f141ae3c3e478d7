"""Which values of a long matrix run every time. `.ci/nightly` runs the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest
from _pytest.mark import ParameterSet


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
