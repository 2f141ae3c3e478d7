"""How a fleet's worker makes dry runs: one browser for all, a fresh context and a fresh stage for each run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, BrowserContext

from assistant.base.errors import EonayError
from assistant.base.outcome import Outcome
from assistant.browser.launch import BrowserOptions, browser_name, open_browser
from assistant.card.modules import find_softhsm
from assistant.fleet import Craft, say
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.dry_run import prepare, rehearse
from assistant.rehearsal.report.picture import masked_picture
from assistant.rehearsal.report.record import ReportedRun, reported
from assistant.rehearsal.shard import Job
from assistant.rehearsal.verdict import Verdict
from assistant.run.assemble import untold
from assistant.run.deadline import run_deadline_s
from assistant.run.limits import Limits
from assistant.run.record import Deeds, Ending, RunResult
from assistant.setup import find_browser
from assistant.setup.browser import Browser as FoundBrowser
from fixtures import people
from flows import HostRule, Look, portal_look


@dataclass(frozen=True, slots=True)
class Ran:
    """What a worker reports about one run."""

    number: int
    run: ReportedRun
    picture: bytes | None


@dataclass(frozen=True)
class Rehearsing(Craft[Job, Browser, Ran]):
    """How workers make dry runs, and with what."""

    limits: Limits
    how: BrowserOptions
    browser: FoundBrowser
    choice: Path | str | None = None
    """The browser we were told to use, like `Settings.browser`. Another machine looks for its own."""
    look: Look = field(default_factory=portal_look, repr=False)
    """The portal's words."""
    softhsm: Path | None = None
    pictures: bool = False
    """Whether to take a picture of a failed run's last page."""
    tells_steps: bool = False
    """Whether to report each step as it starts."""
    longest_s: float | None = None
    """Timeout for a run, seconds; None derives it from its limits."""

    def here(self) -> Self:
        """Return a copy that uses this machine's own browser and card module."""
        return replace(self, browser=find_browser(self.choice, unattended=True), softhsm=find_softhsm())

    @contextmanager
    def tools(self, place: int) -> Iterator[Browser]:
        """Open the browser for the worker at *place*."""
        with open_browser(self.browser, self.how) as browser:
            yield browser

    def is_usable(self, tool: Browser) -> bool:
        """Whether the browser is still running."""
        return tool.is_connected()

    def do(self, task: Job, tool: Browser) -> Ran:
        """Make one run in a fresh context against a fresh stage."""
        return _ran(task, tool, self)

    def deadline_s(self, task: Job) -> float:
        """Return the timeout for a run of its scenario, seconds."""
        return run_deadline_s(self.limits.but(task.scenario.patience), self.longest_s)

    def broken(self, task: Job, reason: str) -> Ran:
        """Return a run that its worker couldn't report: nobody knows what it did."""
        return _told(task, unmade(task, Ending.because(reason), done=None), None)


def _ran(job: Job, browser: Browser, craft: Rehearsing) -> Ran:
    scenario = job.scenario
    pictures: list[bytes | None] = []

    def picture(context: BrowserContext, rule: HostRule, result: RunResult) -> None:
        ended = (result.outcome.value, result.reason)
        if craft.pictures and ended != (scenario.expected_outcome, scenario.expected_reason):
            person = people()[scenario.person]
            hide = (*person.name.split(), person.password, person.sms_code, person.pin)
            pictures.append(masked_picture(context, rule, [word for word in hide if word]))

    verdict: Verdict | None = None
    try:
        with ExitStack() as stack:
            stage = prepare(scenario, craft.softhsm, stack).result()
            on_step = _said if craft.tells_steps else untold
            verdict = rehearse(scenario, stage, browser, craft.limits, on_step, look=craft.look, at_end=picture)
    except EonayError as error:
        verdict = verdict or unmade(job, Ending.because(error.code))
    except Exception as error:  # noqa: BLE001 (one broken run mustn't take the others with it)
        # If we already have the verdict, only the teardown failed.
        from loguru import logger

        logger.opt(exception=error).debug("unexpected error")
        verdict = verdict or unmade(job, Ending.because("internal_error"))
    return _told(job, verdict, pictures[-1] if pictures else None, browser_name(browser, craft.browser))


def _told(job: Job, verdict: Verdict, picture: bytes | None, browser: str = "") -> Ran:
    return Ran(job.number, reported(verdict, job.scenario, job.repetition, browser=browser), picture)


def verdict_of(ran: Ran) -> Verdict:
    """Return the verdict on a run that a worker has reported."""
    return ran.run.verdict


def unmade(job: Job, ending: Ending, done: Deeds = ()) -> Verdict:
    """Return the verdict on a run that couldn't be made, or didn't report what it had *done* (None)."""
    scenario = job.scenario
    result = RunResult(ending, done=done)
    receipt = Receipt(datetime.now(UTC), scenario.name, scenario.edition, "-", result, look=scenario.look)
    return Verdict(receipt, Outcome(scenario.expected_outcome), scenario.expected_reason)


def _said(step: str, screen: str) -> None:
    say((step, screen))
