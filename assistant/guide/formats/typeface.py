"""How wide text is in Arial, so that what must fit can be measured before it is written.

Widths are thousandths of the font's size; Liberation Sans, which stands in for Arial on Linux, has the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from assistant.guide.model import Span, Text

FAMILY = "Arial"

_REGULAR: Mapping[int, str] = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ftİıÎî·",
    333: "()-`r“”„{}",
    355: '"•',
    389: "*",
    469: "^°",
    500: "Jcksvxyzçş",
    556: "#$0123456789?L_abdeghnopquğöüâû«»–€§",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXYŞÂ",
    722: "CDHNRUwÇÜÛ",
    778: "GOQĞÖ",
    833: "Mm½",
    889: "%",
    944: "W",
    1015: "@—…→",
}
_BOLD: Mapping[int, str] = {
    238: "'",
    278: " ,./I\\ijlİıÎî‘’·|",
    333: "!()-:;[]`ft",
    389: "*r{}•",
    474: '"°',
    500: "z“”„",
    556: "#$0123456789J_aceksvxyçşâ«»–€§",
    584: "+<=>^~×",
    611: "?FLTZbdghnopquğöüû",
    667: "EPSVXYŞ",
    722: "&ABCDHKNRUÇÜÂÛ",
    778: "GOQwĞÖ",
    833: "M½",
    889: "%m",
    944: "W",
    1000: "@—…→",
}
_UNKNOWN = 1000
_NARROW = 0.28
"""Share of a table's width."""


@cache
def _widths(strong: bool) -> dict[str, int]:
    return {letter: width for width, letters in (_BOLD if strong else _REGULAR).items() for letter in letters}


def width(text: str, size: float, *, strong: bool = False) -> float:
    """Return how wide *text* is, in points, at a font size of *size* points. Unknown letters count as a full em."""
    widths = _widths(strong)
    return sum(widths.get(letter, _UNKNOWN) for letter in text) * size / 1000


def count_lines(text: Text | str, size: float, room: float, *, strong: bool = False) -> int:
    """Return in how many lines of *room* points *text* is set at *size* points, broken at spaces; at least 1."""
    lines, used, space = 1, 0.0, width(" ", size)
    for wide in _word_widths(text, size, strong=strong):
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
        if used > room:
            # A word longer than the line is broken anywhere.
            lines, used = lines + int(used // room), used % room
    return lines


def longest_word(text: Text | str, size: float, *, strong: bool = False) -> float:
    """Return how wide the widest word of *text* is, in points, at *size* points."""
    return max(_word_widths(text, size, strong=strong), default=0)


def _word_widths(text: Text | str, size: float, *, strong: bool) -> list[float]:
    spans = (Span(text),) if isinstance(text, str) else text
    return [sum(width(piece, size, strong=strong or is_strong) for piece, is_strong in word) for word in _words(spans)]


def _words(spans: Text) -> list[list[tuple[str, bool]]]:
    """Return the words of *spans*; a word may be of several pieces, some of them strong."""
    words: list[list[tuple[str, bool]]] = [[]]
    for span in spans:
        for number, piece in enumerate(span.text.split(" ")):
            if number:
                words.append([])
            if piece:
                words[-1].append((piece, span.strong))
    return [word for word in words if word]


def column_widths(columns: Sequence[Sequence[str]], size: float, room: float, padding: float) -> tuple[float, ...]:
    """Return how wide the columns of a table are: as their words need, and together *room* points.

    *padding* is what a cell keeps free at both sides together.
    """
    whole = [max(width(cell, size, strong=True) for cell in column) + padding + 4 for column in columns]
    words = [max(longest_word(cell, size, strong=True) for cell in column) for column in columns]
    # A narrow column is left unbroken: its cells are names.
    least = [full if full <= room * _NARROW else word + padding + 4 for word, full in zip(words, whole, strict=True)]
    if sum(least) >= room:
        return tuple(room * low / sum(least) for low in least)
    if sum(whole) <= room:
        return (*whole[:-1], room - sum(whole[:-1]))
    over = sum(whole) - sum(least)
    spare = room - sum(least)
    return tuple(low + spare * (want - low) / over for low, want in zip(least, whole, strict=True))
