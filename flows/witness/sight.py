"""What a person sees of a snapshot: a pure function of the tree, without a browser.

Visibility is told by what is painted: words that are transparent, of the colour of their ground, too small, cut away,
mirrored, off the page or under something are not seen, whatever the markup says. Where nobody can tell, they are in
doubt: such words count as seen when they speak against an act, and as unseen when an act would rest on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from flows.witness.snapshot import BUTTON_TYPES, Box, Line, Node, Snapshot
from flows.witness.styles import NOWHERE, blurs, colour, contrast, cut, is_opaque, is_upright, part_of, pictures, shared

_EVERYWHERE: Box = (-1e7, -1e7, 2e7, 2e7)
_SCROLLED_PX = 80.0
"""A box that scrolls, and is at least so high, shows in time all that is in it."""
_PICTURES = frozenset({"img", "canvas", "video", "object", "embed", "svg", "audio", "model"})
_STROKES = frozenset({"path", "line", "polyline", "polygon", "use", "image"})
"""What an SVG can draw letters with that are no text."""
_FRAMES = frozenset({"iframe", "frame", "fencedframe", "object", "embed"})
_SVG = "svg"
_LEAST_PX = 6.0
_READABLE_PX = 8.0
_LEAST_CONTRAST = 1.2
_ALTERING_BIDI = frozenset({"bidi-override", "isolate-override"})


class Level(IntEnum):
    """How surely something is seen."""

    UNSEEN = 0
    DOUBTFUL = 1
    SEEN = 2


@dataclass(slots=True)
class _Place:
    """What a node has from those around it."""

    opacity: float
    is_clear: bool
    """Whether nothing blurs, masks, mirrors or turns it, or its letters."""
    clip: Box
    """What may be painted of what stands in the flow."""
    clip_placed: Box
    """The same of what is placed absolutely."""
    clip_fixed: Box
    fixed: int
    """Number of the node that keeps its place when the page scrolls and that this stands in, -1 without one."""
    context: int
    """Number of the nearest node around that is painted in one go."""
    sunk: tuple[int, int]
    """Numbers of a node that is painted under the ground of what is around it, and of where it lies; -1 without one."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand in one line, and how surely they are seen."""

    node: int
    text: str = field(repr=False)
    box: Box
    level: Level
    is_laid_out: bool = True
    """Whether the browser itself laid these words out; otherwise they are a label, a placeholder or the like."""


class Sight:
    """What is seen of *snapshot*."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._places: list[_Place] = []
        for node in snapshot.nodes:
            self._places.append(self._place(node))
        self._covers = [n for n in snapshot.nodes if self._may_cover(n)]

    def words(self) -> Iterator[Words]:
        """Yield all words in the order of the page, with how surely they are seen as far as that costs little.

        `covered` is not looked at.
        """
        for node in self._in_reading_order():
            if node.box is None:
                continue
            for line in node.lines:
                yield Words(node.number, line.text, line.box, self._level(node, line))
            for text in _told(node):
                line = Line(text, node.box)
                yield Words(node.number, text, node.box, self._level(node, line, is_drawn=False), is_laid_out=False)
            if node.name == "select":
                yield from self._options(node)

    def level(self, words: Words) -> Level:
        """Return how surely *words* are seen, with all that lies over them."""
        if words.level is Level.UNSEEN:
            return words.level
        hidden = self.covered(words.box, self.snapshot.nodes[words.node])
        return Level.UNSEEN if hidden > 0.5 else min(words.level, Level.DOUBTFUL) if hidden > 0.15 else words.level

    def covered(self, box: Box, node: Node, *, only_silent: bool = False) -> float:
        """Return how much of *box*, which belongs to *node*, lies under something else, 0 to 1.

        What keeps its place on the screen covers nothing that can be scrolled out from under it. *only_silent* leaves
        out what would take a press there, for whoever presses finds that by itself.
        """
        most = 0.0
        around = set(self._lineage(node))
        for other in self._covers:
            if other.number == node.number or other.box is None or not self._is_above(other, node, around):
                continue
            if only_silent and other.style.get("pointer-events") != "none":
                continue
            common = part_of(self._painted(other), box)
            if common > most and not self._can_be_scrolled_away(other, node, box):
                most = common
        return most

    def picture_nodes(self) -> Iterator[tuple[Node, Box]]:
        """Yield what shows pictures or pages that nobody here can read, and where."""
        for node in self.snapshot.nodes:
            if node.box is None or not self._is_painted(node):
                continue
            draws = node.name in _PICTURES or (node.name == "input" and node.attributes.get("type") == "image")
            is_alien = node.name in _FRAMES and not node.is_readable_frame
            is_content = node.name.startswith("::") and not node.lines and node.name != "::marker"
            is_root = node.name in {"html", "body"} and node.style.get("background-repeat") == "repeat"
            is_ground = not is_root and pictures(node.style)
            if node.name == _SVG:
                draws = not self._is_in_svg(node) and self._has_strokes(node)
            if draws or is_alien or (is_content and self._has_content(node)) or is_ground:
                yield node, self._painted(node)

    def is_seen(self, node: Node) -> bool:
        """Tell whether *node* is painted at all."""
        return node.box is not None and self._is_painted(node) and self._painted(node) != NOWHERE

    def is_within(self, node: int, other: int) -> bool:
        """Tell whether *node* is *other* or stands in it."""
        return other in self._lineage(self.snapshot.nodes[node])

    def block(self, number: int) -> int:
        """Return the number of the block that a node's words flow in."""
        node = self.snapshot.nodes[number]
        while node.parent >= 0:
            if node.name != "#text" and not node.name.startswith("::"):
                display = node.style.get("display", "contents")
                if not display.startswith("inline") and display != "contents":
                    break
            node = self.snapshot.nodes[node.parent]
        return node.number

    # --- how a node stands -------------------------------------------------------------------------------

    def _place(self, node: Node) -> _Place:
        if node.parent < 0:
            return _Place(1.0, True, _EVERYWHERE, _EVERYWHERE, _EVERYWHERE, -1, node.number, (-1, -1))
        up = self._places[node.parent]
        if node.box is None or node.name == "#text" or not node.style:
            return up
        style = node.style
        position = style["position"]
        is_fixed = position == "fixed"
        clip = up.clip_fixed if is_fixed else up.clip_placed if position == "absolute" else up.clip
        opacity = up.opacity * float(style["opacity"])
        is_clear = up.is_clear and is_upright(style) and style["unicode-bidi"] not in _ALTERING_BIDI
        is_clear = is_clear and not blurs(style, is_root=node.name == "html")
        left = cut(style, node.box)
        if left is None:
            is_clear = False
        elif left != node.box:
            clip = shared(clip, left)
        own = clip
        if self._clips(node):
            own = shared(clip, node.box) if not self._scrolls(node) else clip
        holds_fixed = style["transform"] != "none" or style["filter"] != "none" or node.name in _FRAMES
        holds_placed = position != "static" or holds_fixed
        stays = is_fixed or position == "sticky"
        return _Place(
            opacity,
            is_clear,
            own,
            own if holds_placed else up.clip_placed,
            own if holds_fixed else up.clip_fixed,
            up.fixed if up.fixed >= 0 else node.number if stays else -1,
            node.number if node.is_context else up.context,
            (node.number, up.context) if style["z-index"].startswith("-") else up.sunk,
        )

    def _clips(self, node: Node) -> bool:
        if node.name in {"html", "body"}:
            return False  # theirs goes to the window
        return any(node.style[axis] != "visible" for axis in ("overflow-x", "overflow-y")) or node.name in _FRAMES

    def _scrolls(self, node: Node) -> bool:
        if node.box is None or node.box[3] < _SCROLLED_PX or node.box[2] < _SCROLLED_PX:
            return False
        if node.name in _FRAMES:
            return True
        return any(node.style[axis] in {"auto", "scroll"} for axis in ("overflow-x", "overflow-y"))

    def _clip(self, node: Node) -> Box:
        """Return what may be painted of *node* itself."""
        if node.name == "#text" or node.parent < 0 or node.box is None:
            return self._places[node.number].clip
        up, position = self._places[node.parent], node.style.get("position", "static")
        around = up.clip_fixed if position == "fixed" else up.clip_placed if position == "absolute" else up.clip
        left = cut(node.style, node.box)
        return around if left is None else shared(around, left)

    def _painted(self, node: Node) -> Box:
        return shared(self._clip(node), node.box or NOWHERE)

    def _is_painted(self, node: Node) -> bool:
        return node.style.get("visibility") == "visible" and self._places[node.number].opacity > 0.05

    def _level(self, node: Node, line: Line, *, is_drawn: bool = True) -> Level:
        style, place, box = node.style, self._places[node.number], line.box
        if style.get("visibility") != "visible" or place.opacity < 0.15:
            return Level.UNSEEN
        left, top, width, height = box
        if left + width <= 0 or top + height <= 0 or left >= self.snapshot.width or height < _LEAST_PX:
            return Level.UNSEEN
        if is_drawn and width < 2.0 * len(line.text.strip()):
            return Level.UNSEEN
        kept = part_of(self._clip(node), box)
        inks = [colour(style["color"]), colour(style["-webkit-text-fill-color"])]
        ink = min(inks, key=lambda one: one[3]) if inks[1] != inks[0] else inks[0]
        if kept < 0.5 or ink[3] * place.opacity < 0.15:
            return Level.UNSEEN
        ground = self._ground(node)
        if ground and contrast(ink, colour(ground)) < _LEAST_CONTRAST:
            return Level.UNSEEN
        is_plain = place.is_clear and kept >= 0.9 and place.opacity >= 0.35 and height >= _READABLE_PX
        if not is_plain or style["-webkit-text-security"] != "none":
            return Level.DOUBTFUL
        return Level.SEEN

    def _ground(self, node: Node) -> str:
        for number in self._lineage(node):
            one = self.snapshot.nodes[number]
            if one.style.get("background-image", "none") != "none":
                return ""
            if one.background:
                return one.background
            own = one.style.get("background-color", "")  # where something lies over it, the blended colour isn't told
            if own and colour(own)[3] == 1:
                return own
        return ""

    def _options(self, node: Node) -> Iterator[Words]:
        """Yield what a list shows: the option that is chosen, or all of them where it stands open."""
        box = node.box or NOWHERE
        for option in self.snapshot.nodes[node.number + 1 :]:
            if not self.is_within(option.number, node.number):
                break
            label = option.attributes.get("label", "")
            if label and option.name in {"option", "optgroup"} and (option.is_selected or option.box is not None):
                shown = Line(label, option.box or box)
                yield Words(
                    option.number, label, shown.box, self._level(node, shown, is_drawn=False), is_laid_out=False
                )

    # --- what lies over what -----------------------------------------------------------------------------

    def _may_cover(self, node: Node) -> bool:
        if node.box is None or node.box[2] < 2 or node.box[3] < 2 or not self._is_painted(node) or node.order < 0:
            return False
        if self._places[node.number].opacity < 0.6:
            return False
        if node.name in _PICTURES or (node.name in _FRAMES and not node.is_readable_frame):
            return node.name != _SVG
        return bool(node.style) and is_opaque(node.style)

    def _is_above(self, other: Node, node: Node, around: set[int]) -> bool:
        sunk, context = self._places[node.number].sunk
        if sunk >= 0 and self._places[other.number].sunk[0] < 0 and other.number != context:
            lineage = self._lineage(other)
            if context in lineage and sunk not in lineage:
                return True  # the browser numbers what lies under the ground as if it lay on it
        if other.order != node.order:
            return other.order > node.order and node.number not in self._lineage(other)
        if other.number in around or other.number < node.number or node.number in self._lineage(other):
            return False
        # In one layer the boxes of blocks lie under all words; only what is painted as a whole comes later.
        up = self.snapshot.nodes[other.parent].style.get("display", "") if other.parent >= 0 else ""
        style = other.style
        is_whole = style["display"].startswith("inline-") or style["float"] != "none" or up.endswith(("flex", "grid"))
        return is_whole or other.name in _PICTURES or other.name in _FRAMES

    def _can_be_scrolled_away(self, other: Node, node: Node, box: Box) -> bool:
        """Tell whether the page can be scrolled so that *box* is in the window and clear of *other*."""
        over = self._places[other.number].fixed
        if over < 0 or self._places[node.number].fixed >= 0 or other.box is None:
            return False
        window = self.snapshot.height
        scrolled = self.snapshot.documents[0].origin[1]
        top, bottom = other.box[1] - scrolled, other.box[1] + other.box[3] - scrolled
        lowest, highest = box[1], box[1] - max(self.snapshot.depth - window, 0)
        clear_above, clear_below = top - box[3], bottom
        above = highest <= clear_above and lowest >= 0 and clear_above >= 0
        below = lowest >= clear_below and clear_below + box[3] <= window
        return above or below

    def _lineage(self, node: Node) -> list[int]:
        up, number = [], node.number
        while number >= 0:
            up.append(number)
            number = self.snapshot.nodes[number].parent
        return up

    def _in_reading_order(self) -> Iterator[Node]:
        """Yield the nodes as they are read: what a style sheet writes after an element comes after what is in it."""
        inside: dict[int, list[Node]] = {}
        for node in self.snapshot.nodes:
            inside.setdefault(node.parent, []).append(node)
        waiting = inside.get(-1, [])[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            held = inside.get(node.number, [])
            if any(n.name == "::after" for n in held):
                held = sorted(held, key=lambda n: n.name == "::after")
            waiting += held[::-1]

    def _has_strokes(self, node: Node) -> bool:
        for inner in self.snapshot.nodes[node.number + 1 :]:
            if not self.is_within(inner.number, node.number):
                return False
            if inner.name in _STROKES:
                return True
        return False

    def _is_in_svg(self, node: Node) -> bool:
        return any(self.snapshot.nodes[n].name == _SVG for n in self._lineage(node)[1:])

    def _has_content(self, node: Node) -> bool:
        """Tell whether a pseudo-element without words may be a picture: what has no colour of its own is one."""
        colours = colour(node.style["background-color"])[3] > 0 or node.style["background-image"] != "none"
        return not colours and node.style["display"] != "block"


def _told(node: Node) -> Iterator[str]:
    """Yield the words that an element shows although they are no text of the page."""
    attributes = node.attributes
    if node.name == "input" and attributes.get("type") in BUTTON_TYPES and attributes.get("value"):
        yield attributes["value"]
    if node.name in {"input", "textarea"} and not node.is_filled and attributes.get("placeholder"):
        yield attributes["placeholder"]
    if node.name in {"img", "area"} and attributes.get("alt"):
        yield attributes["alt"]
