"""Many runs: two jobs against one, and processor seconds per run against the bare script's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter

from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import cost_of

_BARE = ("-m", "tests.benchmarks.bare")
_LIMIT = (
    "One job alone keeps the browser's processes busy on more than one core (see the row below), so two jobs on two cores "
    "can be no faster than two divided by that; a faster single job lowers the ratio."
)
_BARE_LIMIT = (
    "Both use the same browser, and most of a run is the browser's own work on the same pages; what a process and a "
    "browser of its own cost the bare script is all that can be gained."
)
_BUSY_LIMIT = "Workers start one process after the other, and one of them is alone with the last run."


def measure(full: bool, say: Say) -> list[Figure]:
    """Run the same runs with one job and with two, in turn, and the bare script once per process."""
    runs, rounds, bare_runs = (24, 3, 6) if full else (12, 3, 4)
    command = ["-m", "assistant", "dry-run", "first-time", "--repeat", str(runs)]
    cost_of(_BARE)  # fills the caches
    ones, twos = [], []
    for _ in range(rounds):
        ones.append(cost_of([*command, "--jobs", "1"]))
        twos.append(cost_of([*command, "--jobs", "2"]))
        say(f"{runs} runs: one job {ones[-1].wall_s:.1f} s, two jobs {twos[-1].wall_s:.1f} s")
    per_run = median(one.cpu_s for one in ones) / runs
    beside = _side_by_side(bare_runs)
    bare = [cost_of(_BARE) for _ in range(2 * bare_runs)]
    per_bare = median(one.cpu_s for one in bare)
    say(f"processor time: {per_run:.2f} s per run, bare script {per_bare:.2f} s")
    return [
        Figure(
            "speed with `--jobs 2` : `--jobs 1`, median",
            median(one.wall_s / two.wall_s for one, two in zip(ones, twos, strict=True)),
            aim=1.35,
            better="higher",
            limit=_LIMIT,
        ),
        Figure("cores that one job keeps busy", median(one.cpu_s / one.wall_s for one in ones)),
        Figure(
            "runs per minute with `--jobs 2` : of bare scripts, two side by side",
            runs / median(two.wall_s for two in twos) / (2 * bare_runs / beside),
            aim=2.2,
            better="higher",
            limit=_BARE_LIMIT,
        ),
        Figure(
            "share of two cores that `--jobs 2` keeps busy",
            median(two.cpu_s / two.wall_s for two in twos) / 2,
            aim=0.9,
            better="higher",
            limit=_BUSY_LIMIT,
        ),
        Figure("bare scripts, two side by side : one by one", sum(b.wall_s for b in bare) / beside),
        Figure("processor time per run : bare script's", per_run / per_bare, aim=1.0),
        Figure("processor time per run", per_run, "s"),
        Figure("processor time of the bare script", per_bare, "s"),
        Figure("runs per minute with `--jobs 1`", 60 * runs / median(one.wall_s for one in ones), digits=0),
        Figure("runs per minute with `--jobs 2`", 60 * runs / median(two.wall_s for two in twos), digits=0),
    ]


def _side_by_side(each: int) -> float:
    """Have two streams of *each* bare scripts go on at once; return the seconds that took."""

    def stream(_number: int) -> None:
        for _ in range(each):
            cost_of(_BARE)

    began = perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(stream, range(2)))
    return perf_counter() - began


BENCHMARK = Benchmark(
    "scale",
    "Many runs side by side",
    "The whole command `eonay dry-run first-time --repeat N` with one job and with two, in turn, start-up included. The "
    "bare script is a process of its own per run, as it would be without this program; both serve the mock portal and "
    "make the card themselves. Processor time is that of the whole machine meanwhile, the browser's included.",
    measure,
)
