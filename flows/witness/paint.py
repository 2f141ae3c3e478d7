"""What an element's style paints besides its words: what may hide words, and what may draw some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from flows.witness.snapshot import Box, Node
from flows.witness.styles import COLOUR, NOWHERE, Colour, colour, hull, is_opaque, pictures, shared

SHAPES = frozenset({"rect", "circle", "ellipse"})
"""What an SVG fills across its whole layout box."""
_GAUGES = frozenset({"progress", "meter"})
_CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")
_LETTERS = frozenset({"text", "tspan", "textpath"})
_BLOCK_SIGNS = re.compile("[\u2580-\u259f\u25a0-\u25ff\u2b1b\u2b1c\U0001f7e5-\U0001f7eb]")
_LENGTH = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?px")
_THICK_PX = 6.0
_HIDING = 0.6
_VEILING = 0.15
_MOST_LAYERS = 12
"""More gradients or shadows than this on one element may add up to a picture."""
_MOST_CORNERS = 12
_AWAY_PX = 20.0


class Coat(NamedTuple):
    """Something painted, and how much it hides of what is under it, 0 to 1."""

    box: Box
    strength: float


class Shadow(NamedTuple):
    """One shadow of a box or of words; lengths in CSS pixels."""

    alpha: float
    is_inner: bool
    x: float
    y: float
    blur: float
    spread: float


@lru_cache(maxsize=256)
def shadows(text: str) -> tuple[Shadow, ...]:
    """Return the shadows listed in *text*, written as for ``box-shadow``, ``text-shadow`` or ``drop-shadow()``."""
    found = []
    if text == "none" or not text:
        return ()
    for part in re.split(r",(?![^(]*\))", text):
        said = COLOUR.search(part)
        lengths = [float(n[:-2]) for n in _LENGTH.findall(COLOUR.sub("", part))] + [0.0] * 4
        found.append(Shadow(colour(said.group())[3] if said else 1, "inset" in part, *lengths[:4]))
    return tuple(found)


def reach(node: Node) -> Box:
    """Return where *node* and its box shadows may be painted."""
    x, y, width, height = node.box or NOWHERE
    cast = [s for s in shadows(node.style["box-shadow"]) if not s.is_inner]
    return hull([(x, y, width, height), *((x + s.x, y + s.y, width, height) for s in cast)])


def casts_away(style: Mapping[str, str]) -> bool:
    """Return whether *style* draws words a second time elsewhere, or elsewhere only."""
    cast = shadows(style["text-shadow"]) if style["text-shadow"] != "none" else ()
    if "drop-shadow" in style["filter"]:
        cast = (*cast, *shadows(style["filter"].partition("drop-shadow(")[2].rpartition(")")[0]))
    return style["-webkit-box-reflect"] != "none" or any(
        max(abs(one.x), abs(one.y)) > _AWAY_PX and one.alpha > _VEILING for one in cast
    )


def coats(node: Node, opacity: float, *, is_picture: bool) -> Iterator[Coat]:
    """Yield what *node*, drawn at *opacity*, hides of what was painted before it."""
    box, style = node.box, node.style
    if box is None or not style:
        return
    if is_picture or (node.name.startswith("::") and "url(" in style["content"]):
        yield Coat(box, 1 if opacity >= _HIDING else opacity)
        return
    for one, alpha in _painted(node, box, style):
        strength = alpha if alpha >= _HIDING and opacity >= _HIDING else alpha * opacity
        if strength >= _VEILING:
            yield Coat(one, 1 if strength >= _HIDING or (alpha >= _HIDING and opacity >= _HIDING) else strength)


def _painted(node: Node, box: Box, style: Mapping[str, str]) -> Iterator[tuple[Box, float]]:
    if node.name in SHAPES:
        yield box, fill_of(style)
        return
    if style["backdrop-filter"] != "none" or " fill" in style["border-image-slice"]:
        yield box, 1
    if is_opaque(style):
        yield box, 1
    else:
        yield box, colour(style["background-color"])[3]
    for side in _borders(box, style):
        yield side, 1
    if style["outline-style"] != "none" and (width := _pixels(style["outline-width"])) >= _THICK_PX:
        away = _pixels(style["outline-offset"])
        alpha = colour(style["outline-color"])[3]
        for side in _ring(_grown(box, away + width), _grown(box, away)):
            yield side, alpha
    for shadow in shadows(style["box-shadow"]):
        reach = max(shadow.spread - shadow.blur / 2, 0)
        moved = (box[0] + shadow.x, box[1] + shadow.y, box[2], box[3])
        if shadow.is_inner:
            sides = _ring(box, shared(_grown(moved, -reach), box))
        else:
            sides = _ring(_grown(moved, shadow.spread - shadow.blur / 2), box)
        for side in sides:
            if min(side[2:]) >= _THICK_PX:
                yield side, shadow.alpha


def is_plain_ground(node: Node) -> bool:
    """Return whether *node* paints its whole box in one colour that nothing shows through."""
    style = node.style
    if not style or node.name.startswith("#") or node.name in SHAPES:
        return False
    if style["display"].startswith(("inline", "table")) or style["background-clip"] != "border-box":
        return False  # part of its box isn't painted
    is_square = all(style[f"border-{corner}-radius"] == "0px" for corner in _CORNERS)
    return (
        is_square
        and style["background-image"] == style["transform"] == "none"
        and colour(style["background-color"])[3] == 1
    )


def _borders(box: Box, style: Mapping[str, str]) -> Iterator[Box]:
    left, top = _pixels(style["border-left-width"]), _pixels(style["border-top-width"])
    right, bottom = _pixels(style["border-right-width"]), _pixels(style["border-bottom-width"])
    x, y, width, height = box
    for side, size, one in (
        ("left", left, (x, y, left, height)),
        ("top", top, (x, y, width, top)),
        ("right", right, (x + width - right, y, right, height)),
        ("bottom", bottom, (x, y + height - bottom, width, bottom)),
    ):
        if size >= _THICK_PX and colour(style[f"border-{side}-color"])[3] >= _HIDING:
            yield one


def _grown(box: Box, by: float) -> Box:
    width, height = box[2] + 2 * by, box[3] + 2 * by
    return (box[0] - by, box[1] - by, width, height) if width > 0 and height > 0 else NOWHERE


def _ring(outer: Box, inner: Box) -> Iterator[Box]:
    """Yield the part of *outer* around *inner*, as up to four boxes."""
    x, y, width, height = outer
    inner = shared(inner, outer)
    if inner == NOWHERE or inner[2] <= 2 or inner[3] <= 2:
        yield outer
        return
    left, top = inner[0] - x, inner[1] - y
    right, bottom = x + width - inner[0] - inner[2], y + height - inner[1] - inner[3]
    yield from (
        (x, y, width, top),
        (x, y + height - bottom, width, bottom),
        (x, y, left, height),
        (x + width - right, y, right, height),
    )


def _pixels(text: str) -> float:
    return float(text.removesuffix("px")) if text.endswith("px") else 0.0


def fill_of(style: Mapping[str, str]) -> float:
    """Return how opaque an SVG's fill is, 0 to 1."""
    said = style["fill"]
    alpha = 0.0 if said == "none" else 1.0 if said.startswith("url(") else colour(said)[3]
    return alpha * float(style["fill-opacity"])


def grounds_of(node: Node) -> list[Colour]:
    """Return the colours that *node* fills its place with, as far as they hide what is behind."""
    style = node.style
    if node.name in SHAPES:
        return [colour(style["fill"])] if fill_of(style) > _HIDING else []
    colours = [colour(one) for one in COLOUR.findall(style["background-image"])] or [colour(style["background-color"])]
    return [one for one in colours if one[3] > _HIDING]


def is_ground(node: Node) -> bool:
    """Return whether *node* has a background of its own that hides everything behind it."""
    return node.name != "#text" and bool(node.style) and node.name not in SHAPES and bool(grounds_of(node))


def is_sign_of_cover(text: str) -> bool:
    """Return whether *text* consists of signs that fill their whole place."""
    return len(_BLOCK_SIGNS.findall(text)) > 0.5 * len(text.strip()) > 0


def may_draw_words(node: Node) -> bool:
    """Return whether the style of *node* may draw words that aren't text. Gradients and small icons hold none."""
    style = node.style
    if not style:
        return False
    if node.name in SHAPES:
        painted = style["fill"].startswith("url(") or any(style[name] != "none" for name in ("clip-path", "mask-image"))
        return painted or "url(" in style["filter"]
    is_drawn = colour(style["background-color"])[3] > _VEILING or style["background-image"] != "none"
    if is_drawn and (_has_shape(style["clip-path"]) or any("url(" in style[n] for n in _MASKS)):
        return True
    if node.name in _GAUGES or (node.name == "input" and node.attributes.get("type") == "range"):
        return style["appearance"] == "none"  # then its parts may be drawn as anything; its own style doesn't say
    if "url(" in style["filter"] or (not node.name.startswith("::") and "url(" in style["content"]):
        return True
    is_made_up = len(shadows(style["box-shadow"])) > _MOST_LAYERS
    return is_made_up or style["background-image"].count("gradient(") > _MOST_LAYERS or pictures(style)


_MASKS = ("mask-image", "-webkit-mask-box-image-source")


def _has_shape(path: str) -> bool:
    """Return whether a clip is fine enough to cut out letters."""
    return path.startswith(("url(", "shape(", "path(")) or path.count(",") > _MOST_CORNERS


def is_letters(name: str) -> bool:
    """Return whether an SVG element of this name holds words."""
    return name in _LETTERS
