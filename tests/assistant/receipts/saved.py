"""What the tests of receipts save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.base.outcome import Outcome
from assistant.receipts.receipt import Receipt
from assistant.run.record import Ending, RunResult, StepRecord

BEGAN = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
GOOD = RunResult(
    Ending(Outcome.CONSENT_GIVEN),
    duration_ms=184_300,
    steps=(StepRecord("landing", "landing", 0, 2100), StepRecord("verify", "eonay_given", 180_000, 4300)),
)
FAILED = RunResult(Ending(Outcome.FAILED, "pin_wrong"), 61_000, GOOD.steps[:1])

Save = Callable[..., Path]


def saved(result: RunResult, days: int, folder: Path, **fields: Any) -> Path:
    """Save a receipt into *folder*, of a run that many *days* after the first."""
    facts = {"scenario": "guided", "edition": "2026", "card": "software card", **fields}
    return Receipt(BEGAN + timedelta(days=days), result=result, **facts).save(folder)


def fill(folder: Path, save: Save) -> None:
    """Put three receipts and four broken files into *folder*."""
    (folder / "okul").mkdir()
    save(days=1)
    save(FAILED, days=2)
    save(days=3, folder=folder / "okul", witness="person", scenario="companion", edition="unknown")
    (folder / "kesik.json").write_text('{"format": 2, "outc', encoding="utf-8")
    (folder / "bos.json").write_bytes(b"")
    (folder / "liste.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / "resim.json").write_bytes(b"\x89PNG\xff\xff")
