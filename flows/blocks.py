"""What must stand still before we believe a page: its decisive block, else its content.

Header, navigation, footer, carousels and chats don't belong to it, nor do the known countdown and clocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.observation import Control, FrameView, Mark, Span, TabView
from flows.settled import Drawn
from flows.statement import Statement
from flows.text import skeleton

_SHADES = re.compile(r"[\s\u2580-\u259f\u25a0-\u25a3\u25ac-\u25af]+")
"""Stands in for words that are still to come."""
_LOADING = re.compile(
    r"(?:\w+ ){0,3}(?:yukleniyor|getiriliyor|hazirlaniyor|sorgulaniyor|aliniyor|loading)\b(?:\W+lutfen bekle\w+)?"
    r"|(?:lutfen )?bekleyin(?:iz)?|please wait"
)
_COUNTED = 6
"""Digits of a line that may be counting: "04:58", "298 saniye", a clock. The verification code has more."""
_DIGITS = re.compile(r"\d+")
_END = 1 << 30


def drawn(tab: TabView, statement: Statement | None = None, *, awaits_data: bool = False) -> Drawn:
    """Return what one look at *tab* says about whether it is settled.

    *statement* is what it says about the consent, if anything; *awaits_data*: a request to its own site is open.
    """
    decisive = dict(statement.blocks) if statement is not None else {}
    views = [(number, view) for number, view in enumerate(tab.frames) if number in decisive or not (decisive or number)]
    marks = [mark for number, view in views for mark in _marks(view, decisive.get(number))]
    lines = [line for number, view in views for line in _lines(view, decisive.get(number))]
    controls = [c for number, view in views for c in _controls(view, decisive.get(number))]
    return Drawn(
        block=hash((tuple(map(_without_count, lines)), tuple(map(_shape, controls)))),
        is_complete=bool(tab.frames) and tab.frames[0].ready == "complete" and not tab.is_partial,
        is_drawing=any(mark.kind != "grey" for mark in marks)
        or bool(marks and not any(c.text for c in controls))
        or any(map(_is_placeholder, lines)),
        awaits_data=awaits_data,
        is_doubtful=bool(marks),
    )


def in_content(view: FrameView, at: int) -> bool:
    """Return whether the place *at* in the text of *view* belongs to what the page is about."""
    return not any(first <= at < last for first, last in view.asides)


def _lines(view: FrameView, block: Span | None) -> Iterator[str]:
    first, last = block or (0, _END)
    is_aside = block is not None and not in_content(view, block[0])  # then it decides although it isn't content
    return (text for at, text in view.page_lines if first <= at < last and (is_aside or in_content(view, at)))


def _controls(view: FrameView, block: Span | None) -> Iterator[Control]:
    first, last = block or (0, _END)
    return (c for c in view.page_controls if first <= c.span[0] < last and (block or in_content(view, c.span[0])))


def _marks(view: FrameView, block: Span | None) -> Iterator[Mark]:
    """Yield the marks of *view* that are in *block*, lie over it, or share the smallest box around it."""
    if block is None:
        yield from view.marks
        return
    around = min(
        (box for box in view.boxes if box[0] <= block[0] and block[1] - 1 <= box[1]),
        key=lambda box: box[1] - box[0],
        default=None,
    )
    for mark in view.marks:
        is_within = mark.span is not None and block[0] <= mark.span[0] and mark.span[1] <= block[1]
        shares = mark.span == around or (mark.kind == "busy" and _holds(mark.span, block))
        if is_within or shares or any(_meet(mark.box, c.box) for c in _controls(view, block)):
            yield mark


def _holds(span: Span | None, block: Span) -> bool:
    return span is None or (span[0] <= block[0] and block[1] - 1 <= span[1])


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    beside = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    over = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return beside > 0 and over > 0


def _is_placeholder(line: str) -> bool:
    return bool(_SHADES.fullmatch(line) or _LOADING.fullmatch(skeleton(line).strip(" .…!:")))


def _without_count(line: str) -> str:
    return _DIGITS.sub("0", line) if sum(map(str.isdigit, line)) <= _COUNTED else line


def _shape(control: Control) -> tuple[object, ...]:
    return control.role, _without_count(control.text), control.names, control.disabled, control.checked, control.effects
