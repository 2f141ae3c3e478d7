"""`eonay purge`: what was kept is listed, asked for and removed, and nothing else."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli.purge import LeftKind, PurgeOptions, receipts_in, run_purge, snapshots_in
from assistant.cli.receipts import ReceiptsOptions, run_receipts
from assistant.receipts.receipt import Receipt
from assistant.run.record import Ending, RunResult
from tests.assistant.commands import ROOT, started

RECEIPT = Receipt(
    datetime(2026, 11, 23, 6, 30, tzinfo=UTC), "guided", "2026", "-", RunResult(Ending.because("person_stopped"))
)


def filled(folder: Path) -> tuple[set[str], set[str]]:
    """Fill *folder* with receipts and with other things; return the names of ours and of all others."""
    whole = RECEIPT.save(folder)
    run_receipts(ReceiptsOptions(page_of="1"), folder)
    run_receipts(ReceiptsOptions(pdf_of="1"), folder)
    second = RECEIPT.save(folder)
    half = folder / f".{whole.name}.0123abcd.tmp"
    half.write_text("{")
    others = {
        "notes.txt": "mine",
        "mine.json": "{}",
        f"{second.stem}.html": "<title>my own page</title>",
        f"{second.stem}.pdf": "%PDF my own",
        ".other.tmp": "",
    }
    for name, text in others.items():
        (folder / name).write_text(text)
    (folder / "guide").mkdir()
    (folder / "guide" / "guide.json").write_text("{}")
    (folder / "link.json").symlink_to(whole)
    ours = {whole.name, f"{whole.stem}.html", f"{whole.stem}.pdf", second.name, half.name}
    return ours, {*others, "guide", "link.json"}


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Have somebody at the terminal who types *answer*."""
    typed = io.StringIO(answer)
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)


def test_only_what_eonay_wrote_is_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Receipts, their pages and half ones go; files of others, links and guides stay, and so does their folder."""
    ours, others = filled(tmp_path)
    capsys.readouterr()
    options = PurgeOptions(assume_yes=True, json_output=True)
    assert run_purge(options, (LeftKind("receipts", tmp_path, receipts_in),)) == 0
    assert set(json.loads(capsys.readouterr().out)["removed"]) == ours
    assert {path.name for path in tmp_path.iterdir()} == others


@pytest.mark.parametrize(("answer", "goes"), [("evet\n", True), ("EVET\n", True), ("e\n", False), ("", False)])
def test_it_lists_and_asks_first(
    answer: str, goes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is named before the question, and only the whole word removes it; an empty folder goes with the last."""
    folder = tmp_path / "receipts"
    path = RECEIPT.save(folder)
    answering(monkeypatch, answer)
    assert run_purge(PurgeOptions(), (LeftKind("receipts", folder, receipts_in),)) == 0
    told = capsys.readouterr().out
    assert told.index(path.name) < told.index("evet")
    assert folder.exists() is not goes


def test_each_kind_is_asked_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A no to one kind of what is kept is no answer to the next."""
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        RECEIPT.save(folder)
    answering(monkeypatch, "hayır\nevet\n")
    run_purge(PurgeOptions(), tuple(LeftKind("receipts", folder, receipts_in) for folder in folders))
    assert [folder.exists() for folder in folders] == [True, False]


def test_the_command_removes_nothing_where_nobody_can_be_asked(tmp_path: Path) -> None:
    """Without a terminal it wants `--yes`; with it the receipts of this person are gone."""
    folder = tmp_path / "data" / "eonay" / "receipts"
    RECEIPT.save(folder)
    for arguments, code, stays in ((("purge",), 2, True), (("purge", "--yes"), 0, False), (("purge",), 0, False)):
        process = started(*arguments, home=tmp_path)
        _, told = process.communicate("", timeout=60)
        assert process.returncode == code, told
        assert folder.exists() is stays


_SAVES = """
import sys
from pathlib import Path
from tests.assistant.test_purge import RECEIPT
print("here", flush=True)
sys.stdin.readline()
for _ in range(200):
    path = RECEIPT.save(Path(sys.argv[1]))
print("saved", flush=True)
"""


def test_a_receipt_is_kept_though_everything_is_purged_next_to_it(tmp_path: Path) -> None:
    """A run that saves while `eonay purge --yes` removes folder and half files saves all the same."""
    folder = tmp_path / "receipts"
    given = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-c", _SAVES, str(folder))
    with subprocess.Popen(
        command, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdin is not None
        assert run.stdout.readline() == "here\n"
        run.stdin.write("\n")
        run.stdin.flush()
        while run.poll() is None:
            run_purge(PurgeOptions(assume_yes=True), (LeftKind("receipts", folder, receipts_in),))
        out, wrong = run.communicate()
    assert (out, wrong) == ("saved\n", "")
    assert all(path.stat().st_size for path in folder.glob("*.json")), "no empty file in place of a receipt"


def test_what_lies_elsewhere_by_a_link_is_removed_too(tmp_path: Path) -> None:
    """A folder of receipts that the person has laid on another disk is no hiding-place; only ours go from there."""
    (tmp_path / "disk").mkdir()
    folder = tmp_path / "receipts"
    folder.symlink_to(tmp_path / "disk")
    RECEIPT.save(folder)
    (tmp_path / "disk" / "notes.txt").write_text("mine")
    assert run_purge(PurgeOptions(assume_yes=True), (LeftKind("receipts", folder, receipts_in),)) == 0
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["notes.txt"]
    assert folder.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="a pipe of POSIX")
def test_a_pipe_among_what_is_kept_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Pipes in place of a receipt, its page, its reminder, a snapshot or the words are nobody's files: none is opened."""
    own = tmp_path / "data" / "eonay"
    path = RECEIPT.save(own / "receipts")
    (own / "snapshots").mkdir()
    (own / "words").mkdir()
    pipes = [
        *(path.with_suffix(kind) for kind in (".html", ".pdf", ".ics")),
        path.with_name("other.json"),
        own / "snapshots" / "20261123T063000.json",
        own / "words" / "learnt.toml",
    ]
    for pipe in pipes:
        os.mkfifo(pipe)
    for arguments in (("words", "list"), ("receipts",), ("purge", "--yes")):
        process = started(*arguments, home=tmp_path)
        _, told = process.communicate("", timeout=60)
        assert process.returncode == 0, told
    assert not path.exists()
    assert all(pipe.exists() for pipe in pipes)


_KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from tests.assistant.test_purge import RECEIPT
os.link = lambda *_: os._exit(9)
os.replace = os.rename = lambda *_: os._exit(9)
if sys.argv[2]:
    replace(RECEIPT, scenario=sys.argv[2]).save(Path(sys.argv[1]))
else:
    Path.replace = lambda *_: os._exit(9)
    from datetime import datetime
    from assistant.base.files import write
    from assistant.snapshot import folder
    folder.snapshots_folder = lambda: Path(sys.argv[1])
    write(folder.fresh_file(datetime(2026, 11, 23, 6, 30)), "{", private=True)
"""


@pytest.mark.parametrize("of", ["guided", "practice-locked-card", "practice-expired-certificate", ""])
def test_what_a_killed_run_leaves_half_written_is_removed(tmp_path: Path, of: str) -> None:
    """However long its name would have been, a half receipt goes, and a half snapshot too."""
    given = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-c", _KILLED, str(tmp_path), of)
    assert subprocess.run(command, env=given, check=False).returncode == 9
    [half] = tmp_path.iterdir()
    assert (receipts_in if of else snapshots_in)(tmp_path) == (half,)
