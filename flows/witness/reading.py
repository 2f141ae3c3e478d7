"""How a person reads words that are seen: which make one row, one line, one passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.text import skeleton
from flows.witness.sight import SeenWords
from flows.witness.snapshot import Box
from flows.words import decides, wills, wishes

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_CAPTION_WORDS = 5


def letters_of(text: str) -> str:
    """Return just the letters and digits of *text*, as they look."""
    return _NOT_LETTERS.sub("", skeleton(text))


def words_as_seen(text: str) -> str:
    """Return just the words of *text*, as they look, with one space around each."""
    return f" {_NOT_LETTERS.sub(' ', skeleton(text)).strip()} "


def unbroken(rows: Sequence[Sequence[SeenWords]]) -> Iterator[list[SeenWords]]:
    """Yield *rows* of words; rows that one text was broken into go together."""
    run: list[SeenWords] = []
    for row in rows:
        if run and run[-1].node != row[0].node:
            yield run
            run = []
        run.extend(row)
    if run:
        yield run


def read_as_one(words: Sequence[SeenWords]) -> str:
    """Return *words* as a person reads them: with a space at each gap, and a line break is a space too."""
    text, before = "", None
    for one in words:
        if before is not None:
            beside = before.box[0] + before.box[2]
            apart = abs(one.box[0] - beside)  # the line after the one it overlaps begins further left
            is_split = not is_one_row(before.box, one.box) or apart > 0.2 * one.box[3]
            is_split = is_split or (before.node != one.node and text.endswith((".", "!", "?")))
            is_split = is_split and not text.endswith("\u00ad")  # a word broken over two lines
            text += " " if is_split and not text.endswith(" ") else ""
        text += one.text
        before = one
    return " ".join(text.split())


def runs_of(row: Sequence[SeenWords]) -> Iterator[list[SeenWords]]:
    """Yield the parts of *row* that no wide gap separates."""
    run: list[SeenWords] = []
    for words in row:
        if run and words.box[0] - (run[-1].box[0] + run[-1].box[2]) > 1.2 * words.box[3]:
            yield run
            run = []
        run.append(words)
    if run:
        yield run


def is_one_row(one: Box, other: Box) -> bool:
    """Return whether two boxes are beside each other."""
    common = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return common > 0.5 * min(one[3], other[3])


def follows(above: Box, below: Box) -> bool:
    """Return whether *below* is the next line under *above*."""
    gap = below[1] - (above[1] + above[3])
    beside = min(above[0] + above[2], below[0] + below[2]) - max(above[0], below[0])
    return beside > 0 and -0.5 * below[3] < gap < 0.9 * below[3]


def is_in_order(parts: Sequence[SeenWords]) -> bool:
    """Return whether *parts* are read in page order, as one passage."""
    boxes = [w.box for w in parts if letters_of(w.text)]
    for before, after in pairwise(boxes):
        if is_one_row(before, after):
            if after[0] < before[0] + before[2] - 2 or after[0] - (before[0] + before[2]) > 3 * after[3]:
                return False
        elif after[1] < before[1] or after[1] - (before[1] + before[3]) > 3 * after[3]:
            return False
    return True


def is_caption(sentence: str) -> bool:
    """Return whether *sentence* is short and wants, wishes and decides nothing."""
    is_short = len(sentence.split()) <= _CAPTION_WORDS
    return is_short and not (wills(sentence) or wishes(sentence) or decides(sentence))
