"""Splits runs over machines by how long they took before. Every machine finds the same split."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.base.errors import UsageError
from fixtures import Scenario

Key = tuple[str, str]
"""Scenario, and edition with look."""

USUAL_S = 3.0
"""How long we think a run takes if we know nothing, seconds."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run to make."""

    number: int
    """Its position in the report."""
    scenario: Scenario
    repetition: int
    """From 1."""

    @property
    def key(self) -> Key:
        """What its repetitions share."""
        return self.scenario.name, self.scenario.drawn


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of several."""

    number: int
    """From 1."""
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``i/n``. Raises `UsageError` for anything else."""
        found = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", text)
        if found is None or int(found[1]) > int(found[2]):
            raise UsageError.of("rehearsal.usage.shard", text=text)
        return cls(int(found[1]), int(found[2]))


def jobs_of(scenarios: Sequence[Scenario], repeat: int) -> list[Job]:
    """Return every scenario *repeat* times, numbered."""
    pairs = [(scenario, repetition) for scenario in scenarios for repetition in range(1, repeat + 1)]
    return [Job(number, scenario, repetition) for number, (scenario, repetition) in enumerate(pairs)]


def expected_seconds(job: Job, past: Mapping[Key, float]) -> float:
    """Return how long we expect *job* to take: as before, or an estimate from its faults."""
    known = past.get(job.key)
    if known is not None:
        return known
    usual = median(past.values()) if past else USUAL_S
    waits = sum(fault.seconds for fault in job.scenario.faults if fault.kind == "slow")
    waits += sum(job.scenario.patience.values())
    return usual + min(waits, 60.0)


def longest_first(jobs: Sequence[Job], past: Mapping[Key, float]) -> list[Job]:
    """Return *jobs* in the order that keeps all workers busy to the end."""
    return sorted(jobs, key=lambda job: (-expected_seconds(job, past), job.number))


def part_of(jobs: Sequence[Job], shard: Shard, past: Mapping[Key, float]) -> list[Job]:
    """Return *shard*'s jobs in their original order.

    Longest first, each to the part with the least work so far, so every machine finds the same split on its own.
    """
    loads = [0.0] * shard.count
    mine = []
    for job in longest_first(jobs, past):
        least = loads.index(min(loads))
        loads[least] += expected_seconds(job, past)
        if least == shard.number - 1:
            mine.append(job)
    return sorted(mine, key=lambda job: job.number)
