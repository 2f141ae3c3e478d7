"""A run's own folder, and what the next start takes back of a run that was killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import time
from typing import IO

import pytest

from assistant.base.files import locked
from assistant.base.workplace import sweep, workplace
from assistant.browser.launch import BrowserOptions, open_browser
from assistant.official_app.starter import AppFile, Starter, Way
from assistant.setup import find_browser
from tests.assistant.official_app.memory import Memory
from tests.sampling import sampled

CODE = "968121968799342"
pytestmark = pytest.mark.usefixtures("temporary")

_RUN = """
import sys
from assistant.base.workplace import workplace
with workplace() as place:
    for note in sys.argv[1:]:
        place.lends(note) if note.isdigit() else getattr(place, note)()
    print(place.folder, flush=True)
    sys.stdin.read()
"""


@contextmanager
def running(*notes: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Have another process make a run that notes these things; yields it with its folder, and kills it."""
    command = (sys.executable, "-c", _RUN, *notes)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def killed(*notes: str) -> Path:
    """Return the folder of a run that was killed after it had noted these things."""
    with running(*notes) as (_, folder):
        pass
    return folder


def test_a_killed_runs_code_comes_off_the_clipboard() -> None:
    """The next start takes the code off, removes the folder, and knows that there was a code."""
    folder, clipboard = killed("has_code", CODE), Memory(CODE)
    assert folder.is_dir()
    found = sweep(clipboard)
    assert found is not None
    assert found.had_code
    assert clipboard.text == ""
    assert not folder.exists()
    assert sweep(clipboard) is None


@pytest.mark.parametrize("notes", [("has_code", CODE), ("has_code", CODE, "has_back"), ("has_code",)])
def test_what_else_is_on_the_clipboard_stays(notes: tuple[str, ...]) -> None:
    """A text that isn't the code that was lent is the person's own."""
    clipboard = Memory("sonra")
    killed(*notes)
    assert sweep(clipboard) is not None
    assert clipboard.text == "sonra"


def test_a_code_that_was_given_back_is_the_persons_own() -> None:
    """Once the clipboard was given back, the same digits there are no longer a loan."""
    clipboard = Memory(CODE)
    killed("has_code", CODE, "has_back")
    assert sweep(clipboard) is not None
    assert clipboard.text == CODE


def test_a_run_before_its_code_is_told_as_that() -> None:
    """If no code was shown, nothing can have been signed."""
    killed("begins")
    found = sweep(Memory(None))
    assert found is not None
    assert not found.had_code


def test_of_a_rehearsal_that_was_killed_nothing_is_said() -> None:
    """A killed dry run or practice leaves nothing, and the person at the desk is told nothing of it."""
    folder = killed()
    assert sweep(Memory(None)) is None
    assert not folder.exists()


def test_a_rehearsal_leaves_the_word_on_a_killed_run_to_the_desk() -> None:
    """A start that tells nobody takes the code off; the next guided one still knows why to look first."""
    folder, clipboard = killed("begins", "has_code", CODE), Memory(CODE)
    assert sweep(clipboard, tells=False) is not None
    assert clipboard.text == ""
    assert folder.is_dir()
    found = sweep(clipboard)
    assert found is not None
    assert found.had_code
    assert not folder.exists()


def test_a_run_that_goes_on_is_left_alone() -> None:
    """A second start at the same time takes nothing away from the first."""
    clipboard = Memory(CODE)
    with running("has_code", CODE) as (_, folder), workplace() as own:
        assert sweep(clipboard) is None
        assert folder.is_dir()
        assert own.scratch.is_dir()
        assert clipboard.text == CODE


def test_folders_of_others_are_left_alone(temporary: Path) -> None:
    """What bears the same name but no lock of ours, and a link to somewhere else, stay."""
    (temporary / "eonay-run-other").mkdir()
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "lock").write_bytes(b"held")
    (temporary / "eonay-run-link").symlink_to(elsewhere)
    assert sweep(Memory("")) is None
    assert (temporary / "eonay-run-other").is_dir()
    assert (elsewhere / "lock").is_file()


def test_the_apps_file_stays_as_long_as_the_app() -> None:
    """An app that outlives its run keeps its folder through every start; once it is closed the next one removes it."""
    starter = Starter(os.environ)
    waits = Way((sys.executable, "-c", "import sys, signal; signal.sigwait({signal.SIGTERM})"), True, True)
    assert starter.open(waits, AppFile("KamuSM-eimza.jnlp", b"<jnlp/>"))
    assert starter._folder is not None
    assert starter._process is not None
    folder, process = starter._folder.path, starter._process
    starter.close()
    assert sweep(Memory("")) is None
    assert (folder / "KamuSM-eimza.jnlp").is_file()
    process.kill()
    process.wait()
    assert sweep(Memory("")) is None
    assert not folder.exists()


_HANGS = """
import sys, threading
import assistant.__main__ as program
from assistant.base import interrupt
from assistant.base.workplace import workplace
interrupt.GIVE_UP_S = 0.1
def command():
    with workplace() as place:
        for note in sys.argv[1:]:
            place.lends(note) if note.isdigit() else getattr(place, note)()
        try:
            print(place.folder, flush=True)
            threading.Event().wait()
        finally:
            threading.Event().wait()
program._command = command
program.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl+C can be sent to one process alone there")
@pytest.mark.parametrize("notes", [("begins",), ("has_code", CODE, "has_back"), ("has_code", CODE)])
def test_a_run_whose_cleanup_hangs_leaves_only_what_the_next_start_has_to_know(notes: tuple[str, ...]) -> None:
    """Its files go with it; a note about the code stays, and the next start takes that back as after a kill."""
    command = (sys.executable, "-c", _HANGS, *notes)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        process.send_signal(signal.SIGINT)
        assert process.wait() == 4
    assert not (folder / "tmp").exists()
    assert folder.exists() == ("has_code" in notes)
    clipboard = Memory(CODE)
    had = sweep(clipboard)
    assert (had is not None and had.had_code) == ("has_code" in notes)
    assert clipboard.text == ("" if notes[-1] == CODE else CODE)
    assert not folder.exists()


def test_a_folder_that_was_left_while_it_was_made_goes(temporary: Path) -> None:
    """A run that was killed before its folder had a lock leaves one that is empty; another's that is new stays."""
    for name, age_s in (("eonay-run-old", 120), ("eonay-run-new", 0)):
        (temporary / name).mkdir()
        (temporary / name / "lock").touch()
        os.utime(temporary / name, (time() - age_s,) * 2)
    assert sweep(Memory("")) is None
    assert [path.name for path in temporary.iterdir()] == ["eonay-run-new"]


def test_what_is_still_written_into_goes_too(temporary: Path) -> None:
    """A browser that writes on while its run's folder is removed leaves nothing of it."""
    program = """
import pathlib, sys
for number in range(20000):
    (pathlib.Path(sys.argv[1]) / str(number)).touch()
    print(number, flush=True) if number == 50 else None
"""
    with workplace() as place:
        writer = subprocess.Popen(
            [sys.executable, "-c", program, str(place.scratch)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert writer.stdout is not None
        writer.stdout.readline()
    writer.communicate()
    assert sweep(Memory("")) is None
    assert list(temporary.iterdir()) == []


def test_what_comes_once_the_folder_is_empty_goes_too(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that makes its profile once more, when all was removed but the folder itself, leaves nothing of it."""
    late: list[Path] = []
    remove = os.rmdir

    def a_moment_before(path: Path, **how: int | None) -> None:
        if Path(path) == folder and not late:
            late.append(folder / "tmp" / "profile")
            late[0].mkdir(parents=True)
        remove(path, **how)

    with workplace() as place:
        folder = place.folder
        monkeypatch.setattr(os, "rmdir", a_moment_before)
    assert late
    assert list(temporary.iterdir()) == []


def test_what_comes_once_the_folder_is_gone_goes_with_the_next_start(temporary: Path) -> None:
    """A browser that dies later still makes the folder again, without a lock; no other name is ever taken for that."""
    late = temporary / "eonay-run-late"
    (late / "tmp" / "profile" / "Default").mkdir(parents=True)
    somebodys = temporary / "eonay-run-other" / "notes"
    somebodys.mkdir(parents=True)
    assert sweep(Memory("")) is None
    assert not late.exists()
    assert somebodys.is_dir()


@contextmanager
def told_of(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that does nothing, with *arguments* on its command line; it ends with this block."""
    wait = [sys.executable, "-c", "import sys; sys.stdout.write('x'); sys.stdout.flush(); sys.stdin.read()", *arguments]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.read(1)  # by now its command line is its own
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="there a job object ends them")
def test_a_browser_that_does_not_close_goes_with_its_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose profile is in the run's folder is waited for and then ended; nobody else who names the folder is."""
    monkeypatch.setattr("assistant.base.workplace._FAREWELL_S", 0.3)
    with ExitStack() as stack:
        with workplace() as place:
            browser = stack.enter_context(told_of(f"--user-data-dir={place.scratch}/profile"))
            others = [
                stack.enter_context(told_of(argument))
                for argument in (f"{place.folder}/receipt.html", f"--user-data-dir={place.folder}-other/profile")
            ]
        assert browser.wait(10) == -signal.SIGKILL
        assert [other.poll() for other in others] == [None, None]


@pytest.mark.skipif(sys.platform == "win32", reason="there a job object ends them")
def test_a_browser_of_a_killed_run_goes_with_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder too."""
    monkeypatch.setattr("assistant.base.workplace._FAREWELL_S", 0.3)
    folder = killed()
    with told_of(f"--user-data-dir={folder / 'tmp'}/profile") as browser:
        assert sweep(Memory("")) is None
        assert browser.wait(10) == -signal.SIGKILL
    assert not folder.exists()


@pytest.mark.parametrize(
    "notes", ['{"clipboard": {"salt": 1', "[" * 100_000, "7" * 100_000], ids=["cut", "deep", "long"]
)
def test_broken_notes_stop_no_start(notes: str) -> None:
    """Notes that were cut short, or that no run has written, tell nothing, and their folder goes."""
    folder = killed("has_code", CODE)
    (folder / "notes.json").write_text(notes, encoding="utf-8")
    assert sweep(Memory(CODE)) is None
    assert not folder.exists()


def test_no_code_is_kept() -> None:
    """Of a code the notes hold a salted hash and the time, and only their owner can read them."""
    with running("has_code", CODE) as (_, folder):
        notes = folder / "notes.json"
        assert CODE not in notes.read_text(encoding="utf-8")
        if os.name == "posix":
            assert (folder.stat().st_mode & 0o777, notes.stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    """A thread to start a driver in: this one may have Playwright's fixtures, and a thread has one driver at most."""
    with ThreadPoolExecutor(1) as executor:
        yield executor


def test_the_browser_keeps_its_profile_there(temporary: Path, thread: ThreadPoolExecutor) -> None:
    """A browser's profile lies in the run's folder and goes with it, so a killed run leaves none elsewhere."""

    def looked() -> tuple[list[Path], list[Path], Path]:
        with workplace() as place:
            options = BrowserOptions(scratch=place.scratch)
            with open_browser(find_browser(os.environ.get("EONAY_BROWSER")), options):
                return list(place.scratch.iterdir()), list(temporary.iterdir()), place.folder

    profile, beside, folder = thread.submit(looked).result()
    assert profile
    assert beside == [folder]
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("whose", sampled(["the run's", "the system's"], every_run=["the system's"]))
def test_a_folder_without_room_for_the_browsers_socket_is_not_used(
    temporary: Path, thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    """Where the path is too long for a socket, even the system's own for what is temporary, the browser starts all the
    same, with its profile elsewhere."""
    deep = temporary / ("d" * 90)
    deep.mkdir()
    if whose == "the system's":
        monkeypatch.setattr(tempfile, "tempdir", str(deep))
        monkeypatch.setenv("TMPDIR", str(deep))

    def looked() -> tuple[bool, list[Path]]:
        with open_browser(find_browser(os.environ.get("EONAY_BROWSER")), BrowserOptions(scratch=deep)) as browser:
            return browser.is_connected(), list(deep.iterdir())

    assert thread.submit(looked).result() == (True, [])


_FULL = """
import sys
from contextlib import suppress
from assistant.base.workplace import whose, workplace
with workplace() as place:
    place.begins()
    with suppress(OSError), (place.scratch / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 4096):
            pass
    place.has_code()
    place.lends(sys.argv[1])
    place.has_lent()
    print(whose(sys.argv[1]))
"""


def on_a_small_disk(program: str, *arguments: str) -> tuple[str, str]:
    """Run a Python *program* whose temporary folder is a disk of 40 MB; return what it prints and complains of."""
    small = 'mount -t tmpfs -o size=40m none "$TMPDIR" && exec "$@"'
    words = ["unshare", *(["-r"] if os.geteuid() else []), "-m", "sh", "-c", small, "sh"]
    if shutil.which("unshare") is None or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    command = [*words, sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is mounted for a process alone")
def test_a_code_is_known_by_its_note_though_the_disk_is_full() -> None:
    """A run that began keeps the place for its later notes, so that its code comes off the clipboard all the same."""
    assert on_a_small_disk(_FULL, CODE) == ("another_run\n", "")


def test_a_run_that_ends_just_then_stops_no_start(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that its own run removes between the next start's look and its lock is nobody's trouble."""
    gone: list[Path] = []

    def a_moment_late(path: Path) -> IO[bytes] | None:
        if path.parent not in gone:
            gone.append(path.parent)
            shutil.rmtree(path.parent)
        return locked(path)

    killed("has_code", CODE)
    monkeypatch.setattr("assistant.base.workplace.locked", a_moment_late)
    assert sweep(Memory(CODE)) is None
    assert gone
    assert list(temporary.iterdir()) == []
