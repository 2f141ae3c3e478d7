"""Controls and tabs made of plain data, for rules that need neither a browser nor HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from playwright.sync_api import Frame, Page

from flows import Control, TabView
from flows.observation import FrameView, Run, Span
from flows.world import Place

URL = "http://onlineislemler.localhost:8123/page"
_BUTTON = Control(0, 0, "button", "", "", "", "", (), "", "", (), False, False, -1, -1, (0, 0, 9, 9))


def control(text: str = "", **changes: Any) -> Control:
    """Return a button that reads *text*, with *changes*."""
    return replace(_BUTTON, text=text, **changes)


def tab(
    *controls: Control, lines: tuple[tuple[Run, ...], ...] = (), boxes: tuple[Span, ...] = (), frames: int = 1
) -> TabView:
    """Return a tab of the portal with *controls*, numbered in order within each frame."""
    views = [_frame(n, [c for c in controls if c.frame == n], lines, boxes) for n in range(frames)]
    return TabView(cast(Page, None), URL, frozenset({"portal"}), 200, tuple(views))


def _frame(
    number: int, controls: list[Control], lines: tuple[tuple[Run, ...], ...], boxes: tuple[Span, ...]
) -> FrameView:
    return FrameView(
        frame=cast(Frame, None),
        place=cast(Place, None),
        url=URL,
        document=float(number),
        ready="complete",
        title="",
        text="\n".join("".join(words for _, words in line) for line in lines),
        headings=(),
        alerts=(),
        controls=tuple(replace(c, index=index) for index, c in enumerate(controls)),
        runs=lines,
        boxes=boxes,
    )
