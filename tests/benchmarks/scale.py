"""Many runs: two jobs against one, and processor seconds per run against the bare script's."""

from __future__ import annotations

from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import cost_of

_LIMIT = (
    "The browser itself uses several processes at once, so one job keeps more than one core busy; "
    "on two cores little is left for the second."
)


def measure(full: bool, say: Say) -> list[Figure]:
    """Run the same runs with one job and with two, and the bare script once per process."""
    runs, bare_runs = (40, 10) if full else (16, 6)
    command = ["-m", "assistant", "dry-run", "first-time", "--repeat", str(runs)]
    cost_of(["-m", "tests.benchmarks.bare"])  # fills the caches
    one = cost_of([*command, "--jobs", "1"])
    say(f"{runs} runs, one job: {one.wall_s:.1f} s, {one.cpu_s / runs:.2f} processor s each")
    two = cost_of([*command, "--jobs", "2"])
    say(f"{runs} runs, two jobs: {two.wall_s:.1f} s, {two.cpu_s / runs:.2f} processor s each")
    bare = [cost_of(["-m", "tests.benchmarks.bare"]).cpu_s for _ in range(bare_runs)]
    per_bare = sum(bare) / len(bare)
    say(f"bare script: {per_bare:.2f} processor s each")
    return [
        Figure("speed with `--jobs 2` : `--jobs 1`", one.wall_s / two.wall_s, aim=1.35, better="higher", limit=_LIMIT),
        Figure("processor time per run : bare script's", one.cpu_s / runs / per_bare, aim=1.0),
        Figure("processor time per run", one.cpu_s / runs, "s"),
        Figure("processor time of the bare script", per_bare, "s"),
        Figure("runs per minute with `--jobs 2`", 60 * runs / two.wall_s, digits=0),
    ]


BENCHMARK = Benchmark(
    "scale",
    "Many runs side by side",
    "The whole command `eonay dry-run first-time --repeat N` with one job and with two, start-up included. The bare "
    "script is a process of its own per run, as it would be without this program; both serve the mock portal and "
    "make the card themselves. Processor time of all processes together, the browser's included.",
    measure,
)
