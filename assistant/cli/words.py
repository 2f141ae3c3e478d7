"""The command ``eonay words``: what was learnt at this desk, and its way to another desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from assistant.base.answer import print_json
from assistant.base.console import Console
from assistant.base.errors import UsageError
from assistant.base.files import write
from assistant.base.foreign import shown
from assistant.base.outcome import Language
from assistant.base.trouble import why
from assistant.wording.learnt import Learnt, Word
from assistant.wording.places import named, placed
from assistant.wording.portal_file import read_portal_file
from flows.additions import as_portal_file

_TEXTS: dict[Language, dict[str, str]] = {
    "tr": {
        "none": "Bu bilgisayarda öğrenilmiş sözcük yok.",
        "proven": "sorulmadan kullanılır",
        "asked": "kullanmadan önce sorulur",
        "wrote": "{count} sözcük yazıldı: {path}",
        "took": "{count} yeni sözcük alındı.",
        "forgot": "{count} sözcük unutuldu.",
        "head": "Portal dosyası: eonay.toml içinde portal_file = '…' ile bütün masalarda kullanılır.",
    },
    "en": {
        "none": "No words have been learnt on this computer.",
        "proven": "used without asking",
        "asked": "asked before use",
        "wrote": "{count} words written: {path}",
        "took": "{count} new words taken.",
        "forgot": "{count} words forgotten.",
        "head": "Portal file: portal_file = '…' in eonay.toml uses it at every desk.",
    },
}
_HEADS: dict[Language, tuple[str, ...]] = {
    "tr": ("no", "sözcük", "nedir", "nerede duruyordu", "durum"),
    "en": ("no", "label", "what it is", "where it stood", "use"),
}


@dataclass(frozen=True, slots=True)
class WordsOptions:
    """What was asked for on the command line."""

    json_output: bool = False
    language: Language = "tr"


def list_words(options: WordsOptions, learnt: Learnt | None = None) -> int:
    """Show the words, numbered as ``forget`` takes them."""
    words = (learnt or Learnt()).words()
    if options.json_output:
        print_json({"words": [_as_entry(word) for word in words]})
        return 0
    texts, console = _TEXTS[options.language], Console(highlight=False)
    if not words:
        console.print(texts["none"])
        return 0
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head in _HEADS[options.language]:
        table.add_column(head, overflow="fold")
    for number, word in enumerate(words, 1):
        cells = (named(word.control, options.language), placed(word, options.language))
        use = texts["proven" if word.proven else "asked"]
        table.add_row(str(number), f"«{shown(word.label)}»".replace("[", "\\["), *cells, use)
    console.print(table)
    return 0


def export_words(options: WordsOptions, path: Path, learnt: Learnt | None = None) -> int:
    """Write the words that good runs have used into the portal file *path*. Raises `UsageError` where none is."""
    words = [word for word in (learnt or Learnt()).words() if word.proven]
    if not words:
        raise UsageError(
            "Aktarılacak sözcük yok: iyi biten bir çalışmada kullanılmış olmaları gerekir.",
            "There are no words to export: a run that ended well must have used them.",
        )
    text = f"# {_TEXTS[options.language]['head']}\n\n{as_portal_file(word.addition for word in words)}"
    try:
        write(path, text)
    except OSError as error:
        raise UsageError(
            f"{path} yazılamadı: {why(error, 'tr')}", f"{path} cannot be written: {why(error, 'en')}"
        ) from None
    return _tell(options, "wrote", words, path=path)


def import_words(options: WordsOptions, path: Path, learnt: Learnt | None = None) -> int:
    """Take the words of the portal file *path* as checked ones. Raises `UsageError` where it is refused."""
    store = learnt or Learnt()
    before = store.words()
    found = [Word(one.control, one.label, proven=True) for one in read_portal_file(path)]
    with _storing():
        for word in found:
            store.keep(word)
    new = [word for word in found if not any(one.is_same(word.addition) and one.proven for one in before)]
    return _tell(options, "took", new)


def forget_words(options: WordsOptions, which: Sequence[str], *, every: bool, learnt: Learnt | None = None) -> int:
    """Forget the words with these numbers or labels, or all. Raises `UsageError` for one that is not there."""
    store = learnt or Learnt()
    words = store.words()
    if every == bool(which):
        raise UsageError(
            "Unutulacak sözcüklerin numarasını yazınız ya da --all veriniz. Liste: eonay words list",
            "Give the numbers of the words to forget, or --all. List: eonay words list",
        )
    chosen: list[Word] = list(words) if every else []
    for name in which:
        found = [word for number, word in enumerate(words, 1) if name in {str(number), word.label}]
        if not found:
            raise UsageError(
                f"{name!r} adlı bir sözcük yok. Liste: eonay words list",
                f"There is no word {name!r}. List: eonay words list",
            )
        chosen += found
    with _storing():
        gone = store.forget(chosen)
    return _tell(options, "forgot", gone)


@contextmanager
def _storing() -> Iterator[None]:
    """Inside, a file that cannot be written is an error of the command line."""
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"Sözcükler saklanamadı: {why(error, 'tr')}", f"The words cannot be kept: {why(error, 'en')}"
        ) from None


def _tell(options: WordsOptions, text: str, words: Sequence[Word], **more: object) -> int:
    if options.json_output:
        print_json({text: [_as_entry(word) for word in words]})
    else:
        sys.stdout.write(_TEXTS[options.language][text].format(count=len(words), **more) + "\n")
    return 0


def _as_entry(word: Word) -> dict[str, object]:
    return {name: getattr(word, name) for name in Word.__slots__}
