"""An institution's portal file: we read it, check it, and keep a last good copy in case it becomes unreadable."""

from __future__ import annotations

from contextlib import suppress
from errno import ENOENT
from functools import partial
from hashlib import sha256
from pathlib import Path

from assistant.base.errors import UsageError
from assistant.base.files import make_private, read_ordinary, write
from assistant.base.trouble import why
from assistant.base.words import Language, told
from assistant.wording.refusal import as_usage_error, refusal
from flows import portal_look
from flows.additions import LARGEST, Addition, AdditionError, read_additions

COPY = "portal-file-"
"""Prefix of a last good copy's name; the rest identifies the original file."""


def words_folder() -> Path:
    """Return the folder for learnt words and copies of portal files, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("eonay", appauthor=False) / "words"


def read_portal_file(path: Path) -> tuple[Addition, ...]:
    """Return what the portal file at *path* adds. Raises `UsageError` if it is unreadable or refused."""
    try:
        return read_additions(_text(path), str(path), portal_look())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError.of("wording.file.unreadable", path=path, why=partial(_why, error)) from None
    except AdditionError as error:
        raise as_usage_error(error) from None


def latest_good(
    path: Path, language: Language = "tr", folder: Path | None = None
) -> tuple[tuple[Addition, ...], tuple[str, ...]]:
    """Return what the portal file at *path* adds, and what the person should hear about it.

    If it is unreadable or refused we use its last good copy and say so. Without a copy we add nothing, and the run asks
    the person instead.
    """
    copy = (folder or words_folder()) / f"{COPY}{sha256(str(path.absolute()).encode()).hexdigest()[:16]}.toml"
    try:
        text = _text(path)
        found = read_additions(text, str(path), portal_look())
    except (OSError, UnicodeDecodeError, AdditionError) as error:
        wrong = refusal(error, language) if isinstance(error, AdditionError) else f"{path}: {_why(error, language)}"
        return _from_copy(copy, wrong, language)
    with suppress(OSError):  # we can go on without a copy
        make_private(copy.parent, ours=True)
        if not copy.is_file() or copy.read_text(encoding="utf-8") != text:
            write(copy, text, private=True)
    return found, ()


def _from_copy(copy: Path, wrong: str, language: Language) -> tuple[tuple[Addition, ...], tuple[str, ...]]:
    try:
        found = read_additions(read_ordinary(copy), str(copy), portal_look())
    except (OSError, UnicodeDecodeError, AdditionError):
        return (), (told("wording.file.without", language, told=wrong),)
    return found, (told("wording.file.copy", language, told=wrong),)


def _text(path: Path) -> str:
    if "\0" in str(path):  # TOML allows it, file names don't
        raise FileNotFoundError(ENOENT, "")
    with path.open("rb") as file:
        return file.read(4 * LARGEST + 1).decode("utf-8-sig")


def _why(error: Exception, language: Language) -> str:
    if isinstance(error, OSError):
        return why(error, language)
    return told("wording.file.not_utf8", language)
