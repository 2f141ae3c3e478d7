"""Many receipts: the list, and one table of all of them."""

from __future__ import annotations

import csv
import errno
import io
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.base.errors import UsageError
from assistant.base.outcome import Outcome, reasons
from assistant.cli.receipts import ReceiptsOptions, run_receipts
from assistant.cli.summary import SummaryOptions, run_summary
from assistant.receipts import read_folder
from assistant.receipts.summary import as_csv, columns, row
from assistant.run.record import Ending, RunResult, StepRecord
from tests.assistant.receipts.saved import FAILED, Save, fill


def test_the_summary_tells_of_broken_files_and_goes_on(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    """Good receipts of all folders are in the table, the newest first; each broken file is named with why."""
    fill(tmp_path, save)
    (tmp_path / "okul" / "yarim.json").write_text("{", encoding="utf-8")
    table, page = tmp_path / "ozet.csv", tmp_path / "ozet.html"
    assert run_summary(SummaryOptions(tmp_path, csv=table, html=page)) == 0
    told = capsys.readouterr().out
    for name in ("kesik.json", "bos.json", "liste.json", "resim.json", "okul/yarim.json"):
        assert name in told, "with its folder, so that it can be found among many schools"
        assert name in page.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert rows[0] == list(columns("tr"))
    assert [row[0] for row in rows[1:]] == ["okul", "", ""]
    assert [row[2] for row in rows[1:]] == ["E-Onay verildi", "Tamamlanamadı", "E-Onay verildi"]
    assert [row[4] for row in rows[1:]] == ["kişi", "portal", "portal"]
    assert rows[2][3] == reasons()["pin_wrong"].what
    assert rows[2][7] == "61,0"


def test_the_summary_as_json_counts_outcomes(tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` is one object with the receipts, how many of each outcome, and the broken files."""
    fill(tmp_path, save)
    run_summary(SummaryOptions(tmp_path, json_output=True))
    answer = json.loads(capsys.readouterr().out)
    assert answer["outcomes"] == {"consent_given": 2, "failed": 1}
    assert sorted(one["folder"] for one in answer["receipts"]) == ["", "", "okul"]
    assert (answer["count"], len(answer["broken"])) == (3, 4)
    with pytest.raises(UsageError, match="klasör yok"):
        run_summary(SummaryOptions(tmp_path / "none"))


def test_only_real_runs_are_counted_and_practice_has_a_table_of_its_own(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rehearsal and a practice are left out, and it says how many; the trainer sees each desk and where it took long."""
    steps = (StepRecord("login", "login", 0, 4000), StepRecord("signing", "signing", 4000, 95_000))
    for desk in ("masa-1", "masa-2"):
        (tmp_path / desk).mkdir()
        result = RunResult(Ending(Outcome.CONSENT_GIVEN), 99_000, steps)
        save(result, folder=tmp_path / desk, scenario="practice-first-time")
    save(days=1, scenario="guided")
    save(days=2, scenario="first-time")
    assert run_summary(SummaryOptions(tmp_path)) == 0
    told = capsys.readouterr().out
    assert "1 makbuz." in told
    assert "Sayılmayan başka makbuz: 3." in told
    table, page = tmp_path / "a.csv", tmp_path / "a.html"
    assert run_summary(SummaryOptions(tmp_path, csv=table, html=page, practice=True)) == 0
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert sorted((row[0], row[2], row[5], row[6]) for row in rows[1:]) == [
        (desk, "İlk kez E-Onay verme", "Doğrulama kodu ve imza", "1 dk 35 sn") for desk in ("masa-1", "masa-2")
    ]
    assert "portal, kişi ve kart gerçek değildir" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_the_trainers_table_breaks_no_word(
    tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """In 80 columns too the desk, the story and the times stand whole; what there is no room for is in the CSV."""
    monkeypatch.setenv("COLUMNS", str(width))
    desk = tmp_path / "Atatürk Lisesi" / "masa-1"
    desk.mkdir(parents=True)
    steps = (StepRecord("signing", "signing", 0, 95_000),)
    result = RunResult(Ending(Outcome.CANCELLED, "person_stopped"), 99_000, steps)
    save(result, folder=desk, scenario="practice-code-runs-out")
    run_summary(SummaryOptions(tmp_path, practice=True))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    told = [word for line in lines for word in line.split(" ")]
    for whole in ("Lisesi/masa-1", "Kodun", "doluyor", "Doğrulama", "Durduruldu"):
        assert whole in told
    assert "1\u00a0dk" in told
    assert any(word.endswith("35\u00a0sn") for word in told)


def test_a_file_name_cannot_become_a_formula(tmp_path: Path, save: Save) -> None:
    """A receipt that somebody named like a formula is text in a spreadsheet."""
    save().rename(tmp_path / "=HYPERLINK(1).json")
    assert "'=HYPERLINK" in as_csv(columns("tr"), map(row, read_folder(tmp_path)[0]))


def test_the_list_and_the_page_of_one(tmp_path: Path, save: Save, capsys: pytest.CaptureFixture[str]) -> None:
    """Receipts are listed newest first; a page is written for a number or an id, and an unknown one is refused."""
    old, new = save(), save(FAILED, days=1)
    assert run_receipts(ReceiptsOptions(json_output=True), tmp_path) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["receipts"]] == [new.stem, old.stem]
    for wanted in ("2", old.stem):
        run_receipts(ReceiptsOptions(page_of=wanted, output=tmp_path / "a.html"), tmp_path)
        assert old.stem in (tmp_path / "a.html").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="Liste"):
        run_receipts(ReceiptsOptions(page_of="3"), tmp_path)
    capsys.readouterr()
    assert run_receipts(ReceiptsOptions(), tmp_path / "none") == 0
    assert "Henüz makbuz yok" in capsys.readouterr().out


def test_the_list_says_where_practice_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has only practised so far hears where those receipts lie, and what shows them."""
    monkeypatch.setattr("assistant.cli.receipts.receipts_folder", lambda: tmp_path / "receipts")
    monkeypatch.setattr("assistant.cli.receipts.practice_folder", lambda: tmp_path / "practice")
    run_receipts(ReceiptsOptions())
    assert "--practice" not in capsys.readouterr().out
    (tmp_path / "practice").mkdir()
    (tmp_path / "practice" / "a.json").touch()
    run_receipts(ReceiptsOptions())
    assert f"eonay summary {tmp_path / 'practice'} --practice" in capsys.readouterr().out


def test_a_file_that_nobody_may_look_at_stops_no_summary(
    tmp_path: Path, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a share a folder may list its files and let nobody look at them: they are named, and the rest is summed up."""
    save()
    closed = tmp_path / "okul"
    closed.mkdir()
    (closed / "kapali.json").write_text("{}", encoding="utf-8")
    look, read = Path.is_file, Path.open

    def refused(path: Path) -> None:
        if path.parent == closed:
            raise PermissionError(errno.EACCES, "no", str(path))

    def is_file(path: Path, **how: Any) -> bool:
        refused(path)
        return look(path, **how)

    def opened(path: Path, *how: Any, **more: Any) -> Any:
        refused(path)
        return read(path, *how, **more)

    monkeypatch.setattr(Path, "is_file", is_file)
    monkeypatch.setattr(Path, "open", opened)
    kept, broken = read_folder(tmp_path, deep=True)
    assert len(kept) == 1
    assert [file.below(tmp_path) for file in broken] == ["okul/kapali.json"]
