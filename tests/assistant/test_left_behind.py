"""What runs leave on disk and print keeps its shape, byte for byte: the files in `golden` were made by earlier code."""

from __future__ import annotations

import json
import platform
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import fixtures
from assistant.base.outcome import Outcome
from assistant.base.version import version
from assistant.cli.receipts import ReceiptsOptions, run_receipts
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.drift.cases import Case
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.rehearsal.drift.report import DriftReport
from assistant.rehearsal.report.junit import junit_xml
from assistant.rehearsal.report.record import RunReport, read_report, reported
from assistant.rehearsal.report.write import write_report
from assistant.rehearsal.show import as_json
from assistant.rehearsal.verdict import Verdict
from assistant.run.done import Deed
from assistant.run.record import Ending, RunResult, StepRecord
from tests.other_tools.scripts import ScriptEnd

GOLDEN = Path(__file__).parent / "golden"
SCENARIO = replace(
    fixtures.scenarios()["first-time"],
    about={"tr": "İlk kez <b>E-Onay</b>", "en": "First time"},
    tags=frozenset({"main", "2026"}),
)
GIVEN = RunResult(
    Ending(Outcome.CONSENT_GIVEN),
    duration_ms=184_321,
    steps=(StepRecord("landing", "landing", 3, 2100), StepRecord("verify", "eonay_given", 180_000, 4321)),
    done=(Deed.MOVED_ON, Deed.CONSENT_TICKED, Deed.SIGNATURE_HANDED_IN),
    stands_on="withdrawal",
)
HALTED = RunResult(
    Ending(Outcome.HALTED, "screen_unknown", "Ayrıntı.", "“Devam”", "2 of them\x00</script>"), 950, GIVEN.steps[:1]
)
CUT = RunResult(Ending(Outcome.UNVERIFIED, "not_checkable"), 61_000, interrupted=True)


def receipt_of(result: RunResult, minute: int = 30) -> Receipt:
    """Return the receipt of a rehearsal that ended with *result*."""
    began = datetime(2026, 11, 23, 6, minute, 5, 123_000, tzinfo=UTC)
    return Receipt(began, "first-time", "2026", "PKCS#11 (libsofthsm2.so)", result, look="plain")


def verdicts() -> list[Verdict]:
    """Return one that passed, one that halted and one that was cut short."""
    return [
        Verdict(receipt_of(GIVEN), Outcome.CONSENT_GIVEN, None, {"login": 1, "consent_given": 1}),
        Verdict(receipt_of(HALTED, 31), Outcome.CONSENT_GIVEN, None, {"login": 2}, ("busy home",), ("login 2 ≠ 1",)),
        Verdict(receipt_of(CUT, 32)),
    ]


def the_report() -> RunReport:
    """Return the report of these runs, of one part of three."""
    browser = "Chromium 150.0 (headless shell)"
    runs = [
        reported(verdict, SCENARIO, number, "2/3", browser if number < 3 else "")
        for number, verdict in enumerate(verdicts(), 1)
    ]
    runs[1] = replace(runs[1], picture="2-0002-first-time.jpg")
    return RunReport(
        began=datetime(2026, 11, 23, 6, 30, tzinfo=UTC),
        ended=datetime(2026, 11, 23, 6, 34, 30, 500_000, tzinfo=UTC),
        runs=tuple(runs),
        planned=4,
        jobs=2,
        shards=("2/3",),
        program="eonay 0.1.0",
    )


def test_a_receipt_is_written_as_it_ever_was(tmp_path: Path) -> None:
    """Names, order, spaces and values of a receipt's file are those of format 5; the machine's own facts apart."""
    path = replace(receipt_of(GIVEN), scenario="guided", witness="person").save(tmp_path)
    assert path.name == "20261123T063005-guided.json"
    wanted = (GOLDEN / "receipts" / path.name).read_text(encoding="utf-8")
    for golden, here in (
        ("eonay 0.1.0", f"eonay {version()}"),
        ('"python": "3.12.3"', f'"python": "{platform.python_version()}"'),
        ('"system": "Linux"', f'"system": "{platform.system()}"'),
    ):
        wanted = wanted.replace(golden, here)
    assert path.read_text(encoding="utf-8") == wanted


def test_receipts_of_every_format_are_listed_as_they_ever_were(capsys: pytest.CaptureFixture[str]) -> None:
    """`receipts --json` tells the same of receipts of formats 1 to 5, with what each of them can't know."""
    assert run_receipts(ReceiptsOptions(json_output=True), GOLDEN / "receipts") == 0
    assert json.loads(capsys.readouterr().out) == json.loads((GOLDEN / "listed.json").read_text(encoding="utf-8"))


def test_a_report_is_written_as_it_ever_was(tmp_path: Path) -> None:
    """`report.json`, `junit.xml` and what `dry-run --json` prints are the same bytes for the same runs."""
    write_report(tmp_path, the_report(), {})
    for name in ("report.json", "junit.xml"):
        assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes(), name
    printed = json.dumps(as_json(verdicts()), ensure_ascii=False, indent=2) + "\n"
    assert printed == (GOLDEN / "dry-run.json").read_text(encoding="utf-8")


def test_a_report_of_earlier_code_is_read(tmp_path: Path) -> None:
    """A report that lies on a disk since before is the same report, and is written again as it was."""
    report = read_report(GOLDEN / "report.json")
    assert report.as_json() == the_report().as_json()
    assert junit_xml(report) == (GOLDEN / "junit.xml").read_bytes()
    write_report(tmp_path, report, {})
    assert (tmp_path / "report.json").read_bytes() == (GOLDEN / "report.json").read_bytes()


def test_a_report_from_before_looks_is_read() -> None:
    """A report that names no look is one of the usual look."""
    assert read_report(GOLDEN / "report-without-looks.json").as_json() == the_report().as_json()


def drift_runs() -> list[DriftRun]:
    """Return a drift run of ours that went astray, and one of a recorded script."""
    ours = Case(7, "names", ("name", "late"), False, "login", "ayse", "radio", "2026")
    theirs = replace(ours, seed=8, kind="state-both", stops=True)
    halted = Ending(Outcome.HALTED, "control_missing", None, "“Devam”", "no button")
    return [
        DriftRun(ours, "missed", RunResult(halted, 950)),
        DriftRun(theirs, "wrong", ScriptEnd("TimeoutError", 3012), ("consent_withdrawn",)),
    ]


def test_a_drift_run_is_told_as_it_ever_was() -> None:
    """What `drift --json` and `drift.json` say of a run has the same names, order and values."""
    told = [DriftReport("eonay", [run]).as_json()["not_as_expected"] for run in drift_runs()]
    assert json.dumps(told, ensure_ascii=False, indent=2) + "\n" == (GOLDEN / "drift.json").read_text(encoding="utf-8")
