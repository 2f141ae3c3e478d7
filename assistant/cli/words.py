"""The command ``eonay words``: what this desk has learnt, and how to take it to another desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.table import Table

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.files import write
from assistant.base.foreign import shown
from assistant.base.trouble import why
from assistant.base.words import Language, told
from assistant.base.words import words as catalogue
from assistant.wording.learnt import Learnt, Word
from assistant.wording.places import named, placed
from assistant.wording.portal_file import read_portal_file
from flows.additions import as_portal_file


@dataclass(frozen=True, slots=True)
class WordsOptions:
    """The command-line options."""

    json_output: bool = False
    language: Language = "tr"


def list_words(options: WordsOptions, learnt: Learnt | None = None) -> int:
    """Show the words, with the numbers that ``forget`` takes."""
    words = (learnt or Learnt()).words()
    if options.json_output:
        print_json({"words": [_as_entry(word) for word in words]})
        return 0
    texts, console = catalogue("cli", options.language), Console(highlight=False)
    if not words:
        console.print(texts("words.none"))
        return 0
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in texts.group("words.head").values():
        table.add_column(head, overflow="fold")
    for number, word in enumerate(words, 1):
        cells = (named(word.control, options.language), placed(word, options.language))
        use = texts("words.proven" if word.proven else "words.asked")
        table.add_row(str(number), f"«{shown(word.label)}»".replace("[", "\\["), *cells, use)
    console.print(table)
    return 0


def export_words(options: WordsOptions, path: Path, learnt: Learnt | None = None) -> int:
    """Write the words that successful runs used to the portal file *path*. Raises `UsageError` if there are none."""
    words = [word for word in (learnt or Learnt()).words() if word.proven]
    if not words:
        raise UsageError.of("cli.words.nothing_to_export")
    text = f"# {told('cli.words.file_head', options.language)}\n\n{as_portal_file(word.addition for word in words)}"
    try:
        write(path, text)
    except OSError as error:
        raise UsageError.of("cli.all.unwritten", path=path, why=partial(why, error)) from None
    return _tell(options, "wrote", words, path=path)


def import_words(options: WordsOptions, path: Path, learnt: Learnt | None = None) -> int:
    """Import the words of the portal file *path* as checked ones. Raises `UsageError` if it is refused."""
    store = learnt or Learnt()
    before = store.words()
    found = [Word(one.control, one.label, proven=True) for one in read_portal_file(path)]
    with _storing():
        for word in found:
            store.keep(word)
    new = [word for word in found if not any(one.is_same(word.addition) and one.proven for one in before)]
    return _tell(options, "took", new)


def forget_words(options: WordsOptions, which: Sequence[str], *, every: bool, learnt: Learnt | None = None) -> int:
    """Forget the words with these numbers or labels, or all. Raises `UsageError` for an unknown one."""
    store = learnt or Learnt()
    words = store.words()
    if every == bool(which):
        raise UsageError.of("cli.words.which")
    chosen: list[Word] = list(words) if every else []
    for name in which:
        found = [word for number, word in enumerate(words, 1) if name in {str(number), word.label}]
        if not found:
            raise UsageError.of("cli.words.unknown", name=repr(name))
        chosen += found
    with _storing():
        gone = store.forget(chosen)
    return _tell(options, "forgot", gone)


@contextmanager
def _storing() -> Iterator[None]:
    """Turn an unwritable file into a command-line error."""
    try:
        yield
    except OSError as error:
        raise UsageError.of("cli.words.unkept", why=partial(why, error)) from None


def _tell(options: WordsOptions, text: str, words: Sequence[Word], **more: object) -> int:
    if options.json_output:
        print_json({text: [_as_entry(word) for word in words]})
    else:
        sys.stdout.write(told(f"cli.words.{text}", options.language, count=len(words), **more) + "\n")
    return 0


def _as_entry(word: Word) -> dict[str, object]:
    return {name: getattr(word, name) for name in Word.__slots__}
