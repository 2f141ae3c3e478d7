"""The folder of a guide is made beside the one that is there and takes its place only when it is whole."""

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
"""The file by which a folder is known to hold a guide."""
FILES = "files"
"""The manifest's list of what belongs to the guide; a file that is not in it is somebody's own."""


@contextmanager
def replacing(folder: Path, language: Language, *, private: bool = False) -> Iterator[Path]:
    """Give an empty folder that takes the place of *folder* at the end; when the body fails, *folder* stays as it was.

    Files in *folder* that did not come from a guide are kept. Raises `UsageError` where *folder* holds something other
    than a guide, or cannot be written. A *private* guide, with pictures of somebody's own run, is for its owner alone
    until they hand it on; any other follows the umask.
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
                open_to_umask(fresh)  # what mkdtemp makes is the owner's alone
            _take_place(fresh, folder)
            if private:
                close_to_others(folder)
        except OSError as error:
            raise _wrong("unwritable", folder, language, why=why(error, language)) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def check_free(folder: Path, language: Language) -> None:
    """Raise `UsageError` where a guide in *folder* would replace something that is no guide."""
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
    except BaseException:  # Ctrl+C as well: the kept guide goes back to its place
        before.rename(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _carry_over(kept: Path, fresh: Path) -> None:
    """Copy what is somebody's own from the *kept* guide to the *fresh* one."""
    ours = files_of(kept)
    for path in kept.rglob("*"):
        name = path.relative_to(kept).as_posix()
        if path.is_file() and name != MANIFEST and name not in ours and not (fresh / name).exists():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, fresh / name)


def files_of(folder: Path) -> frozenset[str]:
    """Return the names of the files that the guide in *folder* is made of, relative to it."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        listed = read_json((folder / MANIFEST).read_text(encoding="utf-8"))[FILES]
        return frozenset(map(str, listed))
    return frozenset()


def _wrong(problem: str, folder: Path, language: Language, **values: object) -> UsageError:
    return wrong(f"guide.out.{problem}", language, "--out", folder=folder, **values)
