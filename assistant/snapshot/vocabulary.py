"""Which words of a page we may keep: labels and sentences that we know as a whole.

Never word by word: Onay and Kaya are surnames too. A single word only counts as the label of something you can use. A
sentence with ``000`` in it matches any number there, and we don't keep that number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise

from flows import Look, portal_look, steps
from flows.text import fold_label, is_shouted

_ANY_NUMBER = "000"
_DIGITS = re.compile(r"\d+")
_DOTLESS = str.maketrans({"ı": "i"})
_JOINTS = re.compile(r"((?<=[.!?:;…])\s+|\s+[|·–—-]\s+|\n+)")
"""Where one sentence or label ends and the next starts."""
_QUOTED = re.compile(r"“([^”]+)”")
_PARTS = re.compile(r"[A-ZÇĞİÖŞÜ]?[a-zçğıöşü]+|[A-ZÇĞİÖŞÜ]+(?![a-zçğıöşü])|\d+|[^\W\d_]")
_PLAIN_IDENTIFIER = re.compile(r"[\w:./-]{1,80}", re.ASCII)
_LONGEST_NUMBER = 2
"""Maximum digits of one number in an identifier, such as ``col-12``."""
_MOST_DIGITS = 4
"""Maximum digits of all numbers in an identifier together."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words we know, folded."""

    texts: frozenset[str]
    """Labels and sentences."""
    shouted: frozenset[str]
    """The same without dots, for text in all capitals."""
    identifiers: frozenset[str]
    """Words that ids, classes and paths are made of, and whole ones."""

    def with_marked(self, labels: Iterable[str]) -> Vocabulary:
        """Return a copy that also knows *labels*, which a person marked as the portal's own."""
        return replace(self, texts=self.texts | {fold_label(label) for label in labels})

    def told(self, text: str, *, is_label: bool) -> str:
        """Return *text* with everything we don't know reduced to its shape.

        *is_label* says whether it names something you can use, or is a heading.
        """
        if (whole := self._kept(text, is_label or text.rstrip().endswith(":"))) is not None:
            return whole
        parts = _JOINTS.split(text)
        if len(parts) == 1:
            return shape(text)
        return "".join(self._in_pieces(parts))

    def knows(self, text: str, *, is_label: bool = True) -> bool:
        """Whether we may keep *text* as a whole."""
        return self._kept(text, is_label) is not None

    def identifier(self, text: str) -> str:
        """Return an id, a class or a path segment unchanged if it is made of known words, else its shape."""
        if text.casefold() in self.identifiers:
            return text
        parts = _PARTS.findall(text)
        is_plain = bool(parts) and _PLAIN_IDENTIFIER.fullmatch(text) is not None and not spells(text)
        return text if is_plain and all(map(self._is_identifier_word, parts)) else shape(text)

    def _is_identifier_word(self, part: str) -> bool:
        return len(part) <= _LONGEST_NUMBER if part.isdecimal() else part.casefold() in self.identifiers

    def _in_pieces(self, parts: list[str]) -> Iterator[str]:
        """Yield *parts* (pieces and separators in turn), keeping the longest known runs of pieces."""
        at = 0
        while at < len(parts):
            if at % 2:
                yield " " if parts[at].isspace() and "\n" not in parts[at] else parts[at]
                at += 1
                continue
            for end in range(len(parts), at, -2):
                row = "".join(parts[at:end])
                if (kept := self._kept(row, row.rstrip().endswith(":"))) is not None:
                    yield kept
                    break
            else:
                end = at + 1
                yield shape(parts[at])
            at = end

    def _kept(self, text: str, is_label: bool) -> str | None:
        """Return *text* if we know it, with zeros where any number may be; else None."""
        key = fold_label(text)
        if not key:
            return text if not any(letter.isalnum() for letter in text) else None
        if not is_label and " " not in key:
            return None
        plain = key.translate(_DOTLESS)
        if key in self.texts or (is_shouted(text) and plain in self.shouted):
            return text
        if _DIGITS.search(key) and _DIGITS.sub(_ANY_NUMBER, key) in self.texts:
            return _DIGITS.sub(lambda number: "0" * len(number[0]), text)
        return None


def spells(text: str) -> bool:
    """Whether *text* has digits or letters in a row of small pieces, the way numbers, dates or names can look."""
    parts = _PARTS.findall(text)
    digits = sum(len(part) for part in parts if part.isdecimal())
    pairs = pairwise(parts)
    in_a_row = any(a.isdecimal() is b.isdecimal() and (a.isdecimal() or len(a) == len(b) == 1) for a, b in pairs)
    return in_a_row or digits > _MOST_DIGITS


def shape(text: str) -> str:
    """Return *text*'s shape: ``A`` and ``a`` for letters, ``0`` for digits; spaces and plain punctuation stay."""
    return "".join(map(_shape_of, text))


def is_told(words: str) -> bool:
    """Whether *words* is more than a shape."""
    return any(letter.isalpha() and letter not in "aA" for letter in words)


@cache
def known_words() -> Vocabulary:
    """Return what we know: the portal's description, the step catalogue, the list of interface texts."""
    listed = tomllib.loads((resources.files("assistant.snapshot") / "interface.toml").read_text(encoding="utf-8"))
    entries = [*_of_portal(portal_look()), *_of_steps()]
    entries += [text for group in listed["texts"].values() for text in group]
    folded = frozenset(map(fold_label, filter(None, entries)))
    look = portal_look()
    marks = [mark for spec in look.controls.values() for mark in (*spec.ids, *spec.names)]
    identifiers = [word for group in listed["identifiers"].values() for word in group.split()]
    return Vocabulary(
        texts=folded,
        shouted=frozenset(text.translate(_DOTLESS) for text in folded),
        identifiers=frozenset(word.casefold() for word in (*marks, *identifiers)),
    )


def _of_portal(look: Look) -> Iterator[str]:
    for spec in look.controls.values():
        yield from (*spec.labels, *spec.also, *spec.never, spec.hint)
    for screen in look.screens.values():
        for signal in (*screen.all, *screen.none):
            yield from (*signal.says, *signal.heading, *signal.names)
    for titles in look.services.values():
        yield from titles
    yield from (*look.banner, look.consent_text, *look.withdraw_sentences, *look.intro, *look.titles, *look.known)
    yield from (*look.code.labels, *look.code.remaining, *look.code.other_numbers)


def _of_steps() -> Iterator[str]:
    for step in steps("tr").values():
        yield step.title
        yield from _QUOTED.findall(step.now)


def _shape_of(letter: str) -> str:
    if letter.isalpha():
        return "A" if letter.isupper() else "a"
    if letter.isnumeric():
        return "0"
    if letter == "\n":
        return letter
    if letter.isspace():
        return " "
    return letter if letter.isascii() and letter.isprintable() else ""
