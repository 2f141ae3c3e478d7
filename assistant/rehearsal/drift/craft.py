"""How a fleet's worker makes drift runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Self

from loguru import logger

from assistant.base.errors import EonayError
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.fleet import Craft
from assistant.rehearsal.drift.cases import Case
from assistant.rehearsal.drift.rehearsal import QUICK, DriftRun, rehearse_drift
from assistant.run.deadline import run_deadline_s
from assistant.run.record import Ending, RunResult
from assistant.setup import find_browser
from assistant.setup.browser import Browser as FoundBrowser
from flows import Look, portal_look


@dataclass(frozen=True, slots=True)
class DriftTool:
    """A browser we reuse, and how we use it."""

    run: Callable[[Case], DriftRun]
    is_usable: Callable[[], bool]


@dataclass(frozen=True)
class Drifting(Craft[Case, DriftTool, DriftRun]):
    """Makes the runs for one way of finding things."""

    browser: FoundBrowser
    extra_args: tuple[str, ...] = ()
    """Extra arguments for the browser."""
    look: Look = field(default_factory=portal_look, repr=False)
    """The portal's words, for the flow."""
    longest_s: float | None = None
    """Timeout for a run, seconds; None derives it from its limits."""
    choice: Path | str | None = None
    """The browser we were told to use, like `Settings.browser`. Another machine looks for its own."""
    way: str = "eonay"
    """Who finds things on the pages: the flow here, another tool in ``tests/other_tools``."""

    def here(self) -> Self:
        """Return a copy that uses this machine's own browser."""
        return replace(self, browser=find_browser(self.choice, unattended=True))

    @contextmanager
    def tools(self, place: int) -> Iterator[DriftTool]:
        """Open a worker's browser."""
        with open_browser(self.browser, BrowserOptions(extra_args=self.extra_args)) as browser:
            yield DriftTool(partial(rehearse_drift, browser=browser, look=self.look), browser.is_connected)

    def is_usable(self, tool: DriftTool) -> bool:
        """Whether the browser is still running."""
        return tool.is_usable()

    def do(self, task: Case, tool: DriftTool) -> DriftRun:
        """Make one run against the portal of the case."""
        try:
            return tool.run(task)
        except EonayError as error:
            return _unmade(task, error.code)
        except Exception as error:  # noqa: BLE001 (one broken run mustn't take the others with it)
            logger.opt(exception=error).debug("unexpected error")
            return self.broken(task, "internal_error")

    def deadline_s(self, task: Case) -> float:
        """Return the timeout for a run, seconds; the same for every way."""
        return run_deadline_s(QUICK, self.longest_s)

    def broken(self, task: Case, reason: str) -> DriftRun:
        """Return a run that its worker couldn't report."""
        return _unmade(task, reason)


def _unmade(case: Case, reason: str) -> DriftRun:
    stopped = reason == "person_stopped"
    return DriftRun(case, "missed", RunResult(Ending.because(reason), interrupted=stopped))
