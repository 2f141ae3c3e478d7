"""Which values of a long matrix every run takes; `.ci/nightly` takes the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest
from _pytest.mark import ParameterSet


def sampled(values: Iterable[object], *, every_run: Collection[object]) -> list[ParameterSet]:
    """Return *values* as parameters, marked ``nightly`` but for those of *every_run*: the sample of the same test.

    A tuple is one value for each of several arguments. Raises `ValueError` if nothing is left for every run, or where
    *every_run* names a value that there isn't.
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
