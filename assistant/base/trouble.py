"""What goes wrong beside a run, once its outcome is known, never hides the outcome."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from assistant.base.outcome import Language

_PATIENCE_S = 5.0
_CAUSES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("diskte yer kalmamış", "the disk is full"),
    errno.EDQUOT: ("disk kotası dolmuş", "the disk quota is used up"),
    errno.EFBIG: ("dosya boyutu sınırı aşıldı", "the limit for file sizes is reached"),
    errno.EROFS: ("disk salt okunur", "the disk is read-only"),
    errno.EACCES: ("buna izin yok", "there is no permission for that"),
    errno.EPERM: ("buna izin yok", "there is no permission for that"),
    errno.ENOENT: ("böyle bir dosya veya klasör yok", "there is no such file or folder"),
    errno.ENOTDIR: ("klasör olması gereken yerde bir dosya var", "a file is where a folder should be"),
    errno.EEXIST: ("klasör olması gereken yerde bir dosya var", "a file is where a folder should be"),
    errno.EISDIR: ("dosya olması gereken yerde bir klasör var", "a folder is where a file should be"),
    errno.ENAMETOOLONG: ("ad çok uzun", "the name is too long"),
    errno.ELOOP: ("bağlantılar birbirini gösteriyor", "links lead to each other"),
    errno.EBUSY: ("dosya kullanımda", "the file is in use"),
    errno.EIO: ("disk okunup yazılamıyor", "the disk does not answer"),
}


def why(error: BaseException, language: Language) -> str:
    """Return why *error* kept a file from being written or read, in a few words."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _CAUSES:
        return _CAUSES[number][language == "en"]
    if isinstance(error, OSError) and number is not None and number in errno.errorcode:
        # The system speaks English whatever the person does; its code can at least be looked up.
        code = errno.errorcode[number]
        return error.strerror or code if language == "en" else f"hata kodu {code}"
    return type(error).__name__


@contextmanager
def outcome_stays(doing: str) -> Iterator[None]:
    """Inside, what fails goes to the log and no further: the outcome is known already, and *doing* is no part of it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 (whatever it is)
        from loguru import logger

        logger.debug("{} failed: {}", doing, type(error).__name__)


class _Patient(io.RawIOBase):
    """A stream that takes all that is written, though whoever should read it may be gone or the disk be full."""

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
        view = memoryview(data)  # type: ignore[arg-type]  # bytes, or what can be seen as such
        try:
            return os.write(self._number, view)
        except BlockingIOError:  # whoever shares the stream has set it so; what isn't written now comes again
            select.select([], [self._number], [], _PATIENCE_S)
            return None
        except OSError:
            return view.nbytes


def write_whatever_happens() -> None:
    """Have this process's standard streams raise nothing for a reader that is gone, a full disk or a closed stream.

    Leaves alone those that were put there by somebody else, and the console of Windows, which takes letters, not bytes.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # What is opened next would take the number, and be written into by whoever means the stream.
            os.open(os.devnull, os.O_RDWR)
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        raw = _Patient(number)
        if stream is not getattr(sys, f"__{name}__") or (sys.platform == "win32" and raw.isatty()):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
            continue
        live = name == "stderr" or raw.isatty()
        setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "replace", line_buffering=live))
