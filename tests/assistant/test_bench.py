"""The results page of ``eonay bench``: complete whatever happens to one benchmark, and honest about what was missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import bench
from tests.benchmarks.figures import Benchmark, Figure, Say


def good(full: bool, say: Say) -> list[Figure]:
    """Reach one aim and miss another."""
    say("measuring")
    return [Figure("quick", 1.0, aim=1.15), Figure("slow", 1.4, aim=1.15, limit="The road is long.")]


def broken(full: bool, say: Say) -> list[Figure]:
    """End as a benchmark ends whose browser is gone."""
    raise ConnectionResetError("gone")


def left(full: bool, say: Say) -> list[Figure]:
    """End as a benchmark ends that can't be made here."""
    raise SystemExit("SoftHSM2 is\nnot | installed")


def test_the_page_tells_what_was_missed_and_goes_on_after_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One broken benchmark ends no other; a missed aim stands there with what limits it, a reached one doesn't."""
    suite = [Benchmark(do.__name__, do.__name__, "By hand.", do) for do in (broken, left, good)]
    monkeypatch.setattr(bench, "_suite", lambda: suite)
    page = tmp_path / "docs" / "results.md"

    assert bench.bench([], only_list=False, full=False, out=page, language="en") == 1

    told = page.read_text(encoding="utf-8")
    assert "| not measured: ConnectionResetError | | | ✗ |" in told
    assert "| not measured: SoftHSM2 is not / installed | | | ✗ |" in told
    assert "| quick | 1.00 | ≤ 1.15 | ✓ |" in told
    assert "- **slow**: 1.40 instead of ≤ 1.15. The road is long." in told
    assert "**quick**" not in told
