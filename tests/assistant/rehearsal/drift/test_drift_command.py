"""``eonay drift`` as it is started: workers, the report, an interrupt."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.base.errors import UsageError
from assistant.cli import source
from assistant.cli.drift import DriftOptions, run_command
from assistant.fleet import Fleet
from assistant.rehearsal.drift.cases import case_of
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.rehearsal.drift.report import DriftReport, as_markdown
from assistant.setup import find_browser
from tests.assistant.commands import started
from tests.other_tools.craft import Scripting


@pytest.mark.nightly(
    sample="tests/assistant/rehearsal/drift/test_drift_command.py::test_another_tool_is_run_by_workers_too"
)
def test_workers_make_every_run_and_the_report(tmp_path: Path) -> None:
    """Two workers make the runs of a kind, JSON goes to stdout alone, the report is kept, the exit code is 0."""
    args = ("drift", "--kind", "spaces", "--kind", "state-both", "--seeds", "4", "--jobs", "2", "--json")
    process = started(*args, "--report", str(tmp_path / "r"), home=tmp_path)
    told, said = process.communicate(timeout=180)
    assert process.returncode == 0, said
    report = json.loads(told)["reports"][0]
    assert report == json.loads((tmp_path / "r" / "drift.json").read_text(encoding="utf-8"))["reports"][0]
    assert report["kinds"]["spaces"]["success"] == 2
    assert report["kinds"]["state-both"]["stopped"] == 2
    assert (tmp_path / "r" / "drift.md").is_file()


@pytest.mark.nightly(sample="tests/assistant/rehearsal/test_fleet.py::test_two_workers_and_an_interrupt")
def test_an_interrupt_keeps_what_ran(tmp_path: Path) -> None:
    """Ctrl+C ends the workers: exit code 4, what ran is counted and kept, and nothing counts that was cut short."""
    args = ("drift", "--seeds", "60", "--jobs", "2", "--compare", "--json", "--report", str(tmp_path / "r"))
    process = started(*args, home=tmp_path)
    assert process.stderr is not None
    while not (line := process.stderr.readline()).startswith("✓"):
        assert line, "it ended before its first run"
    process.send_signal(signal.SIGINT)
    told, said = process.communicate(timeout=120)
    assert process.returncode == 4, said
    assert "Traceback" not in said
    (report,) = json.loads(told)["reports"]
    runs = report["harmless"]["runs"] + report["stops"]["runs"]
    assert 1 <= runs < 60
    assert not report["not_as_expected"], report
    assert report["meets_aims"] is None, "of what did not run nobody knows"
    assert "hedeflere ulaşıldığı söylenemez" in said
    assert (tmp_path / "r" / "drift.json").is_file()


def test_a_report_of_no_run_claims_nothing() -> None:
    """Interrupted before the first run has ended, the page has no table in which nothing went wrong."""
    page = as_markdown([DriftReport("eonay", [])])
    assert "No run finished; this says nothing." in page
    assert "|" not in page


def test_another_tool_is_run_by_workers_too() -> None:
    """The recorded script succeeds in a worker's own browser if nothing that it knows has changed."""
    found: list[DriftRun] = []
    recorded = Scripting(find_browser(), way="recorded")
    assert Fleet([replace(case_of(2, "device-scale"), person="ayse")], 1, recorded, found.append).run()
    assert [run.verdict for run in found] == ["success"]


def test_without_a_checkout_there_is_nothing_to_compare_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed program, which has no tests, says so before it runs anything."""
    monkeypatch.setattr(source, "_CHECKOUT", tmp_path)
    with pytest.raises(UsageError, match="kaynak kod"):
        run_command(DriftOptions(seeds=1, compare=True, language="en"))
