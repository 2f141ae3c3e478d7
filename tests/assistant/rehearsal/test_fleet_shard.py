"""Splitting runs over machines."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtures
from assistant.base.errors import UsageError
from assistant.rehearsal.shard import Shard, expected_seconds, jobs_of, longest_first, part_of

SCENARIOS = list(islice(fixtures.scenarios().values(), 12))
TIMES = st.dictionaries(st.sampled_from([(s.name, s.edition) for s in SCENARIOS]), st.floats(0.1, 90))


@settings(deadline=None)
@given(count=st.integers(1, 9), repeat=st.integers(1, 3), past=TIMES)
def test_the_parts_are_the_whole(count: int, repeat: int, past: dict[tuple[str, str], float]) -> None:
    """Every run is in exactly one part, whatever the durations; asking twice gives the same split."""
    jobs = jobs_of(SCENARIOS, repeat)
    parts = [part_of(jobs, Shard(number, count), past) for number in range(1, count + 1)]
    assert sorted(job.number for part in parts for job in part) == [job.number for job in jobs]
    assert parts == [part_of(list(reversed(jobs)), Shard(number, count), past) for number in range(1, count + 1)]


@settings(deadline=None)
@given(count=st.integers(1, 6), past=TIMES)
def test_the_parts_take_about_the_same_time(count: int, past: dict[tuple[str, str], float]) -> None:
    """No part has more to do than another by more than its longest run."""
    jobs = jobs_of(SCENARIOS, 2)
    loads = [
        sum(expected_seconds(job, past) for job in part_of(jobs, Shard(number, count), past))
        for number in range(1, count + 1)
    ]
    assert max(loads) - min(loads) <= max(expected_seconds(job, past) for job in jobs) + 1e-6


def test_the_longest_goes_first() -> None:
    """A run that took long before is begun before all others."""
    last = SCENARIOS[-1]
    past: dict[tuple[str, str], float] = {
        (scenario.name, scenario.edition): 80.0 if scenario is last else 2.0 for scenario in SCENARIOS
    }
    assert longest_first(jobs_of(SCENARIOS, 1), past)[0].scenario is last


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3", ""])
def test_a_wrong_part_is_a_usage_error(text: str) -> None:
    """Anything but i/n with 1 ≤ i ≤ n is refused."""
    with pytest.raises(UsageError):
        Shard.parse(text)
