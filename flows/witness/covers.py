"""What lies over what, and what may draw words without being text."""

from __future__ import annotations

from collections.abc import Iterator

from flows.witness.paint import SHAPES, Coat, coats, is_plain_ground, is_sign_of_cover, may_draw_words, reach
from flows.witness.snapshot import Box, Node
from flows.witness.standing import FRAMES, Standing
from flows.witness.styles import hull, part_of, shared

_PICTURES = frozenset({"img", "canvas", "video", "object", "embed", "svg", "audio", "model"})
_SVG = "svg"
_STROKES = frozenset({"path", "line", "polyline", "polygon", "use", "image"})
"""What an SVG can draw letters with without using text."""
_SPECK_PX = 12.0
_MANY_SPECKS = 40
_MOST = 0.5
_ALL = 0.99


class Covers:
    """What is painted besides words."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        nodes = standing.snapshot.nodes
        self._coats = [(n, coat) for n in nodes if self._may_cover(n) for coat in self.coats_of(n)]

    def behind(self, node: Node, box: Box, floor: Node | None) -> Iterator[Node]:
        """Yield what is painted behind most of *box* of *node*, above *floor*, and doesn't enclose it."""
        around = set(self._standing.lineage(node))
        below = set(self._standing.lineage(floor)) if floor is not None else set()
        for other in {n.number: n for n, _ in self._coats}.values():
            if other.number in around or part_of(self._standing.painted(other), box) <= _MOST:
                continue
            is_over = (
                floor is None or self.is_above(other, floor, below) or floor.number in self._standing.lineage(other)
            )
            if is_over and not self.is_above(other, node, around):
                yield other

    def covered(self, box: Box, node: Node, *, only_silent: bool = False) -> float:
        """Return how much of *box*, which belongs to *node*, lies under something else, 0 to 1.

        Something that stays put on the screen covers nothing that can be scrolled out from under it. *only_silent*
        leaves out what would catch a press there: whoever presses finds that without us.
        """
        left = 1.0
        around = set(self._standing.lineage(node))
        for other, coat in self._coats:
            if other.number == node.number or not self.is_above(other, node, around):
                continue
            if only_silent and other.style.get("pointer-events") != "none":
                continue
            common = part_of(shared(self._standing.clip(other), coat.box), box)
            if common > 0 and not self._can_be_scrolled_away(other, node, box):
                left *= 1 - common * coat.strength
        return 1 - left

    def buries(self, box: Box, node: Node) -> bool:
        """Return whether one plain background lies over all of *box* of *node*, with no way to shine through."""
        around = set(self._standing.lineage(node))
        nodes = self._standing.snapshot.nodes
        if any("3d" in nodes[n].style.get("transform", "") for n in around):
            return False  # in 3D the painting order is a different one
        return any(
            is_plain_ground(other)
            and self._standing.places[other.number].opacity == 1
            and self._standing.places[other.number].is_clear
            and not self._standing.places[other.number].may_come
            and self.is_above(other, node, around)
            and part_of(self._standing.painted(other), box) > _ALL
            and not self._can_be_scrolled_away(other, node, box)
            for other, _ in self._coats
            if other.number != node.number
        )

    def picture_nodes(self) -> Iterator[tuple[Node, Box]]:
        """Yield what shows pictures or pages that we can't read, and where."""
        for node in self._standing.snapshot.nodes:
            if node.box is None or not self._standing.is_painted(node):
                continue
            draws = node.name in _PICTURES or (node.name == "input" and node.attributes.get("type") == "image")
            is_alien = node.name in FRAMES and not node.is_readable_frame
            is_content = node.name.startswith("::") and not node.lines
            is_root = node.name in {"html", "body"} and node.style.get("background-repeat") == "repeat"
            is_ground = not is_root and may_draw_words(node)
            if node.name == _SVG:
                draws = not self._is_in_svg(node) and self._has_strokes(node)
            if draws or is_alien or (is_content and _has_content(node)) or is_ground:
                is_cast = node.style["box-shadow"] != "none"
                yield node, reach(node) if is_cast else self._standing.painted(node)
        yield from self._specks()

    def _specks(self) -> Iterator[tuple[Node, Box]]:
        """Yield where so many small wordless things are painted that they may form letters."""
        cells: dict[tuple[int, int], list[Node]] = {}
        for node in self._standing.snapshot.nodes:
            if node.box is None or not 0 < max(node.box[2:]) <= _SPECK_PX or node.name.startswith("#"):
                continue
            if self._standing.is_painted(node) and any(True for _ in self.coats_of(node)):
                cells.setdefault((int(node.box[0] // 400), int(node.box[1] // 80)), []).append(node)
        for nodes in cells.values():
            if len(nodes) >= _MANY_SPECKS:
                yield nodes[0], hull([n.box for n in nodes if n.box is not None])

    def _may_cover(self, node: Node) -> bool:
        if node.box is None or not self._standing.is_painted(node) or node.order < 0 or not node.style:
            return False
        return self._standing.places[node.number].opacity > 0.1 and node.name not in {"html", "body"}

    def coats_of(self, node: Node) -> Iterator[Coat]:
        """Yield what *node* hides of what was painted before it."""
        is_picture = node.name in _PICTURES - {_SVG} or (node.name in FRAMES and not node.is_readable_frame)
        opacity = self._standing.places[node.number].opacity
        for coat in () if node.name == "#text" else coats(node, opacity, is_picture=is_picture):
            if coat.box[2] >= 2 and coat.box[3] >= 2:
                yield coat
        if any(is_sign_of_cover(line.text) for line in node.lines):
            yield from (Coat(line.box, opacity) for line in node.lines)

    def is_above(self, other: Node, node: Node, around: set[int]) -> bool:
        """Return whether *other* is painted after *node*, whose ancestors are *around*."""
        low, ground = self._standing.places[other.number].sunk
        if low >= 0 and low not in around and ground in around and self._standing.places[node.number].sunk[1] != ground:
            return False  # under everything in the flow there
        sunk, context = self._standing.places[node.number].sunk
        if sunk >= 0 and self._standing.places[other.number].sunk[0] < 0 and other.number != context:
            lineage = self._standing.lineage(other)
            if context in lineage and sunk not in lineage:
                return True  # the browser numbers what lies under the background as if it lay on it
        if other.order != node.order:
            return other.order > node.order and node.number not in self._standing.lineage(other)
        if other.number in around or other.number < node.number or node.number in self._standing.lineage(other):
            return False
        # Within one layer the boxes of blocks lie under all words; only what is painted as a whole comes later.
        up = self._standing.snapshot.nodes[other.parent].style.get("display", "") if other.parent >= 0 else ""
        style = other.style
        is_whole = style["display"].startswith("inline-") or style["float"] != "none" or up.endswith(("flex", "grid"))
        return is_whole or other.name in _PICTURES or other.name in FRAMES or other.name in SHAPES or bool(other.lines)

    def _can_be_scrolled_away(self, other: Node, node: Node, box: Box) -> bool:
        """Return whether scrolling can bring *box* into the window and clear of *other*."""
        over = self._standing.places[other.number].fixed
        if over < 0 or self._standing.places[node.number].fixed >= 0 or other.box is None:
            return False
        window = self._standing.snapshot.height
        scrolled = self._standing.snapshot.documents[0].origin[1]
        top, bottom = other.box[1] - scrolled, other.box[1] + other.box[3] - scrolled
        lowest, highest = box[1], box[1] - max(self._standing.snapshot.depth - window, 0)
        clear_above, clear_below = top - box[3], bottom
        above = highest <= clear_above and lowest >= 0 and clear_above >= 0
        below = lowest >= clear_below and clear_below + box[3] <= window
        return above or below

    def _has_strokes(self, node: Node) -> bool:
        for inner in self._standing.snapshot.nodes[node.number + 1 :]:
            if not self._standing.is_within(inner.number, node.number):
                return False
            if inner.name in _STROKES:
                return True
        return False

    def _is_in_svg(self, node: Node) -> bool:
        return any(self._standing.snapshot.nodes[n].name == _SVG for n in self._standing.lineage(node)[1:])


def _has_content(node: Node) -> bool:
    """Return whether a pseudo-element without words may be a picture: anything with no colour of its own counts."""
    return "url(" in (node.style["list-style-image"] if node.name == "::marker" else node.style["content"])
