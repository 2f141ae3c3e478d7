"""What a report keeps, and joining reports."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.base.errors import UsageError
from assistant.base.outcome import Outcome
from assistant.rehearsal.report.record import joined, read_report
from assistant.rehearsal.report.write import write_report
from assistant.run.record import Ending
from tests.assistant.rehearsal.report.samples import AGAIN, BEGAN, FAILED, RUN, STOPPED, UNKNOWN, like, report_of


def test_a_report_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Every field of every run survives the way through the file."""
    report = report_of(RUN, FAILED, STOPPED, planned=5, shards=("1/2",))
    write_report(tmp_path, report, {})
    assert read_report(tmp_path) == read_report(tmp_path / "report.json") == report


def test_the_browser_is_named_in_a_closed_form(tmp_path: Path) -> None:
    """A report names what its runs were made with, also joined ones; a file with other words there is no report."""
    mixed = report_of(RUN, replace(RUN, browser="Google Chrome 149.0"), replace(RUN, browser=""))
    assert mixed.browsers == ("Chromium 150.0 (headless shell)", "Google Chrome 149.0")
    write_report(tmp_path, mixed, {})
    data = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert data["browsers"] == list(mixed.browsers)
    data["runs"][0]["browser"] = "Ayşe 1.0"
    (tmp_path / "report.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UsageError):
        read_report(tmp_path)
    del data["runs"][0]["browser"]
    (tmp_path / "report.json").write_text(json.dumps(data), encoding="utf-8")
    assert read_report(tmp_path).runs[0].browser == ""


def test_counts_and_exit_codes() -> None:
    """Runs that were stopped are neither passed nor failed, but missing; a missing run makes the exit code 4."""
    report = report_of(RUN, FAILED, STOPPED, planned=4)
    assert (report.passed, report.failed, report.missing, report.exit_code) == (1, 1, 2, 4)
    assert report_of(RUN, FAILED).exit_code == 5
    assert report_of(RUN).exit_code == 0


def test_a_run_that_is_cut_short_is_no_failure_whatever_its_reason() -> None:
    """Ctrl+C while a signature may be on its way leaves "unverified": that run is missing, not unexpected."""
    ending = Ending(Outcome.UNVERIFIED, "not_checkable")
    cut = like(RUN, ending, interrupted=True)
    report = report_of(RUN, cut)
    assert (report.passed, report.failed, report.missing) == (1, 0, 1)
    assert like(RUN, ending).verdict.stopped is False


def test_different_ends_are_flaky_and_fail() -> None:
    """A scenario that ends differently when repeated is called flaky, and its failure counts."""
    report = report_of(RUN, AGAIN)
    assert report.flaky == {("first-time", "2026")}
    assert report.exit_code == 5
    assert not report_of(RUN, replace(RUN, repetition=2), FAILED).flaky


def test_the_same_end_in_another_look_is_not_flaky() -> None:
    """The 2020 and the 2026 edition of a scenario are two scenarios."""
    assert not report_of(RUN, like(RUN, UNKNOWN, edition="2020")).flaky


def test_joining_numbers_repetitions_through() -> None:
    """Two reports of the same scenario give two repetitions; flakiness across machines is seen."""
    later = like(RUN, UNKNOWN, began=BEGAN.replace(hour=10))
    whole = joined([report_of(later), report_of(RUN)])
    assert [(run.repetition, run.result.outcome) for run in whole.runs] == [(1, "consent_given"), (2, "halted")]
    assert (whole.planned, len(whole.flaky)) == (2, 1)


def test_a_missing_part_is_noticed() -> None:
    """A joined report in which a shard is missing says which and doesn't exit with 0."""
    whole = joined([report_of(RUN, shards=("1/3",)), report_of(RUN, shards=("3/3",))])
    assert whole.missing_shards == ("2/3",)
    assert whole.exit_code == 4
    assert not joined([whole, report_of(RUN, shards=("2/3",))]).missing_shards


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', '{"format": 1, "runs": [{}]}'])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    """A file that isn't a report is named in a usage error, not in a stack trace."""
    (tmp_path / "report.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"report\.json"):
        read_report(tmp_path)


@pytest.mark.parametrize(
    ("run", "change", "told"),
    [
        (None, {"planned": "five"}, "geçersiz alan: planned"),
        (None, {"jobs": 10**400}, "geçersiz alan: jobs"),
        (None, {"began": "2026-11-23"}, "geçersiz alan: began"),
        (None, {"ended": "9999-12-31T23:59:59-14:00"}, "geçersiz alan: ended"),
        (None, {"shards": ["1/99999999"]}, "geçersiz alan: shards"),
        (None, {"shards": ["x"]}, "geçersiz alan: shards"),
        (None, {"runs": {}}, "geçersiz alan: runs"),
        (None, {"runs": [[]]}, "geçersiz alan: runs[1]"),
        (1, {"duration_ms": float("nan")}, "geçersiz alan: runs[2].duration_ms"),
        (1, {"duration_ms": 10**400}, "geçersiz alan: runs[2].duration_ms"),
        (1, {"outcome": "great"}, "geçersiz alan: runs[2].outcome"),
        (1, {"steps": [{"id": "nes"}]}, "geçersiz alan: runs[2].steps"),
        (1, {"ledger": {"login": "twice"}}, "geçersiz alan: runs[2].ledger"),
        (1, {"about": None}, "geçersiz alan: runs[2].about"),
        (1, {"AYŞE YILMAZ": 1}, "geçersiz alan: runs[2])"),
    ],
)
def test_an_odd_value_is_told_by_the_name_of_its_field(
    tmp_path: Path, run: int | None, change: dict[str, object], told: str
) -> None:
    """Whatever is in a report, the message names the run and the field, quotes nothing and isn't a stack trace."""
    write_report(tmp_path, report_of(RUN, FAILED), {})
    file = tmp_path / "report.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    (data if run is None else data["runs"][run]).update(change)
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_report(tmp_path)
    assert told in str(caught.value)
    assert "YILMAZ" not in str(caught.value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    """What a report lacks is said by name; what only later reports have may be missing."""
    write_report(tmp_path, report_of(RUN), {})
    file = tmp_path / "report.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    for name in ("picture", "shard", "interrupted", "browser"):
        del data["runs"][0][name]
    file.write_text(json.dumps(data), encoding="utf-8")
    assert read_report(tmp_path).runs == (replace(RUN, browser=""),)
    del data["runs"][0]["ledger"], data["runs"][0]["card"]
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape("(eksik alan: runs[1].card, runs[1].ledger)")):
        read_report(tmp_path)


@pytest.mark.parametrize(
    ("part", "times"), [(b"[", 100_000), (b" ", 50_000_000), (b"x", 129 * 2**20), (b"\xff\xfe", 1), (b"NaN", 1)]
)
def test_a_deep_a_huge_and_a_broken_file_are_no_reports(tmp_path: Path, part: bytes, times: int) -> None:
    """Nesting without end, fifty megabytes of nothing, no UTF-8, more than any report is: a sentence each."""
    (tmp_path / "report.json").write_bytes(part * times)
    with pytest.raises(UsageError, match=r"report\.json"):
        read_report(tmp_path)


def test_half_a_letter_on_a_page_breaks_no_report(tmp_path: Path) -> None:
    """What a page said may end within a letter (a lone surrogate): the report is written and read all the same."""
    seen = Ending(Outcome.HALTED, "screen_unknown", seen="Başlık \ud83d")
    ledger = replace(like(RUN, seen).verdict, ledger={"login \ud83d": 1})
    write_report(tmp_path, report_of(like(RUN, seen), replace(RUN, verdict=ledger)), {})
    runs = read_report(tmp_path).runs
    assert runs[0].result.ending.seen == "Başlık ?"
    assert runs[1].verdict.ledger == {"login ?": 1}


def test_a_picture_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """A report from elsewhere can't make the merge read other files."""
    write_report(tmp_path, report_of(FAILED), {})
    file = tmp_path / "report.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    for picture in ("../../secret.jpg", "C:secret.jpg", "a\\b.jpg", "", "a\0.jpg", "\ud83d.jpg", ".."):
        data["runs"][0]["picture"] = picture
        file.write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(UsageError, match="picture"):
            read_report(tmp_path)
