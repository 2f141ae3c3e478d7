"""Files: whole or not at all, and private where they are about a person."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.base.files import make_private, write, write_new
from assistant.guide.folder import replacing
from assistant.receipts.receipt import Receipt
from assistant.rehearsal.report.record import ReportedRun, RunReport
from assistant.rehearsal.report.write import write_report
from assistant.rehearsal.verdict import Verdict
from assistant.run.record import Ending, RunResult

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
RECEIPT = Receipt(NOW, "guided", "2026", "-", RunResult(Ending.because("person_stopped")))
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set one umask after the other."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    """Return who may do what with *path*."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_receipt_is_for_its_owner_alone(tmp_path: Path, umask: int) -> None:
    """Whatever the umask, a receipt is 0600, its folder 0700, and nothing else is left next to it."""
    path = RECEIPT.save(tmp_path / "receipts")
    again = RECEIPT.save(tmp_path / "receipts")
    assert (mode(path), mode(again), mode(path.parent)) == (0o600, 0o600, 0o700)
    assert sorted(path.parent.iterdir()) == sorted([path, again])


def test_a_report_follows_the_umask(tmp_path: Path, umask: int) -> None:
    """A report on made-up people is as readable as any other file, its pictures too."""
    run = ReportedRun(Verdict(RECEIPT), 1, "ayse", {}, (), picture="ayse.jpg")
    write_report(tmp_path / "report", RunReport(NOW, NOW, (run,), 1), {"ayse.jpg": b"picture"})
    files = list((tmp_path / "report").iterdir())
    assert len(files) == 4
    assert {mode(file) for file in files} == {0o666 & ~umask}


@pytest.mark.parametrize("private", [True, False])
def test_a_guide_with_pictures_of_a_run_is_private(tmp_path: Path, umask: int, private: bool) -> None:
    """A guide from somebody's own run is 0600 in 0700 folders; one about made-up people follows the umask."""
    with replacing(tmp_path / "guide", "tr", private=private) as fresh:
        (fresh / "pictures").mkdir()
        (fresh / "pictures" / "a.png").write_bytes(b"")
    modes = [mode(tmp_path / name) for name in ("guide", "guide/pictures", "guide/pictures/a.png")]
    assert modes == ([0o700, 0o700, 0o600] if private else [0o777 & ~umask, 0o777 & ~umask, 0o666 & ~umask])


@pytest.mark.parametrize("private", [True, False])
def test_a_place_without_modes_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private: bool) -> None:
    """On a USB stick or a school's share no mode can be set: the guide is replaced there all the same, a receipt kept."""
    with replacing(tmp_path / "guide", "tr", private=private) as fresh:
        (fresh / "guide.json").write_text('{"files": []}')
    (tmp_path / "guide" / "notes.txt").write_text("somebody's own")

    def refuse(*_what: object, **_how: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(os, "chmod", refuse)
    with replacing(tmp_path / "guide", "tr", private=private) as fresh:
        (fresh / "new.html").write_text("new")
    assert (tmp_path / "guide" / "new.html").read_text() == "new"
    assert (tmp_path / "guide" / "notes.txt").read_text() == "somebody's own"
    assert RECEIPT.save(tmp_path / "receipts").is_file()


def test_a_folder_of_ours_becomes_private(tmp_path: Path) -> None:
    """A receipts' folder of an earlier version is closed to others; a folder of somebody else's keeps its mode."""
    for name, ours in (("ours", True), ("theirs", False)):
        (tmp_path / name).mkdir(mode=0o755)
        make_private(tmp_path / name, ours=ours)
    assert (mode(tmp_path / "ours"), mode(tmp_path / "theirs")) == (0o700, 0o755)


def test_what_was_there_survives_a_full_disk(tmp_path: Path) -> None:
    """If the new file can't be written completely, the old one stays whole and nothing of the new one remains."""
    file = tmp_path / "report.json"
    write(file, "before")
    code = (
        "import resource, signal, sys; from pathlib import Path; from assistant.base.files import write, write_new;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "act = {'write': write, 'write_new': write_new}[sys.argv[1]]; act(Path(sys.argv[2]), b'x' * 5000)"
    )
    for name, path in (("write", file), ("write_new", tmp_path / "new.json")):
        done = subprocess.run([sys.executable, "-c", code, name, path], capture_output=True, text=True, check=False)
        assert "File too large" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert file.read_text() == "before"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1000


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A new file never takes the place of one that is there."""
    file = tmp_path / "a.json"
    write_new(file, "one")
    with pytest.raises(FileExistsError):
        write_new(file, "two")
    assert file.read_text() == "one"
    assert list(tmp_path.iterdir()) == [file]


def test_links_and_pipes_are_written_into(tmp_path: Path) -> None:
    """A link stays one and leads to the new file; a pipe gets what is written."""
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write(tmp_path / "link", "text", private=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "text"
    reader, writer = os.pipe()
    write(Path(f"/dev/fd/{writer}"), "text")
    os.close(writer)
    assert os.read(reader, 100) == b"text"
    os.close(reader)
