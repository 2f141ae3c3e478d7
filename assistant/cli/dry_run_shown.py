"""``eonay dry-run`` step by step: one run at a time in its own worker, showing each step as it starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, TypeVar

from rich.console import Console

from assistant.base.words import Language
from assistant.fleet import Craft, Fleet
from assistant.receipts.receipt import keep
from assistant.rehearsal.show import StepList, live_steps, show_end
from assistant.rehearsal.verdict import Verdict

Task = TypeVar("Task")
Done = TypeVar("Done")


def run_shown(
    tasks: Sequence[tuple[str, Task]],
    craft: Craft[Task, Any, Done],
    verdict_of: Callable[[Done], Verdict],
    console: Console,
    language: Language,
) -> list[Verdict]:
    """Do the *tasks* (each with its title), show progress, save each receipt, and return the verdicts.

    After Ctrl+C the remaining ones are skipped. Raises `EonayError` if the worker can't work at all.
    """
    titles = [title for title, _ in tasks]
    verdicts: list[Verdict] = []
    with ExitStack() as shown:

        def begin() -> StepList:
            return shown.enter_context(live_steps(console, titles[len(verdicts)], language))

        listing = begin()

        def said(step: tuple[str, str]) -> None:
            listing.note(*step)

        def done(told: Done) -> None:
            nonlocal listing
            verdict = verdict_of(told)
            listing.end(good=verdict.result.outcome.exit_code == 0)
            shown.close()
            verdicts.append(verdict)
            show_end(console, verdict, keep(verdict.receipt, language), language)
            if len(verdicts) < len(titles):
                listing = begin()

        Fleet([task for _, task in tasks], 1, craft, done, said).run()
    return verdicts
