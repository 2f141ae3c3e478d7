"""Runs and reports to try the report's parts on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.base.outcome import Outcome
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.report.record import ReportedRun, RunReport
from assistant.rehearsal.verdict import Verdict
from assistant.run.record import Ending, RunResult, StepRecord

BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)
RESULT = RunResult(
    Ending(Outcome.CONSENT_GIVEN),
    duration_ms=2500,
    steps=(StepRecord("landing", "landing", 100, 900), StepRecord("home", "home", 1000, 1500)),
    done=None,  # a report does not tell
)
RUN = ReportedRun(
    Verdict(
        Receipt(BEGAN, "first-time", "2026", "PKCS#11 (libsofthsm2.so)", RESULT),
        Outcome.CONSENT_GIVEN,
        ledger={"login": 1, "consent_given": 1},
    ),
    repetition=1,
    person="ayse",
    about={"tr": "İlk kez <b>E-Onay</b>", "en": "First time"},
    tags=("main",),
    browser="Chromium 150.0 (headless shell)",
)


def like(
    run: ReportedRun,
    ending: Ending,
    *,
    scenario: str = "",
    edition: str = "",
    began: datetime = BEGAN,
    interrupted: bool = False,
    wrong: tuple[str, ...] = (),
) -> ReportedRun:
    """Return a run like *run* that ended in another way."""
    result = replace(run.result, ending=ending, interrupted=interrupted)
    scenario, edition = scenario or run.receipt.scenario, edition or run.receipt.edition
    receipt = replace(run.receipt, result=result, scenario=scenario, edition=edition, began=began)
    return replace(run, verdict=replace(run.verdict, receipt=receipt, wrong=wrong))


GIVEN = Ending(Outcome.CONSENT_GIVEN)
UNKNOWN = Ending(Outcome.HALTED, "screen_unknown", None, "“Devam”", "2 of them\x00</script>")
FAILED = replace(
    like(RUN, UNKNOWN, scenario="moved-host", wrong=("login 2 ≠ 1",)),
    picture="0002-moved-host.jpg",
)
STOPPED = like(RUN, Ending(Outcome.CANCELLED, "person_stopped"), scenario="slow")
AGAIN = replace(like(FAILED, UNKNOWN, scenario="first-time", wrong=FAILED.verdict.wrong), repetition=2)
"""The first scenario again, with another end."""


def report_of(*runs: ReportedRun, planned: int | None = None, shards: tuple[str, ...] = ()) -> RunReport:
    """Return a report of *runs*, by default a complete one."""
    return RunReport(
        began=BEGAN,
        ended=BEGAN.replace(minute=1),
        runs=runs,
        planned=len(runs) if planned is None else planned,
        jobs=2,
        shards=shards,
    )
