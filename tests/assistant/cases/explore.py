"""Runs many seeded variants and prints the results: ``python -m tests.assistant.cases.explore --kind dialogs``.

The exit code is 1 if a trap didn't end as it must, something was done that shouldn't be, or fewer than 99 % of the
harmless twins passed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from assistant.fleet import Craft, Fleet, cores
from tests.assistant.cases.harness import Ended, own_browser, run_page
from tests.assistant.cases.kinds import ALL, variant
from tests.assistant.cases.variants import Variant

_TWINS = 0.99
"""The share of twins that must pass."""
_BROKEN = Ended("broken", None, {}, 0)


@dataclass(frozen=True, slots=True)
class Task:
    """One variant; the worker makes it itself."""

    kind: str
    seed: int
    trap: bool

    @property
    def variant(self) -> Variant:
        """The page."""
        return variant(self.kind, self.seed, trap=self.trap)

    def __str__(self) -> str:
        return f"{self.kind} {self.seed} {'trap' if self.trap else 'twin'}"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    task: Task
    ended: Ended
    differences: tuple[str, ...]
    wrong_acts: tuple[str, ...]


@dataclass(frozen=True)
class Trying(Craft[Task, Browser, Done]):
    """Runs variants in one browser, each in a fresh context."""

    @contextmanager
    def tools(self, place: int) -> Iterator[Browser]:
        """Open the worker's browser."""
        with own_browser() as browser:
            yield browser

    def is_usable(self, tool: Browser) -> bool:
        """Tell whether the browser still runs."""
        return tool.is_connected()

    def do(self, task: Task, tool: Browser) -> Done:
        """Run one variant."""
        made = task.variant
        ended = run_page(made.html, tool, made.limits)
        return Done(task, ended, tuple(ended.differences(made.expected)), tuple(ended.wrong_acts(made.expected)))

    def deadline_s(self, task: Task) -> float:
        """Give a page two minutes: much more than any variant waits."""
        return 120

    def broken(self, task: Task, reason: str) -> Done:
        """Return the result for a worker that crashed."""
        return Done(task, _BROKEN, (f"the worker broke down: {reason}",), ())


def summary(results: Sequence[Done]) -> Table:
    """Return the table: traps with wrong acts, twins that passed."""
    table = Table("kind", "", "n", "as expected", "wrong acts", "ended otherwise", "endings", "slowest, s")
    for kind in dict.fromkeys(done.task.kind for done in results):
        for trap in (True, False):
            some = [done for done in results if done.task.kind == kind and done.task.trap is trap]
            if not some:
                continue
            wrong = sum(bool(done.wrong_acts) for done in some)
            right = sum(not done.differences for done in some)
            endings = Counter(str(done.ended) for done in some)
            told = ", ".join(f"{ending} {times}" for ending, times in endings.most_common())
            slowest = f"{max(done.ended.took_s for done in some):.1f}"
            otherwise = str(len(some) - right - wrong)
            table.add_row(
                kind, "traps" if trap else "twins", str(len(some)), str(right), str(wrong), otherwise, told, slowest
            )
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.assistant.cases.explore", description=__doc__)
    parser.add_argument("--kind", action="append", choices=[*ALL], help="may be repeated; all without it")
    parser.add_argument("--seeds", type=int, default=20, help="how many seeds; a trap and its twin for each")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", choices=("trap", "twin"))
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--save", type=Path, help="a folder for the pages that ended otherwise")
    options = parser.parse_args(arguments)
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    sides = [side == "trap" for side in ("trap", "twin") if options.only in {None, side}]
    tasks = [Task(kind, seed, trap) for kind in options.kind or ALL for seed in seeds for trap in sides]
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 180)
    results: list[Done] = []

    def note(done: Done) -> None:
        results.append(done)
        if done.differences:
            console.print(
                f"✗ {done.task} ({done.task.variant.name})", *done.differences, sep="\n      ", soft_wrap=True
            )
            if options.save is not None:
                _save(options.save, done)

    Fleet(tasks, options.jobs, Trying(), note).run()
    order = {task: number for number, task in enumerate(tasks)}
    console.print(summary(sorted(results, key=lambda done: order[done.task])))
    return 0 if holds(results) else 1


def holds(results: Sequence[Done]) -> bool:
    """Whether every trap ended as it must, nothing wrong was done, and enough twins passed."""
    if any(done.wrong_acts or (done.task.trap and done.differences) for done in results):
        return False
    twins = [done for done in results if not done.task.trap]
    return sum(not done.differences for done in twins) >= _TWINS * len(twins)


def _save(folder: Path, done: Done) -> None:
    """Save the page in the form the harness reads."""
    folder.mkdir(parents=True, exist_ok=True)
    made = done.task.variant
    name = str(done.task).replace(" ", "-")
    folder.joinpath(f"{name}.html").write_text(f"<!-- expect: {made.expected} -->\n{made.html}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
