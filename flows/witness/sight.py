"""What a person sees of a snapshot: a pure function of the tree, without a browser.

We judge by what is painted. Words that are transparent, in their background's colour, too small, cut away, mirrored,
off the page or under something are not seen, whatever the markup says. When nobody can tell, they are in doubt: such
words count as seen when they speak against an act, and as unseen when an act would rest on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from flows.witness.covers import Covers
from flows.witness.paint import fill_of, grounds_of, is_ground, is_letters, shadows
from flows.witness.snapshot import BUTTON_TYPES, Box, LaidLine, Node, PageSnapshot
from flows.witness.standing import Standing
from flows.witness.styles import COLOUR, NOWHERE, Colour, colour, contrast, part_of

_LEAST_PX = 6.0
_NARROWEST_PX = 2.0
"""How wide a single letter is at least, an i for example."""
_READABLE_PX = 8.0
_WIDE_PX = 8.0
_WHITE: Colour = (255, 255, 255, 1)
_LEAST_CONTRAST = 1.2
_READABLE_CONTRAST = 1.6
_LEAST_WIDTH = 0.12
_READABLE_WIDTH = 0.24
"""How wide an average letter is, in line heights; a narrow font has 0.31."""
_FEW_LETTERS = 4
_HAS_WORDS = re.compile(r"[^\W\d_]{2}")


class Level(IntEnum):
    """How surely something is seen."""

    UNSEEN = 0
    COMING = 1
    """Not seen now, but drawn elsewhere or about to come."""
    DOUBTFUL = 2
    SEEN = 3


@dataclass(frozen=True, slots=True)
class SeenWords:
    """Words on one line, and how surely they are seen."""

    node: int
    text: str = field(repr=False)
    box: Box
    level: Level
    is_laid_out: bool = True
    """Whether the browser itself laid these words out; if not, they are a label, a placeholder or the like."""
    is_turned: bool = False
    """Whether they may be seen from behind."""
    is_placed: bool = True
    """Whether `box` is known to be where they are. The browser reports words in columns as if they were in the first
    column, and what was scrolled out of a box as if it were above or below it."""


class WitnessSight:
    """What is seen of *snapshot*."""

    def __init__(self, snapshot: PageSnapshot) -> None:
        self.snapshot = snapshot
        self._standing = Standing(snapshot)
        self._covers = Covers(self._standing)
        inks = (node.style["color"] for node in snapshot.nodes if node.name == "html" and node.style)
        self._is_dark = contrast(colour(next(inks, "rgb(0, 0, 0)")), _WHITE) < _READABLE_CONTRAST

    def covered(self, box: Box, node: Node, *, only_silent: bool = False) -> float:
        """Return how much of *box* of *node* lies under something else: see `Covers.covered`."""
        return self._covers.covered(box, node, only_silent=only_silent)

    def is_buried(self, words: SeenWords) -> bool:
        """Return whether *words* certainly lie under something: see `Covers.buries`."""
        return words.is_placed and self._covers.buries(words.box, self.snapshot.nodes[words.node])

    def picture_nodes(self) -> Iterator[tuple[Node, Box]]:
        """Yield what shows pictures or pages that we can't read, and where."""
        return self._covers.picture_nodes()

    def is_within(self, node: int, other: int) -> bool:
        """Return whether *node* is *other* or inside it."""
        return self._standing.is_within(node, other)

    def words(self) -> Iterator[SeenWords]:
        """Yield all words in page order, with how surely they are seen as far as that is cheap to tell.

        This doesn't ask `covered`.
        """
        for node in self._in_reading_order():
            if node.box is None:
                continue
            for line in node.lines:
                place = self._standing.places[node.number]
                is_single = place.columns not in self._standing.columns_used
                level = self._level(node, line)
                yield SeenWords(
                    node.number,
                    line.text,
                    line.box,
                    level if is_single else min(level, Level.DOUBTFUL),
                    is_turned=place.is_turned,
                    is_placed=is_single and self._standing.is_in_view(node, line.box),
                )
            for text in _told(node):
                line = LaidLine(text, node.box)
                yield SeenWords(node.number, text, node.box, self._level(node, line, is_drawn=False), is_laid_out=False)
            if node.name == "select":
                yield from self._options(node)
            elif node.name == "option" and not self._is_in_select(node):
                line = LaidLine(node.attributes.get("label", ""), node.box)
                yield SeenWords(
                    node.number, line.text, line.box, self._level(node, line, is_drawn=False), is_laid_out=False
                )
            if len(node.lines) > 1 and (sign := node.style.get("hyphenate-character", "auto").strip('"')) != "auto":
                for line in node.lines[:-1]:
                    if _HAS_WORDS.search(sign):
                        yield SeenWords(node.number, sign, line.box, self._level(node, line), is_laid_out=False)

    def level(self, words: SeenWords) -> Level:
        """Return how surely *words* are seen, counting everything that lies over them."""
        if words.level <= Level.COMING:
            return words.level
        hidden = self.covered(words.box, self.snapshot.nodes[words.node])
        if hidden <= 0.5 and self._is_written_over(words):
            return min(words.level, Level.DOUBTFUL)
        return Level.UNSEEN if hidden > 0.5 else min(words.level, Level.DOUBTFUL) if hidden > 0.15 else words.level

    def _is_written_over(self, words: SeenWords) -> bool:
        """Return whether other words stand in the same place, so that neither can be read."""
        for node in self.snapshot.nodes:
            if node.number == words.node or not node.lines:
                continue
            for line in node.lines:
                if words.is_placed and not self._standing.is_in_view(node, line.box):
                    continue
                if part_of(line.box, words.box) <= 0.4 or self._level(node, line) <= Level.COMING:
                    continue
                if self.covered(line.box, node) <= 0.5:  # otherwise these words lie on whatever hides the others
                    return True
        return False

    def is_seen(self, node: Node) -> bool:
        """Return whether *node* is painted at all."""
        return node.box is not None and self._standing.is_painted(node) and self._standing.painted(node) != NOWHERE

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

    def _level(self, node: Node, line: LaidLine, *, is_drawn: bool = True) -> Level:
        level = self._level_now(node, line, is_drawn=is_drawn)
        if level is Level.UNSEEN and self._standing.places[node.number].may_come:
            return Level.COMING
        return level

    def _level_now(self, node: Node, line: LaidLine, *, is_drawn: bool) -> Level:
        style, place, box = node.style, self._standing.places[node.number], line.box
        if style.get("visibility") != "visible" or place.opacity < 0.15:
            return Level.UNSEEN
        if self._standing.is_off_screen(node, box):
            return Level.UNSEEN
        left, top, width, height = box
        letters = len(line.text.strip())
        least = _LEAST_PX if letters > 1 else _NARROWEST_PX
        if left + width <= 0 or top + height <= 0 or left >= self.snapshot.width or width < least or height < _LEAST_PX:
            return Level.UNSEEN if letters > 1 or height < _LEAST_PX else Level.DOUBTFUL
        each = max(width, height) / letters / min(width, height) if is_drawn and letters >= _FEW_LETTERS else 1.0
        if is_drawn and (max(width, height) < 2.0 * letters or each < _LEAST_WIDTH):
            return Level.UNSEEN
        kept = part_of(self._standing.clip(node), box)
        ink = self._ink(node)
        if kept < 0.5 or ink[3] * place.opacity < 0.15:
            return Level.UNSEEN if kept < 0.5 or style["text-shadow"] == "none" else Level.DOUBTFUL
        stands_out = min((contrast(ink, one) for one in self._grounds(node, box)), default=_READABLE_CONTRAST)
        if stands_out < _LEAST_CONTRAST:
            return Level.UNSEEN
        is_plain = place.is_clear and kept >= 0.9 and place.opacity >= 0.35 and height >= _READABLE_PX
        is_plain = is_plain and stands_out >= _READABLE_CONTRAST and each >= _READABLE_WIDTH
        if not is_plain or style["-webkit-text-security"] != "none":
            return Level.DOUBTFUL
        return Level.SEEN

    def _ink(self, node: Node) -> Colour:
        style = node.style
        if any(is_letters(self.snapshot.nodes[n].name) for n in self._standing.lineage(node)[1:3]):
            red, green, blue, _ = (
                colour(style["fill"]) if style["fill"].startswith(("rgb", "color", "ok", "l")) else (0, 0, 0, 1)
            )
            return red, green, blue, max(fill_of(style), 0.0 if style["stroke"] == "none" else 1.0)
        inks = [colour(style["color"]), colour(style["-webkit-text-fill-color"])]
        return min(inks, key=lambda one: one[3]) if inks[1] != inks[0] else inks[0]

    def _grounds(self, node: Node, box: Box) -> list[Colour]:
        """Return the colours that words of *node* at *box* may stand on; empty when their background is a picture."""
        floor = next((n for n in self._standing.lineage(node) if is_ground(self.snapshot.nodes[n])), None)
        behind = self._covers.behind(node, box, self.snapshot.nodes[floor] if floor is not None else None)
        drawn = [one for other in behind for one in grounds_of(other)]
        for number in self._standing.lineage(node):
            one = self.snapshot.nodes[number]
            style = one.style
            inner = [s for s in shadows(style.get("box-shadow", "none")) if s.is_inner and s.spread >= _WIDE_PX]
            drawn += [colour(c) for c in COLOUR.findall(style["box-shadow"])] if inner else []
            if style.get("background-image", "none") != "none":
                return drawn if "url(" in style["background-image"] else drawn + grounds_of(one)
            if one.background:
                return [*drawn, colour(one.background)]
            if number == floor:  # when something lies over it, the browser doesn't give the blended colour
                return drawn + grounds_of(one)
        # Nothing is painted there. That leaves the window's own background, white where words are dark by default.
        return drawn or ([] if self._is_dark else [_WHITE])

    def _options(self, node: Node) -> Iterator[SeenWords]:
        """Yield what a list shows: the chosen option, or all of them when it is open."""
        box = node.box or NOWHERE
        for option in self.snapshot.nodes[node.number + 1 :]:
            if not self.is_within(option.number, node.number):
                break
            label = option.attributes.get("label", "")
            if label and option.name in {"option", "optgroup"} and (option.is_selected or option.box is not None):
                shown = LaidLine(label, option.box or box)
                yield SeenWords(
                    option.number, label, shown.box, self._level(node, shown, is_drawn=False), is_laid_out=False
                )

    def _in_reading_order(self) -> Iterator[Node]:
        """Yield the nodes in reading order: what a style sheet adds after an element follows the element's contents."""
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

    def _is_in_select(self, node: Node) -> bool:
        return any(self.snapshot.nodes[n].name == "select" for n in self._standing.lineage(node))


def _told(node: Node) -> Iterator[str]:
    """Yield the words that an element shows although they aren't text of the page."""
    attributes = node.attributes
    if node.name == "input" and attributes.get("type") in BUTTON_TYPES and attributes.get("value"):
        yield attributes["value"]
    if node.name in {"input", "textarea"} and not node.is_filled and attributes.get("placeholder"):
        yield attributes["placeholder"]
    if node.name in {"img", "area"} and attributes.get("alt"):
        yield attributes["alt"]
