"""Whether cost and memory stay flat: late runs of one long-lived browser against early ones."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median
from time import perf_counter

import fixtures
from assistant.browser import BrowserOptions, open_browser
from assistant.card.modules import find_softhsm
from assistant.loop import Patience
from assistant.rehearsal.run import prepare, rehearse
from assistant.setup import find_browser
from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import tree_cpu_s, tree_memory_mb


def measure(full: bool, say: Say) -> list[Figure]:
    """Make many runs as a worker does and compare windows of ten (fifty) runs."""
    window, early, late = (20, 50, 500) if full else (10, 10, 60)
    scenario = fixtures.scenarios()["first-time"]
    softhsm = find_softhsm()
    walls: list[float] = []
    cpus: list[float] = []
    memory: dict[int, float] = {}
    with ExitStack() as session:
        browser = session.enter_context(open_browser(find_browser(), BrowserOptions()))

        def run() -> None:
            with ExitStack() as stack:
                stage = prepare(scenario, softhsm, stack).result()
                report = rehearse(scenario, stage, browser, Patience(), lambda _step, _screen: None)
                if not report.passed:
                    raise SystemExit(f"a run ended as {report.result.outcome} ({report.result.reason})")

        for _ in range(2 if not full else 0):
            run()
        for number in range(1, late + 1):
            cpu, began = tree_cpu_s(), perf_counter()
            run()
            walls.append(perf_counter() - began)
            cpus.append(tree_cpu_s() - cpu)
            if number in {early, late}:
                memory[number] = tree_memory_mb()
                say(f"run {number}: {median(walls[-window:]):.2f} s, {memory[number]:.0f} MiB")
    first, last = slice(early - window, early), slice(late - window, late)
    return [
        Figure(f"processor time, runs to {late} : to {early}", median(cpus[last]) / median(cpus[first]), aim=1.05),
        Figure(f"time, runs to {late} : to {early}", median(walls[last]) / median(walls[first]), aim=1.05),
        Figure(f"memory, run {late} : run {early}", memory[late] / memory[early], aim=1.05),
        Figure(f"memory at run {late}, browser included", memory[late], "MiB", digits=0),
    ]


BENCHMARK = Benchmark(
    "flat",
    "Cost and memory over many runs",
    "One process with one browser, a fresh context and a fresh mock portal per run, as a worker of `--jobs` does it. "
    "Medians over a window of runs; memory is the proportional set size of all processes.",
    measure,
)
