"""A run's own temporary folder, and how the next start cleans up after a run that was killed.

A run that ends cleans up: the browser profile, the code on the clipboard. A killed one can't. So each run locks a file
in its folder, and the system drops the lock however the run ends. A free lock means the run is gone. Of the code we
keep only a salted, slow hash there, enough to recognise it.

The official app's file gets such a folder too. The app can outlive the run, so it inherits the lock.

Several runs of one person may share the clipboard. Their notes also tell each of them whose code lies there.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep, time
from typing import IO, Any, Literal, Protocol

from loguru import logger

from assistant.base.family import end_browsers_in
from assistant.base.files import locked, write
from assistant.base.parsing import read_json
from assistant.base.trouble import no_room

_PREFIX = "eonay-run-"
_APP_PREFIX = "eonay-app-"
_LOCK = "lock"
_HELD = b"held"
_NOTES = "notes.json"
_SCRATCH = "tmp"
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""Cost of scrypt: about 50 ms and 16 MiB per guess."""
_MOST_BYTES = 4096
_NOTE_BYTES = 512
"""All notes are as long, so that later ones fit into the place of the first."""
_PATIENCE_S = 5.0
"""How long a closing browser may keep writing into the folder we remove."""
_FAREWELL_S = 3.0
"""How long it may take to close at all."""
_PAUSE_S = 0.1
_LEAST_BYTES = 32 << 20
"""Free space we need at least: a browser that runs out of it breaks in the middle of a run."""
_NEW_S = 60.0
"""A folder without a lock that is younger than this, in seconds, may still be in the making."""
_held: set[Path] = set()
"""The folders of this process."""


class TakesBack(Protocol):
    """The clipboard, as far as we need it here: see `assistant.official_app.clipboard`."""

    def read(self) -> str | None:
        """Return the text, or None if there is no clipboard to read."""

    def write(self, text: str) -> bool:
        """Put *text* on it. Returns whether that worked."""


Whose = Literal["anybody", "another_run", "killed_run"]
"""To whom the text on the clipboard belongs: see `whose`."""


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was killed."""

    had_code: bool
    """Whether it got as far as the verification code, so that something may have been signed."""
    at: datetime
    """When we last heard of it."""


class Workplace:
    """The folder of the current run. Notes are best effort: a full disk stops no run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._notes: dict[str, Any] = {}

    @property
    def scratch(self) -> Path:
        """Where the run's programs put their temporary files."""
        return self.folder / _SCRATCH

    def begins(self) -> None:
        """Note that a person's run is going on: the next start only mentions those."""
        self._note()

    def has_code(self) -> None:
        """Note that the run has reached the verification code."""
        self._note(code=True)

    def lends(self, code: str) -> None:
        """Note that we are about to put *code* on the clipboard."""
        salt = token_hex(16)
        self._note(clipboard={"salt": salt, "hash": _hashed(code, salt), "writing": True})

    def has_lent(self) -> None:
        """Note that the code has been put there."""
        self._note(clipboard={**(self._notes.get("clipboard") or {}), "writing": False})

    def whose(self, text: str | None) -> Whose:
        """Say whether *text* from the clipboard is the code of a run other than this one, which is going on or gone.

        One that is just writing its code counts as well. Call `lends` first: of two that write at the same moment, at
        least one sees the other then.
        """
        return whose(text, self.folder)

    def has_back(self) -> None:
        """Note that the clipboard is as it was before."""
        self._note(clipboard=None)

    def _note(self, **news: Any) -> None:
        self._notes |= {**news, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        path, text = self.folder / _NOTES, json.dumps(self._notes).ljust(_NOTE_BYTES)
        try:
            write(path, text, private=True)
        except OSError:  # a full disk still takes what lies in the place of the notes before
            with suppress(OSError), path.open("r+b") as file:
                file.write(text.encode())


def whose(text: str | None, own: Path | None = None) -> Whose:
    """Say whether *text* from the clipboard is the code of a run of this person, other than that of folder *own*."""
    found: Whose = "anybody"
    for folder in _ours():
        lent = None if folder == own else _read(folder / _NOTES).get("clipboard")
        if not isinstance(lent, dict):
            continue
        is_its_code = text is not None and _is_code(text, lent)
        if (is_its_code or lent.get("writing") is True) and _is_held(folder):
            return "another_run"
        if is_its_code:
            found = "killed_run"
    return found


@contextmanager
def workplace() -> Iterator[Workplace]:
    """Make a private folder for one run, and remove it afterwards. Raises `SetupError`."""
    try:
        folder, lock = _made(_PREFIX)
    except OSError as error:
        raise no_room(error) from None
    try:
        _make_scratch(folder)
        yield Workplace(folder)
    finally:
        _remove(folder, lock)


class AppFolder:
    """A private folder for the official app's file. Raises `OSError` if we can't make one."""

    def __init__(self) -> None:
        self.path, self._lock = _made(_APP_PREFIX)

    @property
    def handles(self) -> tuple[int, ...]:
        """File descriptors that keep the folder ours while a process inherits them (POSIX)."""
        return () if self._lock is None or sys.platform == "win32" else (self._lock.fileno(),)

    def close(self, *, is_open: bool) -> None:
        """Remove the folder. If the app *is_open*, the first start after it does that."""
        if not is_open:
            _remove(self.path, self._lock)
        elif self._lock is not None:
            self._lock.close()
            _held.discard(self.path)


def _make_scratch(folder: Path) -> None:
    try:
        (folder / _SCRATCH).mkdir()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise no_room(error) from None
    if free < _LEAST_BYTES:
        raise no_room(OSError(errno.ENOSPC, ""))


def _made(prefix: str) -> tuple[Path, IO[bytes] | None]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        lock = locked(folder / _LOCK)
        if lock is not None:
            lock.write(_HELD)  # until this is written, nobody takes the folder for an abandoned one
            lock.flush()
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _held.add(folder)
    return folder, lock


def _remove(folder: Path, lock: IO[bytes] | None) -> None:
    """Remove *folder*. One that we can't remove keeps its lock's file, by which the next start recognises it.

    A browser that is just dying may write into it even after it was empty.
    """
    end_browsers_in(folder, _FAREWELL_S)
    until = monotonic() + _PATIENCE_S
    while not (_emptied(folder) and _gone(folder, lock)) and monotonic() < until:
        sleep(_PAUSE_S)
    if lock is not None:
        lock.close()
    _held.discard(folder)


def abandon(*, is_told: bool) -> None:
    """Remove this process's folders at once: it gives up ending cleanly, and has ended what it had started.

    What the next start has to know stays: that a code may lie on the clipboard or, unless the outcome *is_told*, that a
    run got as far as the code.
    """
    for folder in tuple(_held):
        notes = _read(folder / _NOTES)
        is_kept = isinstance(notes.get("clipboard"), dict) or (notes.get("code") is True and not is_told)
        shutil.rmtree(folder / _SCRATCH if is_kept else folder, ignore_errors=True)


def _emptied(folder: Path) -> bool:
    """Remove everything but the lock's file; return whether that worked."""
    for path in _within(folder):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != _LOCK:
            with suppress(OSError):
                path.unlink()
    return all(path.name == _LOCK for path in _within(folder))


def _gone(folder: Path, lock: IO[bytes] | None) -> bool:
    """Remove the lock's file and then *folder*; return whether that worked. If not, there is such a file again."""
    if lock is not None:
        lock.close()  # Windows removes no open file
    try:
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()
    except OSError:
        with suppress(OSError):
            (folder / _LOCK).write_bytes(_HELD)
        return not folder.exists()
    return True


def _within(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def sweep(clipboard: TakesBack, *, tells: bool = True) -> Killed | None:
    """Clean up after this person's killed runs; return the last guided one, if any.

    A code still on *clipboard* is removed, and so are the folders. Whatever a live run holds stays. Without *tells* we
    keep the note about a guided run, so that the next start can mention it.
    """
    killed = [found for folder in _ours() if (found := _taken_back(folder, clipboard, tells=tells)) is not None]
    return max(killed, key=lambda one: one.at, default=None)


def _ours() -> Iterator[Path]:
    """Yield this person's folders that a run or an app holds or left behind."""
    with suppress(OSError):  # there is no temporary folder
        for prefix in (_PREFIX, _APP_PREFIX):
            for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
                with suppress(OSError):
                    facts = folder.lstat()
                    is_mine = not hasattr(os, "getuid") or facts.st_uid == os.getuid()
                    if is_mine and stat.S_ISDIR(facts.st_mode) and _is_made(folder, facts.st_mtime):
                        yield folder


def _is_made(folder: Path, changed: float) -> bool:
    """Whether *folder* is really ours: it has its lock, was abandoned before it got one, or was written into later."""
    lock = folder / _LOCK
    if lock.is_file() and lock.stat().st_size:
        return True
    names = {path.name for path in folder.iterdir()}
    if names - {_LOCK}:  # a browser that died late has made its folder once more
        return names <= {_LOCK, _SCRATCH}
    return not -_NEW_S < time() - changed < _NEW_S


def _taken_back(folder: Path, clipboard: TakesBack, *, tells: bool) -> Killed | None:
    try:
        lock = locked(folder / _LOCK)
    except OSError:  # its run has just ended and removed it
        return None
    if lock is None:
        return None
    is_kept = False
    try:
        notes = _read(folder / _NOTES)
        is_kept = "at" in notes and not tells
        if _is_lent(notes.get("clipboard"), clipboard):
            clipboard.write("")
        with suppress(ValueError):
            return Killed(notes.get("code") is True, datetime.fromisoformat(str(notes.get("at"))))
        return None
    finally:
        if is_kept:
            shutil.rmtree(folder / _SCRATCH, ignore_errors=True)
            lock.close()
        else:
            _remove(folder, lock)
        logger.debug("took back what a run had left that was killed")


def _is_lent(lent: object, clipboard: TakesBack) -> bool:
    """Whether the text on *clipboard* is the code whose hash is in *lent*."""
    if not isinstance(lent, dict) or (text := clipboard.read()) is None:
        return False
    return _is_code(text, lent)


def _is_code(text: str, lent: dict[str, Any]) -> bool:
    return compare_digest(_hashed(text, str(lent.get("salt"))), str(lent.get("hash")))


def _is_held(folder: Path) -> bool:
    """Whether the run of *folder* is still going on."""
    try:
        lock = locked(folder / _LOCK)
    except OSError:  # it has just gone
        return False
    if lock is not None:
        lock.close()
    return lock is None


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError), path.open("rb") as opened:
        notes = read_json(opened.read(_MOST_BYTES))
        return notes if isinstance(notes, dict) else {}
    return {}


def _hashed(text: str, salt: str) -> str:
    return hashlib.scrypt(text.encode(), salt=salt.encode(), **_COST).hex()
