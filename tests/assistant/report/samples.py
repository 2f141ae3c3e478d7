"""Runs and reports to try the report's parts on."""

from __future__ import annotations

from dataclasses import replace

from assistant.report.record import RunRecord, RunReport, StepTime

RUN = RunRecord(
    scenario="first-time",
    edition="2026",
    repetition=1,
    person="ayse",
    about={"tr": "İlk kez <b>E-Onay</b>", "en": "First time"},
    tags=("main",),
    began="2026-11-23T09:00:00.000+00:00",
    duration_ms=2500,
    card="PKCS#11 (libsofthsm2.so)",
    outcome="consent_given",
    reason=None,
    expected_outcome="consent_given",
    expected_reason=None,
    passed=True,
    exit_code=0,
    expected="",
    seen="",
    wrong=(),
    steps=(StepTime("landing", "landing", 100, 900), StepTime("home", "home", 1000, 1500)),
    ledger={"login": 1, "consent_given": 1},
    faults=(),
    browser="Chromium 150.0 (headless shell)",
)
FAILED = replace(
    RUN,
    scenario="moved-host",
    outcome="halted",
    reason="screen_unknown",
    passed=False,
    exit_code=5,
    expected="“Devam”",
    seen="2 of them\x00</script>",
    wrong=("login 2 ≠ 1",),
    picture="0002-moved-host.jpg",
)
STOPPED = replace(RUN, scenario="slow", outcome="cancelled", reason="person_stopped", passed=False, exit_code=4)


def report_of(*runs: RunRecord, planned: int | None = None, shards: tuple[str, ...] = ()) -> RunReport:
    """Return a report of *runs*, by default a complete one."""
    return RunReport(
        began="2026-11-23T09:00:00.000+00:00",
        ended="2026-11-23T09:01:00.000+00:00",
        runs=runs,
        planned=len(runs) if planned is None else planned,
        jobs=2,
        shards=shards,
    )
