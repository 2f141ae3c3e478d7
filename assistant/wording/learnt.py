"""Learnt words: what a person at this computer pointed at, kept as data until they forget it.

One private TOML file in the user's data folder. A word is a control from `flows.additions.ALLOWED`, its label, and
where it was. At first it is only a suggestion. Once a run that used it has ended well it is `proven`, and we use it
without asking. We neither keep nor believe what `flows.additions` refuses.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.base.files import again_if_removed, make_private, one_at_a_time, read_ordinary, write
from assistant.wording.portal_file import words_folder
from flows import SITES, portal_look
from flows.additions import Addition, why_refused
from flows.text import fold_label

FILE = "learnt.toml"
TURN = "learnt.lock"
"""Is there while somebody changes the words, so that two runs at once lose none."""
HEAD = "# eonay: learnt words. `eonay words list` shows them, `eonay words forget` removes them."
_KINDS = ("link", "button", "tile")
_MOST = 100
"""Maximum number of words; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, and where it was."""

    control: str
    label: str
    screen: str = ""
    """The last known screen before it; empty at the start."""
    site: str = ""
    kind: str = ""
    """``link``, ``button`` or ``tile``."""
    proven: bool = False
    """Whether a run that used it ended well, or it comes from a checked file."""

    @property
    def addition(self) -> Addition:
        """What it adds to the look."""
        return Addition(self.control, self.label)

    def is_same(self, other: Addition) -> bool:
        """Whether it is the same as *other*, ignoring case and spaces."""
        return self.control == other.control and fold_label(self.label) == fold_label(other.label)


class Learnt:
    """The words learnt on this computer."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or words_folder()) / FILE

    def words(self) -> tuple[Word, ...]:
        """Return them, oldest first. A missing or damaged file has none."""
        try:
            entries = tomllib.loads(read_ordinary(self.path)).get("word", [])
        except (OSError, ValueError, RecursionError):  # not TOML, not UTF-8, or nested too deeply
            return ()
        found = [_word(entry) for entry in entries] if isinstance(entries, list) else []
        return tuple(word for word in found if word is not None)[-_MOST:]

    def keep(self, word: Word) -> None:
        """Keep *word*. If we know it already, only update where it was. Raises `OSError`.

        Raises `ValueError` if the rules refuse the word.
        """
        if problem := why_refused(word.control, word.label, portal_look()):
            raise ValueError(problem)
        with self._alone():
            before = self.words()
            known = next((one for one in before if one.is_same(word.addition)), None)
            others = [one for one in before if one is not known]
            self._write([*others, replace(word, proven=word.proven or (known is not None and known.proven))])

    def prove(self, used: Iterable[Addition]) -> None:
        """Note that a run which used these ended well. Raises `OSError`."""
        wanted = tuple(used)
        if not self.words():
            return
        with self._alone():
            before = self.words()
            after = [replace(w, proven=w.proven or any(w.is_same(one) for one in wanted)) for w in before]
            if after != list(before):
                self._write(after)

    def forget(self, words: Iterable[Word] | None = None) -> tuple[Word, ...]:
        """Forget *words*, or all of them; return the ones we had. Raises `OSError`."""
        if not self.path.exists():
            return ()
        with self._alone():
            before = self.words()
            gone = before if words is None else tuple(word for word in before if word in set(words))
            if rest := [word for word in before if word not in gone]:
                self._write(rest)
            else:
                self.path.unlink(missing_ok=True)
            return gone

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with suppress(OSError):  # writing tells why
            make_private(self.path.parent, ours=True)
        with one_at_a_time(self.path.with_name(TURN)):
            yield

    def _write(self, words: list[Word]) -> None:
        tables = (
            "[[word]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in _facts(w)) for w in words[-_MOST:]
        )
        text = "\n".join((HEAD, *tables))

        def put() -> None:
            make_private(self.path.parent, ours=True)
            write(self.path, text, private=True)

        again_if_removed(put)


def _facts(word: Word) -> list[tuple[str, object]]:
    return [(name, getattr(word, name)) for name in Word.__slots__]


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # text without controls, or a boolean: TOML writes both like JSON


def _word(entry: Any) -> Word | None:
    """Return the word in one table of the file; None if it can't be a word."""
    if not isinstance(entry, dict) or set(entry) - set(Word.__slots__):
        return None
    text = {name: entry.get(name, "") for name in Word.__slots__ if name != "proven"}
    proven = entry.get("proven", False)
    if not all(isinstance(value, str) for value in text.values()) or not isinstance(proven, bool):
        return None
    word = Word(**text, proven=proven)
    look = portal_look()
    known = (word.screen in {"", *look.screens}, word.site in {"", *SITES}, word.kind in {"", *_KINDS})
    return word if all(known) and why_refused(word.control, word.label, look) is None else None
