"""All benchmarks, in the order of the results page."""

from __future__ import annotations

from tests.benchmarks import dry_run, flat, guide_pictures, portal_load, reaction, scale, signing, start_up
from tests.benchmarks.figures import Benchmark

SUITE: tuple[Benchmark, ...] = tuple(
    module.BENCHMARK for module in (dry_run, reaction, scale, flat, start_up, signing, portal_load, guide_pictures)
)
