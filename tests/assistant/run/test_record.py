"""The one record of a run: nothing copies it, nothing changes it, and who asks for help doesn't wait for it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.base.outcome import Outcome, reasons
from assistant.receipts import SavedReceipt
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.drift.rehearsal import DriftRun
from assistant.rehearsal.report.record import ReportedRun
from assistant.rehearsal.verdict import Verdict
from assistant.rehearsal.worker import Ran
from assistant.run.done import Deed
from assistant.run.record import Ending, RunResult, StepRecord

ROOT = Path(__file__).parents[3]
RESULT = RunResult(
    Ending(Outcome.HALTED, "screen_unknown", seen="x"), 12, (StepRecord("nes", "nes", 1, 2),), (Deed.MOVED_ON,)
)


@pytest.mark.parametrize("around", [Receipt, Verdict, ReportedRun, Ran, SavedReceipt, DriftRun])
def test_what_stands_around_the_record_copies_nothing_of_it(around: type[Any]) -> None:
    """No field of the record or of its ending is a field of what a receipt, a report or drift makes of it."""
    assert is_dataclass(around)
    held = {field.name for part in (RunResult, Ending) for field in fields(part)} - {"ending"}
    assert held & {field.name for field in fields(around)} == set()


def test_a_record_is_not_changed_and_travels() -> None:
    """What the loop made is what the command gets from its worker, and nobody can write into it."""
    assert pickle.loads(pickle.dumps(RESULT)) == RESULT  # noqa: S301 (our own)
    with pytest.raises(FrozenInstanceError):
        RESULT.duration_ms = 1  # type: ignore[misc]


def test_a_value_of_another_type_makes_no_record() -> None:
    """An unknown outcome or a time that isn't a number is our mistake, and fails where we make it."""
    with pytest.raises(ValidationError):
        Ending("great")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        RunResult(RESULT.ending, duration_ms="5")  # type: ignore[arg-type]


@pytest.mark.parametrize("code", list(reasons()))
def test_a_reason_brings_its_outcome(code: str) -> None:
    """Ending a run for a reason from the catalogue sets the outcome, and you can't choose another."""
    assert Ending.because(code) == Ending(reasons()[code].outcome, code)


def test_help_does_not_wait_for_the_record() -> None:
    """`--help` and `--version` are answered without loading what validates files."""
    program = """
import sys
from assistant.cli.app import app
try:
    app(sys.argv[1:])
finally:
    assert not {"pydantic", "assistant.run.record"} & sys.modules.keys()
"""
    for option in ("--help", "--version"):
        asked = [sys.executable, "-c", program, option]
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
