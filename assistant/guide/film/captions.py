"""Captions: spoken text in pieces that can be read in the time they stand there.

The limits are those that broadcasters use: two lines of 42 letters, at most 17 letters a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

TICKS = 25
"""Ticks a second: the grid on which everything in the film begins and ends."""
LINE = 42
"""Letters a line."""
SPEED = 15
"""Letters a second; below the limit of 17, for there is no voice to follow."""
SHORTEST = TICKS * 3 // 2
GAP = 2
"""Ticks between two captions, so that one sees that the words have changed."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[“\"(]?[A-ZÇĞİÖŞÜ])")
_CLAUSE = re.compile(r"(?<=[,;:–])\s+")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption, from *start* up to *end* in ticks."""

    start: int
    end: int
    lines: tuple[str, ...]
    """One or two."""


def cues(spoken: str, start: int) -> tuple[Cue, ...]:
    """Return the captions of *spoken*, the first one at the tick *start*."""
    made: list[Cue] = []
    for piece in _pieces(" ".join(spoken.split())):
        lines = _balanced(piece)
        end = start + max(SHORTEST, ceil(len(piece) * TICKS / SPEED))
        made.append(Cue(start, end, lines))
        start = end + GAP
    return tuple(made)


def web_vtt(all_cues: Iterable[Cue], language: str) -> str:
    """Return a WebVTT file (W3C Candidate Recommendation of 2019-04-04), times in milliseconds."""
    blocks = ["WEBVTT", f"Kind: captions\nLanguage: {language}"]
    blocks = ["\n".join(blocks)]
    for number, cue in enumerate(all_cues, start=1):
        text = "\n".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in cue.lines)
        blocks.append(f"{number}\n{_time(cue.start)} --> {_time(cue.end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _time(ticks: int) -> str:
    seconds, milliseconds = divmod(ticks * 1000 // TICKS, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"


def _pieces(text: str) -> list[str]:
    """Return *text* in pieces of at most two lines, broken behind sentences, else behind clauses, else at a space."""
    pieces: list[str] = []
    for sentence in _SENTENCE.split(text):
        if _fits(sentence):
            if sentence:
                pieces.append(sentence)
            continue
        grown = ""
        for clause in (part for part in _CLAUSE.split(sentence)):
            if grown and not _fits(f"{grown} {clause}"):
                pieces += _by_words(grown)
                grown = clause
            else:
                grown = f"{grown} {clause}".lstrip()
        pieces += _by_words(grown)
    return pieces


def _by_words(text: str) -> list[str]:
    """Return *text* in as few pieces as will do, of about the same length."""
    words = text.split()
    for count in range(1, len(words) + 1):
        goal = len(text) / count
        pieces = [""]
        for word in words:
            long_enough = len(pieces[-1]) + len(word) / 2 >= goal
            if pieces[-1] and (long_enough or not _fits(f"{pieces[-1]} {word}")):
                pieces.append(word)
            else:
                pieces[-1] = f"{pieces[-1]} {word}".lstrip()
        if len(pieces) <= count and all(map(_fits, pieces)):
            return pieces
    return words


def _fits(text: str) -> bool:
    return len(_balanced(text)) <= 2


def _balanced(text: str) -> tuple[str, ...]:
    """Return *text* in lines that are as long as each other, two of them if two will do."""
    if len(text) <= LINE:
        return (text,)
    breaks = [at for at, letter in enumerate(text) if letter == " "]
    pairs = [(text[:at], text[at + 1 :]) for at in breaks if at <= LINE and len(text) - at - 1 <= LINE]
    if not pairs:
        return (text[:LINE], *_balanced(text[LINE:])) if len(text) > 2 * LINE else (text, "", "")
    return min(pairs, key=lambda pair: abs(len(pair[0]) - len(pair[1])))
