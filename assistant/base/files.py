"""Writing files: all or nothing, and private if they are about a person's own run.

A receipt or a picture of somebody's run is private: 0600, in a 0700 folder. A report about made-up people follows the
umask like any other file. Windows has no such modes, but there the person's own folders are already private.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import IO, TypeVar

Result = TypeVar("Result")

_PRIVATE = 0o600
_SHARED = 0o666
_TURNS = 25
"""How often a file may be taken away before it is whole."""
_PATIENCE_S = 2.0
"""How long somebody else may hold a file that we want to change."""
_PAUSE_S = 0.02


def read_ordinary(path: Path) -> str:
    """Return the text of *path*. Raises `UnicodeDecodeError`, and `OSError` for anything but a regular file too:
    a pipe might block, and a device might never end.
    """
    _refuse_odd(path)
    return path.read_text(encoding="utf-8-sig")


def beginning(path: Path, most: int) -> bytes:
    """Return the first *most* bytes of *path*. Raises `OSError`, also for anything but a regular file."""
    _refuse_odd(path)
    with path.open("rb") as file:
        return file.read(most)


def _refuse_odd(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no ordinary file")


def is_file(path: Path) -> bool:
    """Tell whether *path* is a file. A place we may not look at is not one, nor is a name too long for a file.

    `Path.is_file` raises for these, up to Python 3.13.
    """
    return os.path.isfile(path)  # noqa: PTH113


def write(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write *content* to *path* in one go. A reader, or a crash, finds the old file or the new one, never half of it.

    Anything but a regular file (``/dev/stdout``, a pipe) is written to directly; links are followed. Raises `OSError`,
    and leaves the old file as it was.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as opened:
            opened.write(_bytes(content))
        return
    path = path.resolve()
    made = _beside(path, content, _PRIVATE if private else _SHARED)
    try:
        made.replace(path)
    except BaseException:  # Ctrl+C too: leave no half-written file behind
        _unlink(made)
        raise


def write_new(path: Path, content: str | bytes) -> None:
    """Write *content* to a new private file, all or nothing. Raises `FileExistsError`, `OSError`."""
    made = _beside(path, content, _PRIVATE)
    try:
        try:
            os.link(made, path)
        except (FileExistsError, FileNotFoundError):
            raise
        except (OSError, NotImplementedError):  # a file system without hard links, such as FAT
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
            try:
                made.replace(path)
            except BaseException:  # nobody shall take the empty file for a receipt
                _unlink(path)
                raise
    finally:
        _unlink(made)


def again_if_removed(work: Callable[[], Result]) -> Result:
    """Return what *work* returns, which makes a folder and a file in it. We do it again if either has gone meanwhile:
    `eonay purge` may run next to us. Raises `OSError`.
    """
    for _ in range(_TURNS - 1):
        with suppress(FileNotFoundError, FileExistsError):  # mkdir says the latter of a folder that goes at that moment
            return work()
    return work()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Keep everybody else who asks for *path* waiting, while we read a file, change it and write it.

    *path* is made for this and removed. If it can't be made, or somebody holds it too long, we go on without.
    """
    held = None
    until = monotonic() + _PATIENCE_S
    while held is None and monotonic() < until:
        try:
            held = locked(path)
        except OSError:
            break
        if held is not None and not _is_there(path, held):  # the one before us has removed it
            held.close()
            held = None
        elif held is None:
            sleep(_PAUSE_S)
    try:
        yield
    finally:
        if held is not None:
            if os.name != "nt":
                _unlink(path)
            held.close()
            if os.name == "nt":  # there no open file can be removed, and nobody else's either
                _unlink(path)


def locked(path: Path) -> IO[bytes] | None:
    """Open *path* and lock it while it is open; None if somebody else holds the lock. Raises `OSError`."""
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


def _is_there(path: Path, opened: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(opened.fileno()))
    except OSError:
        return False


def make_private(folder: Path, *, ours: bool = False) -> None:
    """Make *folder* private. One that exists already is only changed if it is *ours*. Raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if ours:
        _set_mode(folder, 0o700)


def close_to_others(folder: Path) -> None:
    """Make *folder* and everything in it private, where the file system has modes."""
    _set_mode(folder, 0o700)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            _set_mode(path, 0o700 if path.is_dir() else _PRIVATE)


def open_to_umask(folder: Path) -> None:
    """Give a private *folder* the mode any new folder would get, where the file system has modes."""
    umask = os.umask(0o077)  # you can't read it without setting it
    os.umask(umask)
    _set_mode(folder, 0o777 & ~umask)


def _set_mode(path: Path, mode: int) -> None:
    with suppress(OSError):  # somebody else's by now, or a USB stick or a school's share without modes
        path.chmod(mode)


def _beside(path: Path, content: str | bytes, mode: int) -> Path:
    """Write *content* to a new file next to *path* and return it."""
    made = path.with_name(f".{path.name[:40]}.{token_hex(4)}.tmp")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(_bytes(content))
    except BaseException:  # a full disk, Ctrl+C
        _unlink(made)
        raise
    return made


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
