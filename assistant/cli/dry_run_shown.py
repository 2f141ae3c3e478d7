"""``eonay dry-run`` step by step: one run after the other in a worker of its own, each step shown when it begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, TypeVar

from rich.console import Console

from assistant.fleet import Craft, Fleet
from assistant.outcome import Language
from assistant.receipt import keep
from assistant.rehearsal.run import Report
from assistant.rehearsal.show import StepList, live_steps, show_end

Task = TypeVar("Task")
Done = TypeVar("Done")


def run_shown(
    tasks: Sequence[tuple[str, Task]],
    craft: Craft[Task, Any, Done],
    report_of: Callable[[Done], Report],
    console: Console,
    language: Language,
) -> list[Report]:
    """Do the *tasks*, given with their titles, show how each goes, keep its receipt, and return their reports.

    After Ctrl+C those that have not begun are left out. Raises `EonayError` where the worker cannot work at all.
    """
    titles = [title for title, _ in tasks]
    reports: list[Report] = []
    with ExitStack() as shown:

        def begin() -> StepList:
            return shown.enter_context(live_steps(console, titles[len(reports)], language))

        listing = begin()

        def said(step: tuple[str, str]) -> None:
            listing.note(*step)

        def done(told: Done) -> None:
            nonlocal listing
            report = report_of(told)
            listing.end(good=report.result.outcome.exit_code == 0)
            shown.close()
            reports.append(report)
            show_end(console, report, keep(report.receipt, language), language)
            if len(reports) < len(titles):
                listing = begin()

        Fleet([task for _, task in tasks], 1, craft, done, said).run()
    return reports
