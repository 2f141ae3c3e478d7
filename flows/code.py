"""Reading the verification code and its countdown from the signing screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from playwright.sync_api import Error as PlaywrightError

from flows.countdown import remaining_in, says_it_is_over
from flows.errors import CodeError, PageChanged
from flows.look import CodeSpec
from flows.observation import TabView
from flows.scripts import seeing
from flows.seen_text import (
    Box,
    Line,
    above,
    around,
    below,
    gap,
    in_one_row,
    lines_of,
    lines_of_text,
    plain,
    to_the_left,
)
from flows.text import fold

_READ = seeing("code.js")
_GROUP = re.compile(r"[0-9]+")
_GLUE = re.compile(r"[\s.·•_|/\-\u2010-\u2015\u2212\u00a0]*")
_CLAUSE = re.compile(r"[.!?;](?=\s|$)")
_AMOUNT = re.compile(r",\d{1,2}(?!\d)|\s*(?:TL|₺|€|EUR|USD)(?!\w)")
"""What makes the number before it an amount of money, or the whole part of some other number."""
_MOST_NEUTRAL = 3
"""Lines between a number and its caption: what to do with it, a word of help."""
_SHORT_LABEL = 4
"""Maximum length of a caption in words; a sentence may end with a colon too."""


@dataclass(frozen=True, slots=True)
class ShownCode:
    """The verification code on the page now."""

    value: str = field(repr=False)
    remaining_s: int | None
    """Seconds left according to the page; None when it doesn't say."""


@dataclass(frozen=True, slots=True)
class _DigitGroup:
    """Digits that stand together, and where."""

    digits: str
    line: int
    start: int
    end: int
    box: Box
    kind: str


def read_code(tab: TabView, spec: CodeSpec) -> ShownCode | None:
    """Return the code that *tab* shows, or None when it shows none or its time is over.

    The code may be text, sit in fields, be grouped, or be spread over elements. Raises `CodeError` when several
    different numbers could be it, `PageChanged` when the page went away meanwhile.
    """
    frames = _read(tab)
    remaining = _remaining(frames, spec)
    if _is_over(tab, remaining, spec):
        return None
    found = _chosen([named for lines in frames for named in _named_numbers(lines, spec)])
    if len(found) > 1:
        raise CodeError("code_unreadable", expected=f"one number of {spec.digits} digits", seen=f"{len(found)} of them")
    return ShownCode(found[0], remaining) if found else None


def remaining_on(tab: TabView, spec: CodeSpec) -> int | None:
    """Return the seconds left according to *tab*, None when it doesn't say. Raises `PageChanged`."""
    return _remaining(_read(tab), spec)


def is_over(tab: TabView, spec: CodeSpec) -> bool:
    """Return whether *tab* itself says that the code's time is over. Raises `PageChanged`."""
    return _is_over(tab, remaining_on(tab, spec), spec)


def find_codes(text: str, spec: CodeSpec) -> list[str]:
    """Return the different numbers in *text* that could be the code; if a label names one, only that one."""
    return _chosen(_named_numbers(lines_of_text(text), spec))


def remaining_seconds(text: str, spec: CodeSpec) -> int | None:
    """Return the seconds that a countdown in *text* shows (``286 saniye``, ``4 dakika 46 saniye``, ``04:46``)."""
    return remaining_in(lines_of_text(text), spec)


def _read(tab: TabView) -> list[list[Line]]:
    try:
        return [lines_of(view.place.call(_READ, {"hidden": False})) for view in tab.frames]
    except PlaywrightError as error:
        raise PageChanged from error


def _remaining(frames: Sequence[Sequence[Line]], spec: CodeSpec) -> int | None:
    said = (remaining_in(lines, spec) for lines in frames)
    return next((seconds for seconds in said if seconds is not None), None)


def _is_over(tab: TabView, remaining: int | None, spec: CodeSpec) -> bool:
    """As long as a countdown runs, it is about the current code, whatever the page says about another."""
    return remaining == 0 or (remaining is None and says_it_is_over(tab.text, spec))


# --- which numbers there are -------------------------------------------------------------------------------


def _chosen(named: Sequence[tuple[str, str]]) -> list[str]:
    """Return the numbers that could be the code: those named as the code, or else those not named as anything."""
    for wanted in ("code", ""):
        if found := list(dict.fromkeys(number for number, name in named if name == wanted)):
            return found
    return []


def _named_numbers(lines: Sequence[Line], spec: CodeSpec) -> list[tuple[str, str]]:
    """Return each number as long as a code, and what names it: ``code``, ``other``, or nothing."""
    found = []
    for run in _runs(lines):
        for groups in _as_long_as_a_code(run, lines, spec.digits):
            number = "".join(group.digits for group in _as_seen(groups))
            found.append((number, _name_of(groups, lines, spec)))
    return found


def _runs(lines: Sequence[Line]) -> list[list[_DigitGroup]]:
    """Return the groups of digits with nothing but glue between them."""
    runs: list[list[_DigitGroup]] = []
    is_open = False
    for number, line in enumerate(lines):
        text, at = "".join(piece.text for piece in line.pieces), 0
        starts = []
        for piece in line.pieces:
            starts.append((at, piece))
            at += len(piece.text)
        position = 0
        for match in _GROUP.finditer(text):
            if not _GLUE.fullmatch(text, position, match.start()):
                is_open = False
            piece = next(piece for start, piece in reversed(starts) if start <= match.start())
            group = _DigitGroup(match.group(), number, match.start(), match.end(), piece.box, piece.kind)
            if is_open:
                runs[-1].append(group)
            else:
                runs.append([group])
            is_open, position = True, match.end()
        if not _GLUE.fullmatch(text, position):
            is_open = False
    return runs


def _as_long_as_a_code(run: list[_DigitGroup], lines: Sequence[Line], digits: int) -> list[list[_DigitGroup]]:
    """Return the parts of *run* that could be a code: all of it, groups of one kind, whole lines, or any."""
    if sum(len(group.digits) for group in run) == digits:
        return [run]
    parts = []
    for first in range(len(run)):
        length = 0
        for last in range(first, len(run)):
            length += len(run[last].digits)
            if length == digits:
                parts.append(run[first : last + 1])
            if length >= digits:
                break
    for is_fitting in (lambda part: len({group.kind for group in part}) == 1 and _has_edges(part, run), _is_whole):
        if fitting := [part for part in parts if is_fitting(part)]:
            return fitting
    return parts


def _has_edges(part: list[_DigitGroup], run: list[_DigitGroup]) -> bool:
    """Return whether *part* differs in kind or line from what is before and after it in *run*."""
    at = run.index(part[0])
    rest = [*run[max(at - 1, 0) : at], *run[at + len(part) : at + len(part) + 1]]
    is_in_one_line = part[0].line == part[-1].line
    return all(g.kind != part[0].kind or (is_in_one_line and g.line != part[0].line) for g in rest)


def _is_whole(part: list[_DigitGroup]) -> bool:
    return len({group.line for group in part}) == 1 or all(a.line != b.line for a, b in pairwise(part))


def _as_seen(groups: Sequence[_DigitGroup]) -> list[_DigitGroup]:
    """Return *groups* in reading order: row by row, from the left."""
    if len({group.box for group in groups}) < len(groups):
        return list(groups)  # a text that wraps is read as written
    rows: list[list[_DigitGroup]] = []
    for group in sorted(groups, key=lambda g: g.box[1] + g.box[3] / 2):
        if rows and in_one_row(rows[-1][0].box, group.box):
            rows[-1].append(group)
        else:
            rows.append([group])
    return [group for row in rows for group in sorted(row, key=lambda g: g.box[0])]


# --- what names a number -----------------------------------------------------------------------------------


def _name_of(groups: Sequence[_DigitGroup], lines: Sequence[Line], spec: CodeSpec) -> str:
    first, last = groups[0], groups[-1]
    own = {group.line for group in groups}
    before = "".join(piece.text for piece in lines[first.line].pieces)[: first.start]
    behind = "".join(piece.text for piece in lines[last.line].pieces)[last.end :]
    if _AMOUNT.match(behind):
        return "other"
    if name := _named_by(before, spec, is_own=True):
        return name
    others = [line for n, line in enumerate(lines) if n not in own and not line.is_named and _says_words(line.text)]
    box = around(group.box for group in groups)
    if name := _first_name(list(to_the_left(box, others)), spec)[0]:
        return name
    over, over_gap = _first_name(list(above(box, others)), spec, box)
    under, under_gap = _first_name(list(below(box, others))[:1], spec, box)
    has_own_words = _says_words(before)
    if under and not has_own_words and (not over or under_gap < over_gap / 2):
        return under
    return over or _named_by(behind, spec)


def _first_name(lines: Sequence[Line], spec: CodeSpec, box: Box | None = None) -> tuple[str, float]:
    for line in lines[: _MOST_NEUTRAL + 1]:
        if name := _named_by(
            line.text, spec, is_own=len(line.text.split()) <= _SHORT_LABEL and line.text.endswith(":")
        ):
            return name, gap(box, line.box) if box else 0
    return "", 0


def _named_by(text: str, spec: CodeSpec, *, is_own: bool = False) -> str:
    """Return what *text* names: the last thing in its last clause. *is_own*: it is right before the number."""
    clauses = [clause for clause in _CLAUSE.split(plain(text)) if clause.strip()]
    clause = fold(clauses[-1]) if clauses else ""
    code = max((_last(rf"{re.escape(fold(label))}\w{{0,4}}", clause) for label in spec.labels), default=-1)
    other = max((_last(re.escape(fold(word)), clause) for word in spec.other_numbers), default=-1)
    if code < 0 and other < 0:
        is_a_name = is_own and clause.endswith(":") and len(clause.split()) <= _SHORT_LABEL and "kod" not in clause
        return "other" if is_a_name else ""
    return "code" if code > other else "other"


def _last(pattern: str, text: str) -> int:
    return max((match.end() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)), default=-1)


def _says_words(text: str) -> bool:
    return any(c.isalpha() for c in text)
