"""A guide's folder: made next to the old one, and put in its place only when it is complete."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from assistant.base.errors import UsageError, wrong
from assistant.base.files import close_to_others, open_to_umask
from assistant.base.parsing import read_json
from assistant.base.trouble import why
from assistant.base.words import Language

MANIFEST = "guide.json"
"""The file that marks a folder as a guide."""
FILES = "files"
"""The manifest's list of the guide's files; any other file is somebody's own."""


@contextmanager
def replacing(folder: Path, language: Language, *, private: bool = False) -> Iterator[Path]:
    """Yield an empty folder that replaces *folder* at the end. If the body fails, *folder* stays as it was.

    We keep files in *folder* that didn't come from a guide. Raises `UsageError` if *folder* contains something other
    than a guide, or isn't writable. A *private* guide, with pictures from somebody's own run, stays private until they
    pass it on; any other follows the umask.
    """
    folder = folder.absolute()
    check_free(folder, language)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _wrong("unwritable", folder, language, why=why(error, language)) from None
    try:
        yield fresh
        try:
            if not private:
                open_to_umask(fresh)  # mkdtemp makes private folders
            _take_place(fresh, folder)
            if private:
                close_to_others(folder)
        except OSError as error:
            raise _wrong("unwritable", folder, language, why=why(error, language)) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_free(folder: Path, language: Language) -> None:
    """Raise `UsageError` if a guide in *folder* would replace something that isn't a guide."""
    if folder.is_file():
        raise _wrong("file", folder, language)
    if folder.is_dir() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise _wrong("foreign", folder, language)


def _take_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    _carry_over(folder, fresh)
    before = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    before.rmdir()
    folder.rename(before)
    try:
        fresh.rename(folder)
    except BaseException:  # Ctrl+C too: put the old guide back
        before.rename(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _carry_over(kept: Path, fresh: Path) -> None:
    """Copy somebody's own files from the *kept* guide to the *fresh* one."""
    ours = files_of(kept)
    for path in kept.rglob("*"):
        name = path.relative_to(kept).as_posix()
        if path.is_file() and name != MANIFEST and name not in ours and not (fresh / name).exists():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, fresh / name)
            with suppress(OSError):  # a USB stick has no modes
                shutil.copystat(path, fresh / name)


def files_of(folder: Path) -> frozenset[str]:
    """Return the names of the files in *folder*'s guide, relative to it."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        listed = read_json((folder / MANIFEST).read_text(encoding="utf-8"))[FILES]
        return frozenset(map(str, listed))
    return frozenset()


def _wrong(problem: str, folder: Path, language: Language, **values: object) -> UsageError:
    return wrong(f"guide.out.{problem}", language, "--out", folder=folder, **values)
