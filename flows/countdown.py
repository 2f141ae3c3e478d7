"""How much time the signing page says is left, and whether it says that the code's time is over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from flows.look import CodeSpec
from flows.seen_text import Box, Line, around, gap, in_one_column, in_one_row
from flows.text import fold

_UNIT = r"(?:saniye|san|sn|s)\b\.?"
_MINUTES = r"(?:dakika|dak|dk|d)\b\.?"
_DURATION = re.compile(
    r"(?:(?P<h>\d{1,2})\s*:\s*)?(?P<m>\d{1,2})\s*:\s*(?P<s>\d{2})(?!\d)"
    r"|(?P<pmin>\d{1,3})\s*['\u2032]\s*(?P<psec>\d{1,2})\s*(?:''|[\"\u2033]|\u2032\u2032)"
    rf"|(?P<min>\d{{1,3}})\s*{_MINUTES}(?:\s*(?:ve\s+)?(?P<sec>\d{{1,2}})\s*{_UNIT})?"
    rf"|(?P<only>-?\d{{1,4}})\s*{_UNIT}"
)
_BARE = re.compile(r"-?\d{1,4}")
_UNIT_OF_LABEL = re.compile(rf"^\w{{0,4}}\s*[(\[]?\s*(?:(?:{_UNIT}|{_MINUTES})\s*[)\]]?)?(?:\s*-\s*|[\s:=.|]*)")
_MOST_PARTS = 8
"""Lines that a clock may be spread over: two boxes for each of hours, minutes, seconds, and their words."""
_FAR = 140.0
"""CSS pixels: anything further from its caption than the radius of a ring belongs to something else."""
_BESIDE = 60.0
"""CSS pixels: words this close after a number make it the number of an item."""
_NOT_SAID = re.compile(
    r"^\s*(?:ise|mu|mi|mı|mü|diye|uyari\w*|mesaj\w*|yazi\w*|ibare\w*|ifade\w*|gorun\w*|olursa|oldugunda|derse|gibi|takdirde)\b"
)
_OF_ANOTHER = re.compile(r"\b(?:sertifika|oturum|basvuru|kart|sifre|parola|belge|kayit|onceki|eski|yetki)\w*")
_ASCII = str.maketrans("ışğçöüâîû", "isgcouaiu")


def remaining_in(lines: Sequence[Line], spec: CodeSpec) -> int | None:
    """Return the seconds on the countdown in *lines*, 0 when it is over; None when there is none."""
    for number, line in enumerate(lines):
        text = fold(line.text)
        for label in map(fold, spec.remaining):
            at = text.find(label)
            if at < 0 or _OF_ANOTHER.search(text[:at].translate(_ASCII)):
                continue
            said = _in_line(text, at, at + len(label))
            if said is None:
                said = _beside(number, lines, spec)
            if said is not None:
                return max(said, 0)
    return None


def says_it_is_over(text: str, spec: CodeSpec) -> bool:
    """Return whether *text* states that the code's time is over: no quotation, no condition, about nothing else."""
    return any(_states(sentence, words) for sentence in _sentences(text) for words in spec.expired)


def _in_line(text: str, start: int, end: int) -> int | None:
    after = text[end:]
    unit = _UNIT_OF_LABEL.match(after)
    rest = after[unit.end() :] if unit else after
    found = _DURATION.search(rest)
    if found and found.start() <= 24 and not re.search(r"[.!?;]\s", rest[: found.start()]):
        return _seconds(found)
    if bare := _BARE.match(rest):
        return int(bare.group())
    before = list(_DURATION.finditer(text[:start]))
    return _seconds(before[-1]) if before and start - before[-1].end() <= 3 else None


def _beside(label: int, lines: Sequence[Line], spec: CodeSpec) -> int | None:
    """Return what is next to the caption: above it (as in a ring), below it or at its side."""
    caption = lines[label].box
    found: list[tuple[float, int, int]] = []
    for first in range(len(lines)):
        for last in range(min(first + _MOST_PARTS, len(lines)), first, -1):
            some = lines[first:last]
            if first <= label < last or (seconds := _whole(some)) is None:
                continue
            box = around(line.box for line in some)
            is_near = in_one_row(caption, box) or in_one_column(caption, box)
            is_bare = _BARE.fullmatch(some[0].text) is not None and len(some) == 1
            # A lone number is weak evidence unless its caption announces it: alone it ends no code.
            is_weak = is_bare and not (first == label + 1 and lines[label].text.endswith(":"))
            if is_weak and (seconds < spec.shortest_useful_s or _is_of_an_item(box, lines, label, some)):
                break
            if is_near and gap(caption, box) <= _FAR:
                found.append((gap(caption, box), first - label if first > label else label - first + 1, seconds))
            break
    return min(found)[2] if found else None


def _whole(lines: Sequence[Line]) -> int | None:
    text = fold(" ".join(line.text for line in lines))
    if found := _DURATION.fullmatch(text):
        return _seconds(found)
    return int(text) if len(lines) == 1 and _BARE.fullmatch(text) else None


def _is_of_an_item(box: Box, lines: Sequence[Line], label: int, own: Sequence[Line]) -> bool:
    return any(
        number != label
        and line not in own
        and any(c.isalpha() for c in line.text)
        and in_one_row(box, line.box)
        and 0 <= line.box[0] - box[0] - box[2] + 1 <= _BESIDE
        for number, line in enumerate(lines)
    )


def _seconds(found: re.Match[str]) -> int:
    part = {name: int(value) for name, value in found.groupdict().items() if value is not None}
    if "only" in part:
        return part["only"]
    return (
        part.get("h", 0) * 3600
        + (part.get("m", 0) + part.get("min", 0) + part.get("pmin", 0)) * 60
        + part.get("s", 0)
        + part.get("sec", 0)
        + part.get("psec", 0)
    )


def _sentences(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in re.findall(r"[^.!?;]+[.!?;]*", line)]


def _states(sentence: str, words: str) -> bool:
    folded, wanted = fold(sentence).translate(_ASCII), fold(words).translate(_ASCII)
    for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded):
        before, after = folded[: found.start()], folded[found.end() :]
        quotes = list(accumulate(folded, lambda depth, c: depth ^ (c == '"'), initial=False))
        is_said = not quotes[found.start()] and not _NOT_SAID.match(after.lstrip("\"', "))
        if is_said and not sentence.rstrip().endswith("?") and not _OF_ANOTHER.search(before):
            return True
    return False
