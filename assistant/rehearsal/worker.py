"""One worker of a fleet: a process with a browser that it reuses, a fresh context and a fresh stage for every run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from assistant.browser import BrowserOptions, open_browser
from assistant.errors import EonayError
from assistant.log import configure_log
from assistant.loop import Patience, RunResult
from assistant.outcome import Outcome
from assistant.receipt import Receipt
from assistant.rehearsal.remote import remote_browser
from assistant.rehearsal.run import Report, prepare, rehearse
from assistant.rehearsal.shard import Job
from assistant.report.picture import masked_picture
from assistant.report.record import RunRecord, record_of
from assistant.setup.browser import Browser as FoundBrowser
from fixtures import people
from flows import HostRule


@dataclass(frozen=True, slots=True)
class Equipment:
    """What every worker works with."""

    patience: Patience
    how: BrowserOptions
    browser: FoundBrowser | None
    """None where browsers run on another machine."""
    connect: tuple[str, ...] = ()
    """Addresses of Playwright servers; workers take them in turn."""
    remote_executable: Path | None = None
    softhsm: Path | None = None
    pictures: bool = False
    """Whether to picture the last page of a run that failed."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a worker tells of one run."""

    number: int
    record: RunRecord
    receipt: Receipt
    picture: bytes | None


@dataclass(frozen=True, slots=True)
class Unfit:
    """What a worker tells when it cannot work at all: a code of the error catalogue."""

    reason: str
    detail: str | None


def work(pipe: Connection, equipment: Equipment, place: int) -> None:
    """Make the runs that come through *pipe*, one after the other, until it is closed. The body of the process."""
    # In a session of its own a terminal's Ctrl+C reaches the command alone, which then tells each worker once.
    if hasattr(os, "setsid"):
        os.setsid()
    configure_log()
    # An interrupt between two runs, or a command that is no more: nothing is left to tell, and nobody to tell it to.
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError):
        try:
            _work(pipe, equipment, place)
        except EonayError as error:
            pipe.send(Unfit(error.code, error.detail))


def _work(pipe: Connection, equipment: Equipment, place: int) -> None:
    with ExitStack() as stack:
        browser: Browser | None = None
        while True:
            job: Job | None = pipe.recv()
            if job is None:
                return
            if browser is None or not browser.is_connected():
                stack.close()
                browser = stack.enter_context(_browser(equipment, place))
            ran = _ran(job, browser, equipment)
            pipe.send(ran)
            if ran.record.stopped:
                return


@contextmanager
def _browser(equipment: Equipment, place: int) -> Iterator[Browser]:
    if equipment.browser is None:
        address = equipment.connect[place % len(equipment.connect)]
        extra = tuple(equipment.how.extra_args)
        with remote_browser(address, equipment.remote_executable, extra) as browser:
            yield browser
    else:
        with open_browser(equipment.browser, equipment.how) as browser:
            yield browser


def _ran(job: Job, browser: Browser, equipment: Equipment) -> Ran:
    scenario = job.scenario
    pictures: list[bytes | None] = []

    def picture(context: BrowserContext, rule: HostRule, result: RunResult) -> None:
        ended = (result.outcome.value, result.reason)
        if equipment.pictures and ended != (scenario.expected_outcome, scenario.expected_reason):
            person = people()[scenario.person]
            hide = (*person.name.split(), person.password, person.sms_code, person.pin)
            pictures.append(masked_picture(context, rule, [word for word in hide if word]))

    try:
        with ExitStack() as stack:
            stage = prepare(scenario, equipment.softhsm, stack).result()
            report = rehearse(scenario, stage, browser, equipment.patience, _nothing, at_end=picture)
    except EonayError as error:
        report = unmade(job, error.reason().outcome, error.code)
    except Exception as error:  # noqa: BLE001 (one run that breaks must not take the others with it)
        from loguru import logger

        logger.opt(exception=error).debug("unexpected error")
        report = unmade(job, Outcome.FAILED, "internal_error")
    return Ran(
        job.number,
        record_of(report, scenario, job.repetition),
        report.receipt,
        pictures[-1] if pictures else None,
    )


def unmade(job: Job, outcome: Outcome, reason: str) -> Report:
    """Return the report of a run that could not be made."""
    result = RunResult(outcome, reason, None, "", "", 0, ())
    receipt = Receipt(datetime.now(UTC), job.scenario.name, job.scenario.edition, "-", result)
    return Report(receipt, job.scenario.expected_outcome, job.scenario.expected_reason)


def _nothing(step: str, screen: str) -> None:
    """Show no steps: many runs go on at once."""
