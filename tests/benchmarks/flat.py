"""Whether cost and memory stay flat: late runs of one long-lived browser against early ones."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median
from time import perf_counter

import fixtures
from assistant.browser import BrowserOptions, open_browser
from assistant.card.modules import find_softhsm
from assistant.rehearsal.run import prepare, rehearse
from assistant.run.limits import Limits
from assistant.setup import find_browser
from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import tree_cpu_s, tree_memory_mb

_LIMIT = (
    "What grows and shrinks again is Playwright's driver (Node.js): up to 70 MiB of garbage before it collects it. The "
    "browser grows by a few MiB, this program by some 10 MiB in its first 40 runs and then hardly."
)


def measure(full: bool, say: Say) -> list[Figure]:
    """Make many runs as a worker does and compare the runs around an early and around a late one."""
    window, early, late = (50, 50, 500) if full else (20, 30, 60)
    scenario = fixtures.scenarios()["first-time"]
    softhsm = find_softhsm()
    walls: list[float] = []
    cpus: list[float] = []
    memory: list[float] = []
    with ExitStack() as session:
        browser = session.enter_context(open_browser(find_browser(unattended=True), BrowserOptions()))

        def run() -> None:
            with ExitStack() as stack:
                stage = prepare(scenario, softhsm, stack).result()
                report = rehearse(scenario, stage, browser, Limits(), lambda _step, _screen: None)
                if not report.passed:
                    raise SystemExit(f"a run ended as {report.result.outcome} ({report.result.reason})")

        for number in range(1, late + window // 2):
            cpu, began = tree_cpu_s(), perf_counter()
            run()
            walls.append(perf_counter() - began)
            cpus.append(tree_cpu_s() - cpu)
            memory.append(tree_memory_mb())
            if number % 50 == 0:
                say(f"run {number}: {median(walls[-window:]):.2f} s, {median(memory[-window:]):.0f} MiB")

    def around(values: list[float], number: int) -> float:
        return median(values[number - window // 2 : number + window // 2])

    def growth(what: str, values: list[float], limit: str = "") -> Figure:
        ratio = around(values, late) / around(values, early)
        return Figure(f"{what}, run {late} : run {early}", ratio, aim=1.05, limit=limit)

    return [
        growth("processor time", cpus),
        growth("time", walls),
        growth("memory", memory, _LIMIT),
        Figure(f"memory at run {late}, browser included", around(memory, late), "MiB", digits=0),
    ]


BENCHMARK = Benchmark(
    "flat",
    "Cost and memory over many runs",
    "One process with one browser, a fresh context and a fresh mock portal per run, as a worker of `--jobs` does it. "
    "Medians of the 50 runs around each (short form: 20), because Playwright's driver lets its garbage pile up over some 50 "
    "runs before it collects it. Memory is the proportional set size of all processes.",
    measure,
)
