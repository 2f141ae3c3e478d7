"""How fast the command line starts: ``eonay --help`` against ``python -c "import typer"``."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import cost_of


def measure(full: bool, say: Say) -> list[Figure]:
    """Start both in turn and compare the medians."""
    helps, bare = [], []
    for number in range(41 if full else 21):
        helps.append(cost_of(["-m", "assistant", "--help"]).wall_s)
        bare.append(cost_of(["-c", "import typer"]).wall_s)
        if not number:  # the first pair fills the caches
            helps.clear()
            bare.clear()
    say(f"help {median(helps) * 1000:.0f} ms, import typer {median(bare) * 1000:.0f} ms")
    return [
        Figure("`eonay --help` : `import typer`", median(helps) / median(bare), aim=1.5),
        Figure("`eonay --help`", median(helps) * 1000, "ms", digits=0),
    ]


BENCHMARK = Benchmark(
    "start-up",
    "Start of the command line",
    'Twenty starts of `eonay --help` and of `python -c "import typer"` in turn; medians.',
    measure,
)
