"""The command ``eonay purge``: remove what we keep about the person's runs on this computer.

It only removes files that we wrote. A receipt is known by its content, a receipt's page by its title and the receipt
next to it, learnt words by their name in their own folder. Everything else stays, including a folder with anything else
in it. A guide belongs to the person, and we never touch it. A person may have laid a folder elsewhere by a link: what
lies there is ours just the same, and the link stays.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.files import beginning
from assistant.base.foreign import shown
from assistant.base.trouble import why
from assistant.base.words import Language, told, words
from assistant.card.reminder import is_calendar
from assistant.receipts import read_folder
from assistant.receipts.receipt import practice_folder, receipts_folder
from assistant.snapshot.folder import snapshots_folder
from assistant.snapshot.kept import is_snapshot
from assistant.wording.learnt import FILE, TURN
from assistant.wording.portal_file import COPY, words_folder

_HALF = re.compile(r"\.[0-9]{8}T[0-9]{6}[a-z0-9_.-]{1,25}\.[0-9a-f]{8}\.tmp", re.ASCII)
"""What a killed run leaves of a receipt or a snapshot: the first 40 letters of its name, and what makes it half."""
_WORDS = re.compile(rf"(?:{re.escape(FILE)}|{re.escape(TURN)}|{COPY}[0-9a-f]{{16}}\.toml)")
_HALF_WORDS = re.compile(rf"\.{_WORDS.pattern}\.[0-9a-f]{{8}}\.tmp")
"""Files in the folder of words, complete or half-written."""
_LARGEST = 1 << 20
"""How many bytes of a page we search for its title."""


@dataclass(frozen=True, slots=True)
class PurgeOptions:
    """The command-line options."""

    assume_yes: bool = False
    json_output: bool = False
    language: Language = "tr"


@dataclass(frozen=True, slots=True)
class LeftKind:
    """One kind of thing we keep: listed, asked about and removed separately."""

    name: str
    """Name of its text, and of its entry in the JSON object."""
    folder: Path
    find: Callable[[Path], tuple[Path, ...]]
    """Returns the files in the folder that we wrote."""


def receipts_in(folder: Path) -> tuple[Path, ...]:
    """Return the receipts in *folder*, their pages, reminders and half-written leftovers, and no other file."""
    if not folder.is_dir():
        return ()
    kept, _ = read_folder(folder)
    found = [receipt.path for receipt in kept]
    pages = [path.with_suffix(kind) for path in found for kind in (".html", ".pdf")]
    found += [page for page in pages if _is_page(page)]
    found += [path for receipt in kept if is_calendar(path := receipt.path.with_suffix(".ics"))]
    found += _half_in(folder)
    return tuple(sorted(path for path in found if not path.is_symlink()))


def snapshots_in(folder: Path) -> tuple[Path, ...]:
    """Return the snapshots in *folder*, and no other file."""
    if not folder.is_dir():
        return ()
    found = [path for path in folder.glob("*.json") if path.is_file() and is_snapshot(path)] + _half_in(folder)
    return tuple(sorted(path for path in found if not path.is_symlink()))


def _half_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _HALF.fullmatch(path.name) and path.is_file()]


def words_in(folder: Path) -> tuple[Path, ...]:
    """Return the learnt words in *folder* and the copies of portal files, and no other file."""
    if not folder.is_dir():
        return ()
    ours = (p for p in folder.iterdir() if _WORDS.fullmatch(p.name) or _HALF_WORDS.fullmatch(p.name))
    return tuple(sorted(path for path in ours if path.is_file() and not path.is_symlink()))


def _is_page(path: Path) -> bool:
    """Whether *path* is the page or PDF of the receipt with its name, by the title inside."""
    title = f"{told('receipts.page.title', 'tr')} {'· ' if path.suffix == '.html' else ''}{path.stem}<"
    try:
        return title.encode() in beginning(path, _LARGEST)
    except OSError:
        return False


def kinds() -> tuple[LeftKind, ...]:
    """Return all kinds of things we keep on this computer."""
    return (
        LeftKind("receipts", receipts_folder(), receipts_in),
        LeftKind("practice", practice_folder(), receipts_in),
        LeftKind("snapshots", snapshots_folder(), snapshots_in),
        LeftKind("words", words_folder(), words_in),
    )


def run_purge(options: PurgeOptions, what: tuple[LeftKind, ...] | None = None) -> int:
    """List what we keep, ask about each kind, remove it. Returns 0, or 1 if we couldn't remove something.

    Raises `UsageError` if there is nobody to ask and no ``--yes``.
    """
    texts = words("cli", options.language)
    console = Console(stderr=options.json_output, highlight=False)
    found = [(kind, files) for kind in what or kinds() if (files := kind.find(kind.folder))]
    for kind, files in found:
        console.print(f"{texts(f'purge.kind.{kind.name}')}: {kind.folder}", style="bold", soft_wrap=True, markup=False)
        for path in files:
            console.print(f"  {shown(path.name)}", soft_wrap=True, markup=False)
    if not found:
        console.print(texts("purge.none"))
    elif not options.assume_yes and not sys.stdin.isatty():
        raise UsageError.of("cli.purge.nobody")
    removed: list[Path] = []
    left = False
    for kind, files in found:
        if not options.assume_yes and not _is_agreed(kind, len(files), options.language, console):
            console.print(texts("purge.kept"))
            continue
        for path in files:
            try:
                path.unlink(missing_ok=True)
                removed.append(path)
            except OSError as error:
                left = True
                told = texts("purge.left", path=path, why=why(error, options.language))
                console.print(told, soft_wrap=True, markup=False)
        with suppress(OSError):  # stays if there is anything else in it
            kind.folder.rmdir()
    if removed:
        console.print(texts("purge.gone", count=len(removed)))
    if options.json_output:
        print_json({"removed": [shown(path.name) for path in removed]})
    return int(left)


def _is_agreed(kind: LeftKind, count: int, language: Language, console: Console) -> bool:
    texts = words("cli", language)
    asked = f"{texts(f'purge.kind.{kind.name}')}: {texts('purge.ask', count=count)}"
    console.print(asked, end="", markup=False)
    answer = sys.stdin.readline().strip().lower()
    return answer == texts("purge.yes")
