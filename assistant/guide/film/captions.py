"""Captions: spoken text in pieces short enough to read while they are shown.

The limits are the ones broadcasters use: two lines of 42 letters, at most 17 letters per second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

TICKS = 25
"""Ticks per second: the grid on which everything in the film starts and ends."""
LINE = 42
"""Letters per line."""
SPEED = 15
"""Letters per second; below the limit of 17, because there is no voice to follow."""
SHORTEST = TICKS * 3 // 2
GAP = 2
"""Ticks between two captions, so people notice that the words changed."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[“\"(A-ZÇĞİÖŞÜ]|e-)")
_JOINS = {"ve", "veya", "ya", "ile", "ama", "sonra", "and", "or", "but", "then", "that", "which", "if", "with"}
"""Words that start a phrase."""
_LEADS = {"the", "a", "an", "your", "its", "bir", "bu", "to", "of", "in", "on", "for"}
"""Words that don't work without the next one."""
_QUOTED = 60
"""The cost of a break inside a quotation."""
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
        lines = _balanced(piece, whole=False)
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
    """Split *text* into pieces of at most two lines, after sentences, else clauses, else phrases."""
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
    """Split *text* into pieces of at most two lines, where a phrase ends."""
    if _fits(text):
        return [text]
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    breaks = [at for at in spaces if _fits(text[:at])] or [at for at in spaces if at <= LINE]
    if not breaks:
        return [text]
    pieces = -(-len(text) // (2 * LINE))
    at = min(breaks, key=lambda at: abs(at - len(text) / pieces) + _torn(text, at))
    return [text[:at], *_by_words(text[at + 1 :])]


def _torn(text: str, at: int) -> int:
    """Return the cost of a break at *at*, a space in *text*, in letters; highest inside a quotation."""
    before, after = text[:at], text[at + 1 :]
    if before.count("“") > before.count("”"):
        return _QUOTED
    if before.endswith((",", ";", ":", "–")):
        return -14
    if before.rpartition(" ")[2] in _JOINS | _LEADS:
        return 24
    return -8 if after.partition(" ")[0] in _JOINS else 0


def _fits(text: str) -> bool:
    return len(_balanced(text)) <= 2


def _balanced(text: str, *, whole: bool = True) -> tuple[str, ...]:
    """Return *text* in lines, two if two will do, as equal in length as the phrases allow."""
    if len(text) <= LINE:
        return (text,)
    breaks = [at for at, letter in enumerate(text) if letter == " "]
    pairs = [(text[:at], text[at + 1 :]) for at in breaks if at <= LINE and len(text) - at - 1 <= LINE]
    kept = [pair for pair in pairs if _torn(text, len(pair[0])) < _QUOTED]
    pairs = kept if whole else kept or pairs
    if not pairs:
        return (text[:LINE], *_balanced(text[LINE:])) if len(text) > 2 * LINE else (text, "", "")
    return min(pairs, key=lambda pair: abs(len(pair[0]) - len(pair[1])) + _torn(text, len(pair[0])))
