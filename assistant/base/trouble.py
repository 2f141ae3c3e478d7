"""Trouble after a run's outcome is known: it must never hide the outcome."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from assistant.base.errors import SetupError
from assistant.base.words import Language, told

_PATIENCE_S = 5.0
_CAUSES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "quota",
    errno.EFBIG: "too_large",
    errno.EROFS: "read_only",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "not_there",
    errno.ENOTDIR: "file_for_folder",
    errno.EEXIST: "file_for_folder",
    errno.EISDIR: "folder_for_file",
    errno.ENAMETOOLONG: "long_name",
    errno.ELOOP: "loop",
    errno.EBUSY: "in_use",
    errno.EADDRINUSE: "port_taken",
    errno.EIO: "disk_fails",
}


def why(error: BaseException, language: Language) -> str:
    """Explain in a few words why a file couldn't be written or read."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _CAUSES:
        return told(f"base.why.{_CAUSES[number]}", language)
    if isinstance(error, OSError) and number is not None and number in errno.errorcode:
        # The system only speaks English here, but the person can look up the code.
        code = errno.errorcode[number]
        return error.strerror if error.strerror and language == "en" else told("base.why.code", language, code=code)
    return type(error).__name__


def no_room(error: OSError) -> SetupError:
    """Return what we say when temporary files can't be written because of *error*."""
    is_told = error.errno != errno.ENOENT  # ENOENT: the system tried every place in vain, and has nothing more to say
    return SetupError("no_room", f"({why(error, 'tr')})" if is_told else None)


@contextmanager
def outcome_stays(doing: str) -> Iterator[None]:
    """Log any error raised inside and carry on: the outcome is already known, and *doing* doesn't change it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 (whatever it is)
        from loguru import logger

        logger.debug("{} failed: {}", doing, type(error).__name__)


class _Patient(io.RawIOBase):
    """A stream that accepts every write, even if its reader is gone or the disk is full."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        with suppress(OSError):
            return os.isatty(self._number)
        return False

    def write(self, data: object, /) -> int | None:
        view = memoryview(data)  # type: ignore[arg-type]  # bytes, or something like them
        try:
            return os.write(self._number, view)
        except BlockingIOError:  # another process made the shared stream non-blocking; try the rest again
            select.select([], [self._number], [], _PATIENCE_S)
            return None
        except OSError:
            return view.nbytes


def write_whatever_happens() -> None:
    """Keep this process's standard streams from raising if the reader is gone, the disk is full or they are closed.

    Leaves alone streams that somebody else put there, and the Windows console, which takes text, not bytes.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # Otherwise the next file we open gets this number, and prints meant for the stream end up in it.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:  # so does Python where it was closed: who asks there hears the end of it, as from /dev/null
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        raw = _Patient(number)
        if stream is not getattr(sys, f"__{name}__") or (sys.platform == "win32" and raw.isatty()):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
            continue
        live = name == "stderr" or raw.isatty()
        setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "replace", line_buffering=live))
