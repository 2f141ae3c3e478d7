"""What can be done at the end of a run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.afterwards import Afterwards
from assistant.desk.person import DeskPerson
from assistant.receipts.receipt import Receipt, keep
from assistant.run.record import Ending, RunResult
from tests.assistant.desk.test_focus import Window

NOW = datetime(2026, 1, 5, 7, 15, tzinfo=UTC)
ENDS = datetime(2026, 9, 1, tzinfo=UTC)


def receipt_of(outcome: Outcome, reason: str | None = None) -> Receipt:
    """Return the receipt of a run that ended so."""
    return Receipt(NOW, "guided", "2026", "software card", RunResult(Ending(outcome, reason)))


@pytest.mark.parametrize(
    ("outcome", "reason", "ends", "offered"),
    [
        (Outcome.CONSENT_GIVEN, None, ENDS, ["receipt", "calendar", "next"]),
        (Outcome.ALREADY_CONSENTED, None, None, ["receipt", "next"]),
        (Outcome.CONSENT_GIVEN, None, NOW, ["receipt", "next"]),
        (Outcome.CANCELLED, "person_absent", ENDS, ["receipt", "again", "next"]),
        (Outcome.UNVERIFIED, "not_confirmed", ENDS, ["receipt", "next"]),
    ],
)
def test_what_is_offered_fits_the_end(
    tmp_path: Path, outcome: Outcome, reason: str | None, ends: datetime | None, offered: list[str]
) -> None:
    """A reminder only where the end is known and to come, a new start only if nothing may have been signed."""
    after = Afterwards(words("desk"), ends, now=lambda: NOW)
    receipt = receipt_of(outcome, reason)
    assert [name for name, _ in after.offer(receipt, keep(receipt, "tr", tmp_path))] == offered


def test_practice_offers_no_reminder_of_a_made_up_certificate(tmp_path: Path) -> None:
    """The practice card's last day belongs in nobody's calendar; another story is offered instead."""
    after = Afterwards(words("desk"), ENDS, is_practice=True, now=lambda: NOW)
    receipt = receipt_of(Outcome.CONSENT_GIVEN)
    assert [name for name, _ in after.offer(receipt, keep(receipt, "tr", tmp_path))] == ["receipt", "again", "other"]


def test_the_receipt_is_a_page_and_the_reminder_a_calendar(tmp_path: Path) -> None:
    """Both are written next to the receipt, shown with the system's own program, and the panel says where they lie."""
    shown: list[Path] = []

    def show(path: Path) -> bool:
        shown.append(path)
        return True

    after = Afterwards(words("desk"), ENDS, show=show, now=lambda: NOW)
    receipt = receipt_of(Outcome.CONSENT_GIVEN)
    kept = keep(receipt, "tr", tmp_path)
    after.offer(receipt, kept)
    assert kept.path is not None
    for name, ending, begins in (("receipt", ".html", "<!doctype html>"), ("calendar", ".ics", "BEGIN:VCALENDAR")):
        assert not after.take(name)
        path = kept.path.with_suffix(ending)
        assert path.read_text(encoding="utf-8").lower().startswith(begins.lower())
        assert str(path) in after.told
    assert [path.suffix for path in shown] == [".html", ".ics"]
    assert not after.wish
    assert after.take("next")
    assert str(after.wish) == "next"


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """If the folder has vanished the panel says so, and nothing else happens."""
    after = Afterwards(words("desk"), show=lambda _path: True)
    receipt = receipt_of(Outcome.CONSENT_GIVEN)
    kept = keep(receipt, "tr", tmp_path / "away")
    after.offer(receipt, kept)
    assert kept.path is not None
    kept.path.unlink()
    kept.path.parent.rmdir()
    after.take("receipt")
    assert "yazılamadı" in after.told


@pytest.mark.parametrize("practice", [(("Kart PIN'i", "135790"),), ()])
def test_the_end_of_practice_cannot_pass_for_a_real_one(practice: tuple[tuple[str, str], ...]) -> None:
    """It says that nothing was done at the real portal, and no longer shows what was to be typed."""
    window = Window()
    person = DeskPerson(window, words("desk"), practice=practice, practice_hint="Adımları sırayla izleyiniz.")
    person.end(RunResult(Ending(Outcome.CONSENT_GIVEN), 0), "")
    view = window.shown[-1]
    assert view.end is not None
    assert ("Bu bir alıştırmaydı" in view.end.text) == bool(practice)
    assert (view.practice, view.practice_hint) == ((), "")
