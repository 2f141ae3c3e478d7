"""What can be read on a page, line by line with its place: what is next to, above or below what.

A person takes a caption to belong to the number next to it, whatever their order in the page's source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
"""x, y, width and height in CSS pixels of the frame's viewport."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_WIDE_DIGITS = {code: chr(ord("0") + code - 0xFF10) for code in range(0xFF10, 0xFF1A)}
_SAME_ROW = 0.5
"""How much of the lower of two boxes must be level with the other for both to be in one row."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text or field."""

    text: str = field(repr=False)
    box: Box
    kind: str
    """The kind of element it is in: the pieces of one number are of one kind."""
    named: bool = False
    """Whether its words name a link or a button, or are an ornament: they are no caption for anything else."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one block says without a break."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join("".join(piece.text for piece in self.pieces).split())

    @property
    def box(self) -> Box:
        """The box around it."""
        return around(piece.box for piece in self.pieces)

    @property
    def is_named(self) -> bool:
        """Whether all of it is a link, a button or an ornament."""
        return all(piece.named for piece in self.pieces if piece.text.strip())


def lines_of(read: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return the lines of what ``code.js`` read, without signs that nobody sees."""
    lines: dict[int, list[Piece]] = {}
    word: dict[int, int] = {}
    for entry in read:
        text = plain(entry["text"])
        if word.get(entry["line"], entry["word"]) != entry["word"]:
            text = " " + text
        word[entry["line"]] = entry["word"]
        lines.setdefault(entry["line"], []).append(Piece(text, tuple(entry["box"]), entry["kind"], entry["named"]))
    made = (Line(tuple(pieces)) for pieces in lines.values())
    return [line for line in made if line.text]


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of *text*, as if each were below the one before."""
    parts = [part for part in plain(text).split("\n") if part.strip()]
    return [Line((Piece(part, (0, n * 20.0, 8.0 * len(part), 16), ""),)) for n, part in enumerate(parts)]


def plain(text: str) -> str:
    """Return *text* without invisible signs, and with plain digits."""
    return _INVISIBLE.sub("", text).translate(_WIDE_DIGITS)


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around *boxes*; there must be at least one."""
    some = list(boxes)
    x, y = min(b[0] for b in some), min(b[1] for b in some)
    return x, y, max(b[0] + b[2] for b in some) - x, max(b[1] + b[3] for b in some) - y


def in_one_row(a: Box, b: Box) -> bool:
    """Return whether two boxes are side by side."""
    shared = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return shared > 0 and shared >= _SAME_ROW * min(a[3], b[3])


def in_one_column(a: Box, b: Box) -> bool:
    """Return whether one of two boxes is above the other."""
    return min(a[0] + a[2], b[0] + b[2]) > max(a[0], b[0]) and not in_one_row(a, b)


def gap(a: Box, b: Box) -> float:
    """Return how far apart two boxes are, CSS pixels."""
    dx = max(a[0] - b[0] - b[2], b[0] - a[0] - a[2], 0)
    dy = max(a[1] - b[1] - b[3], b[1] - a[1] - a[3], 0)
    return float(dx + dy)


def to_the_left(box: Box, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield what is before *box* in its row, the nearest first."""
    return _nearest(box, (ln for ln in lines if in_one_row(box, ln.box) and ln.box[0] + ln.box[2] <= box[0] + 1))


def above(box: Box, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield what is above *box*, the nearest first."""
    return _nearest(box, (ln for ln in lines if in_one_column(box, ln.box) and ln.box[1] < box[1]))


def below(box: Box, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield what is below *box*, the nearest first."""
    return _nearest(box, (ln for ln in lines if in_one_column(box, ln.box) and ln.box[1] > box[1]))


def _nearest(box: Box, lines: Iterable[Line]) -> Iterator[Line]:
    return iter(sorted(lines, key=lambda line: gap(box, line.box)))
