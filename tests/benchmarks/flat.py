"""Whether cost and memory stay flat: late runs of one worker against early ones."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import fixtures
from assistant.browser.launch import BrowserOptions
from assistant.card.modules import find_softhsm
from assistant.fleet import Fleet
from assistant.fleet.local import RENEW_AFTER
from assistant.rehearsal.shard import jobs_of
from assistant.rehearsal.worker import Ran, Rehearsing
from assistant.run.limits import Limits
from assistant.setup import find_browser
from tests.benchmarks.figures import Benchmark, Figure, Say
from tests.benchmarks.processes import tree_cpu_s, tree_memory_mb

_FIRST, _LAST_OF_ONE = 10, RENEW_AFTER - 5
"""Runs between which one worker is at work, warm, and not yet followed by another."""


def measure(full: bool, say: Say) -> list[Figure]:
    """Make many runs with one worker and compare the runs around an early and around a late one."""
    window, early, late = (50, 50, 500) if full else (20, 30, 60)
    cpus: list[float] = []
    walls: list[float] = []
    memory: list[float] = []
    own: list[float] = []
    """Processor time without the browser's, after each run."""
    spent, began = tree_cpu_s(), perf_counter()

    def note(ran: Ran) -> None:
        nonlocal spent, began
        if not ran.run.verdict.passed:
            raise SystemExit(f"a run ended as {ran.run.result.ending}")
        cpus.append(tree_cpu_s() - spent)
        walls.append(perf_counter() - began)
        spent, began = tree_cpu_s(), perf_counter()
        memory.append(tree_memory_mb())
        own.append(tree_cpu_s(without="chrom"))
        if len(walls) % 50 == 0:
            say(f"run {len(walls)}: {median(walls[-window:]):.2f} s, {median(memory[-window:]):.0f} MiB")

    craft = Rehearsing(Limits(), BrowserOptions(), find_browser(unattended=True), softhsm=find_softhsm())
    jobs = jobs_of([fixtures.scenarios()["first-time"]], late + window // 2)
    Fleet(jobs, 1, craft, note).run()

    def around(values: list[float], number: int) -> float:
        return median(values[number - window // 2 : number + window // 2])

    def growth(what: str, values: list[float], aim: float = 1.05) -> Figure:
        return Figure(f"{what}, run {late} : run {early}", around(values, late) / around(values, early), aim=aim)

    return [
        growth("processor time", cpus),
        growth("time", walls),
        growth("memory", memory, 1.02),
        Figure(
            "processor time of Python, driver, mock portal and card, per run",
            (own[_LAST_OF_ONE - 1] - own[_FIRST - 1]) / (_LAST_OF_ONE - _FIRST),
            "s",
            aim=1.3,
        ),
        Figure(f"memory at run {late}, browser included", around(memory, late), "MiB", digits=0),
    ]


BENCHMARK = Benchmark(
    "flat",
    "Cost and memory over many runs",
    "The runs of `--jobs 1`: one worker with one browser, a fresh context and a fresh mock portal per run. Medians of the "
    "50 runs around each (short form: 20), because a worker grows until a fresh one follows it, every 50 runs. Memory is "
    "the proportional set size of all processes.",
    measure,
)
