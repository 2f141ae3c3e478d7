"""A run's own temporary folder, and what the next start takes back of a run that was killed.

A run that ends takes everything along: its browser's profile, the code on the clipboard. One that is killed cannot. So
each run keeps a lock on a file in its folder, which the system lets go of however the run ends: a folder whose lock is
free belongs to a run that is no more. Of the code only a salted, slow hash is kept there, enough to know it again.

The official app's file has such a folder too. It may outlive the run, so the app inherits the lock.
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
from typing import IO, Any, Protocol

from loguru import logger

from assistant.base.errors import SetupError
from assistant.base.files import write
from assistant.base.parsing import read_json
from assistant.base.trouble import why

_PREFIX = "eonay-run-"
_APP_PREFIX = "eonay-app-"
_LOCK = "lock"
_NOTES = "notes.json"
_SCRATCH = "tmp"
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""Of scrypt: some 50 ms for one guess, 16 MiB each."""
_MOST_BYTES = 4096
_PATIENCE_S = 5.0
"""How long a browser that is ending may go on writing into a folder that is removed."""
_PAUSE_S = 0.1
_LEAST_BYTES = 32 << 20
"""What must be free at least: a browser that runs out of it breaks in the middle of a run."""
_NEW_S = 60.0
"""Seconds for which a folder without a lock may be one that is being made."""


class TakesBack(Protocol):
    """What is needed of one: see `assistant.official_app.clipboard`."""

    def read(self) -> str | None:
        """Return the text, or None where there is no clipboard to read."""

    def write(self, text: str) -> bool:
        """Put *text* there. Returns whether it is there now."""


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was killed."""

    had_code: bool
    """Whether it had come to the verification code, so that a signature may have been made."""
    at: datetime
    """When it was last heard of."""


class Workplace:
    """The folder of a run that goes on. What cannot be noted is not: a full disk stops no run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._notes: dict[str, Any] = {}

    @property
    def scratch(self) -> Path:
        """Where programs of the run may keep what is temporary."""
        return self.folder / _SCRATCH

    def begins(self) -> None:
        """Note that a person's run goes on here: only of such a one the next start says anything."""
        self._note()

    def has_code(self) -> None:
        """Note that the run has come to the verification code."""
        self._note(code=True)

    def lends(self, code: str) -> None:
        """Note that *code* is about to be on the clipboard."""
        salt = token_hex(16)
        self._note(clipboard={"salt": salt, "hash": _hashed(code, salt)})

    def has_back(self) -> None:
        """Note that the clipboard is as it was."""
        self._note(clipboard=None)

    def _note(self, **news: Any) -> None:
        self._notes |= {**news, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):
            write(self.folder / _NOTES, json.dumps(self._notes), private=True)


@contextmanager
def workplace() -> Iterator[Workplace]:
    """Make a folder for one run, readable by its owner only, and remove it afterwards. Raises `SetupError`."""
    try:
        folder, lock = _made(_PREFIX)
    except OSError as error:
        raise _no_room(error) from None
    try:
        _make_scratch(folder)
        yield Workplace(folder)
    finally:
        _remove(folder, lock)


class AppFolder:
    """A folder for the official app's file, readable by its owner only. Raises `OSError` where none can be made."""

    def __init__(self) -> None:
        self.path, self._lock = _made(_APP_PREFIX)

    @property
    def handles(self) -> tuple[int, ...]:
        """What a process inherits that keeps the folder (POSIX)."""
        return () if self._lock is None or sys.platform == "win32" else (self._lock.fileno(),)

    def close(self, *, is_open: bool) -> None:
        """Remove the folder; where the app *is_open* that is left to the first start after it."""
        if not is_open:
            _remove(self.path, self._lock)
        elif self._lock is not None:
            self._lock.close()


def _make_scratch(folder: Path) -> None:
    try:
        (folder / _SCRATCH).mkdir()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _no_room(error) from None
    if free < _LEAST_BYTES:
        raise _no_room(OSError(errno.ENOSPC, ""))


def _no_room(error: OSError) -> SetupError:
    is_told = error.errno != errno.ENOENT  # then the system has only looked everywhere in vain
    return SetupError("no_room", f"({why(error, 'tr')})" if is_told else None)


def _made(prefix: str) -> tuple[Path, IO[bytes] | None]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        lock = _locked(folder / _LOCK)
        if lock is not None:
            lock.write(b"held")  # until then nobody takes it for one that was let go
            lock.flush()
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder, lock


def _remove(folder: Path, lock: IO[bytes] | None) -> None:
    """Remove *folder*, its lock last: what can't go yet is still known for what it is by the next start."""
    until = monotonic() + _PATIENCE_S
    while (left := [path for path in _within(folder) if path.name != _LOCK]) and monotonic() < until:
        for path in left:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()
        if any(path.exists() for path in left):
            sleep(_PAUSE_S)
    if lock is not None:
        lock.close()
    if not left:
        shutil.rmtree(folder, ignore_errors=True)


def _within(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def sweep(clipboard: TakesBack, *, tells: bool = True) -> Killed | None:
    """Take back what runs of this person have left that were killed; return the last guided one, if there was one.

    A code that is still on *clipboard* is taken off it, and the folders go. What a run that goes on holds stays. Who
    does not *tell* the person leaves the word on a guided run for the next start.
    """
    killed = [found for folder in _ours() if (found := _taken_back(folder, clipboard, tells=tells)) is not None]
    return max(killed, key=lambda one: one.at, default=None)


def _ours() -> Iterator[Path]:
    """Yield the folders of this person that a run or an app holds or has left."""
    with suppress(OSError):  # no folder for what is temporary
        for prefix in (_PREFIX, _APP_PREFIX):
            for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
                with suppress(OSError):
                    facts = folder.lstat()
                    is_mine = not hasattr(os, "getuid") or facts.st_uid == os.getuid()
                    if is_mine and stat.S_ISDIR(facts.st_mode) and _is_made(folder, facts.st_mtime):
                        yield folder


def _is_made(folder: Path, changed: float) -> bool:
    """Tell whether *folder* is one of ours: it has its lock, or it was left before it got what makes it one."""
    lock = folder / _LOCK
    if lock.is_file() and lock.stat().st_size:
        return True
    is_bare = all(path.name == _LOCK for path in folder.iterdir())
    return is_bare and not -_NEW_S < time() - changed < _NEW_S


def _taken_back(folder: Path, clipboard: TakesBack, *, tells: bool) -> Killed | None:
    lock = _locked(folder / _LOCK)
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
    """Tell whether the text on *clipboard* is the code of which *lent* keeps a hash."""
    if not isinstance(lent, dict) or (text := clipboard.read()) is None:
        return False
    return compare_digest(_hashed(text, str(lent.get("salt"))), str(lent.get("hash")))


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError), path.open("rb") as opened:
        notes = read_json(opened.read(_MOST_BYTES))
        return notes if isinstance(notes, dict) else {}
    return {}


def _hashed(text: str, salt: str) -> str:
    return hashlib.scrypt(text.encode(), salt=salt.encode(), **_COST).hex()


def _locked(path: Path) -> IO[bytes] | None:
    """Open *path* and lock it as long as it is open; None where somebody else does."""
    opened = path.open("ab")
    opened.seek(0)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        opened.close()
        return None
    return opened
