"""``eonay drift`` as it is started: workers, the report, an interrupt."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.fleet import Fleet
from assistant.rehearsal.drift.cases import case_of
from assistant.rehearsal.drift.craft import Drifting
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.setup import find_browser
from tests.assistant.commands import started


@pytest.mark.nightly(
    sample="tests/assistant/rehearsal/drift/test_drift_command.py::test_a_compared_way_is_made_by_workers_too"
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
    assert (tmp_path / "r" / "drift.json").is_file()


def test_a_compared_way_is_made_by_workers_too() -> None:
    """The recorded script succeeds where nothing that it knows has changed, in a worker's own browser."""
    found: list[DriftRun] = []
    assert Fleet(
        [replace(case_of(2, "device-scale"), person="ayse")], 1, Drifting("recorded", find_browser()), found.append
    ).run()
    assert [run.verdict for run in found] == ["success"]
