"""What cuts each node of a snapshot, fades it, turns it, and moves with the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.witness.paint import casts_away
from flows.witness.snapshot import Box, Node, PageSnapshot
from flows.witness.styles import NOWHERE, blurs, cut, faces_away, faded, is_upright, part_of, shared

FRAMES = frozenset({"iframe", "frame", "fencedframe", "object", "embed"})
_EVERYWHERE: Box = (-1e7, -1e7, 2e7, 2e7)
_SCROLLED_PX = 48.0
"""A box that scrolls and is at least this high can be scrolled to show all its contents."""
_IN_VIEW = 0.4
"""The part of a line that one must be able to bring into view."""
_THICK = 0.5
_THICK_STROKE = 0.12
"""How thick a line through words, or the stroke around letters, may be, in font sizes."""
_SPACED = frozenset({"rotate", "textlength"})
"""Attributes with which an SVG places each letter separately."""
_HOLDING = frozenset({"paint", "strict", "content", "auto", "hidden"})
"""Values of ``contain`` and ``content-visibility`` that keep an element's contents inside its box."""
_ALTERING_BIDI = frozenset({"bidi-override", "isolate-override"})


@dataclass(slots=True)
class Inherited:
    """What a node inherits from those around it."""

    opacity: float
    is_clear: bool
    """Whether nothing blurs, masks, mirrors or turns it, or its letters."""
    clip: Box
    """What may be painted of anything in the flow."""
    clip_placed: Box
    """The same for anything placed absolutely."""
    clip_fixed: Box
    fixed: int
    """Number of the node around it that stays put when the page scrolls, -1 without one."""
    context: int
    """Number of the nearest node around it that is painted in one go."""
    is_turned: bool
    """Whether the words may be seen from behind."""
    may_come: bool
    """Whether something that isn't seen now may be seen in a moment, or is drawn elsewhere."""
    columns: int
    """Number of the nearest element around it that sets its words in columns, -1 without one."""
    sunk: tuple[int, int]
    """Numbers of a node painted under the background of what is around it, and of where it lies; -1 without one."""
    window: Box
    """What can be seen right now of scrolling boxes around it; outside, positions hold only within those boxes."""


class Standing:
    """How the nodes of *snapshot* stand."""

    def __init__(self, snapshot: PageSnapshot) -> None:
        self.snapshot = snapshot
        self.places: list[Inherited] = []
        for node in snapshot.nodes:
            self.places.append(self._place(node))
        self.columns_used = self._used_columns()

    def lineage(self, node: Node) -> list[int]:
        """Return the numbers of *node* and its ancestors, innermost first."""
        up, number = [], node.number
        while number >= 0:
            up.append(number)
            number = self.snapshot.nodes[number].parent
        return up

    def is_within(self, node: int, other: int) -> bool:
        """Return whether *node* is *other* or inside it."""
        return other in self.lineage(self.snapshot.nodes[node])

    def clip(self, node: Node) -> Box:
        """Return what may be painted of *node* itself."""
        if node.name == "#text" or node.parent < 0 or node.box is None:
            return self.places[node.number].clip
        up, position = self.places[node.parent], node.style.get("position", "static")
        around = up.clip_fixed if position == "fixed" else up.clip_placed if position == "absolute" else up.clip
        left = cut(node.style, node.box)
        return around if left is None or left == node.box else shared(around, left)

    def painted(self, node: Node) -> Box:
        """Return where *node* is painted."""
        return shared(self.clip(node), node.box or NOWHERE)

    def is_painted(self, node: Node) -> bool:
        """Return whether *node* is painted anywhere."""
        return node.style.get("visibility") == "visible" and self.places[node.number].opacity > 0.05

    def _place(self, node: Node) -> Inherited:
        if node.parent < 0:
            everywhere = (_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)
            return Inherited(1.0, True, *everywhere, -1, node.number, False, False, -1, (-1, -1), _EVERYWHERE)
        up = self.places[node.parent]
        if node.box is None or node.name == "#text" or not node.style:
            return up
        style = node.style
        position = style["position"]
        is_fixed = position == "fixed"
        clip = up.clip_fixed if is_fixed else up.clip_placed if position == "absolute" else up.clip
        opacity = up.opacity * faded(style)
        if node.parent >= 0 and self.snapshot.nodes[node.parent].style.get("content-visibility") == "hidden":
            opacity = 0.0
        if faces_away(style) and not up.is_turned:  # inside something that is turned it may face us again
            opacity = 0.0
        is_turned = up.is_turned or not is_upright(style) or style["unicode-bidi"] in _ALTERING_BIDI
        is_clear = up.is_clear and not is_turned and not _is_overdrawn(style) and _SPACED.isdisjoint(node.attributes)
        is_clear = is_clear and not blurs(style, is_root=node.name == "html")
        left = cut(style, node.box)
        if left is None:
            is_clear = False
        elif left != node.box:
            clip = shared(clip, left)
        own = clip
        if self._clips(node):
            own = shared(clip, node.box) if not self._scrolls(node) else clip
        holds_fixed = _holds_fixed(node)
        holds_placed = position != "static" or holds_fixed
        stays = is_fixed or position == "sticky"
        return Inherited(
            opacity,
            is_clear,
            own,
            own if holds_placed else up.clip_placed,
            own if holds_fixed else up.clip_fixed,
            up.fixed if up.fixed >= 0 else node.number if stays else -1,
            node.number if node.is_context else up.context,
            is_turned,
            up.may_come or style["animation-name"] != "none" or node.name == "marquee" or casts_away(style),
            up.columns if style["column-count"] == style["column-width"] == "auto" else node.number,
            (node.number, up.context) if style["z-index"].startswith("-") else up.sunk,
            self._window(node, _EVERYWHERE if position in {"fixed", "absolute"} else up.window),
        )

    def is_off_screen(self, node: Node, box: Box) -> bool:
        """Return whether *box* of *node* is fixed where no scrolling ever shows it."""
        number = self.places[node.number].fixed
        if number < 0 or self.snapshot.nodes[number].style["position"] != "fixed":
            return False
        around = self.lineage(self.snapshot.nodes[number])[1:]
        if any(_holds_fixed(self.snapshot.nodes[n]) for n in around):
            return False  # it moves with whatever holds it
        scrolled_x, scrolled_y = self.snapshot.documents[0].origin
        left, top = box[0] - scrolled_x, box[1] - scrolled_y
        is_within = left + box[2] > 0 and top + box[3] > 0 and left < self.snapshot.width and top < self.snapshot.height
        return not is_within

    def is_in_view(self, node: Node, box: Box) -> bool:
        """Return whether *box* of *node* is scrolled into view in all the boxes around it."""
        return part_of(self.places[node.number].window, box) > _IN_VIEW

    def _window(self, node: Node, around: Box) -> Box:
        is_window = node.box is not None and node.name not in FRAMES and self._clips(node) and self._scrolls(node)
        return shared(around, node.box or NOWHERE) if is_window else around

    def _used_columns(self) -> set[int]:
        """Return the numbers of elements with words in more than one column: there a column starts further up again."""
        used: set[int] = set()
        last: dict[int, float] = {}
        for node in self.snapshot.nodes:
            around = self.places[node.number].columns
            for line in node.lines if around >= 0 else ():
                if line.box[1] < last.get(around, line.box[1]) - line.box[3] / 2:
                    used.add(around)
                last[around] = line.box[1]
        return used

    def _clips(self, node: Node) -> bool:
        if node.name in {"html", "body"}:
            return False  # their overflow belongs to the window
        held = [*node.style["contain"].split(), node.style["content-visibility"]]
        if not _HOLDING.isdisjoint(held):
            return node.style["display"] != "inline"
        return any(node.style[axis] != "visible" for axis in ("overflow-x", "overflow-y")) or node.name in FRAMES

    def _scrolls(self, node: Node) -> bool:
        if node.box is None or node.box[3] < _SCROLLED_PX or node.box[2] < _SCROLLED_PX:
            return False
        if node.name in FRAMES:
            return True
        return any(node.style[axis] in {"auto", "scroll"} for axis in ("overflow-x", "overflow-y"))


def _holds_fixed(node: Node) -> bool:
    """Return whether anything fixed inside *node* is placed relative to it."""
    style = node.style
    return node.name in FRAMES or any(style.get(name, "none") != "none" for name in ("transform", "filter"))


def _is_overdrawn(style: Mapping[str, str]) -> bool:
    """Return whether *style* strikes words out, or draws a line or stroke over them that is too thick."""
    size = float(style["font-size"].removesuffix("px") or 0)
    lines = style["text-decoration-line"]
    thick = style["text-decoration-thickness"]
    is_thick = lines != "none" and thick.endswith("px") and float(thick[:-2]) > _THICK * size
    stroke = float(style["-webkit-text-stroke-width"].removesuffix("px") or 0)
    return "line-through" in lines or is_thick or stroke > _THICK_STROKE * size
