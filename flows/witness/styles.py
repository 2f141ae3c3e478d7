"""Reading computed styles: colours, matrices and clips, as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from flows.witness.snapshot import Box

Colour = tuple[float, float, float, float]
"""Red, green and blue from 0 to 255, and opacity from 0 to 1."""

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")
_URL = re.compile(r"url\(\s*[\"']?(.*?)[\"']?\s*\)", re.DOTALL)
_SVG_WORDS = re.compile(r"<(?:\w+:)?(?:text|foreignobject|image|use)\b", re.IGNORECASE)
COLOUR = re.compile(r"(?:rgba?|color|(?:ok)?l(?:ab|ch))\([^()]*\)")
"""A colour as computed styles write it."""
_LIGHTNESS = re.compile(r"(?:ok)?l(?:ab|ch)\(\s*([-\d.e]+)")
_LIGHT_FOR_DARK = re.compile(r"\binvert\((?:1|100%)?\)")
_FADING = re.compile(r"(?<![-\w])opacity\(\s*([-\d.e%]+)\s*\)")
_HIDING = 0.6
_PERSPECTIVE = 1e-6
_TEXTURE_PX = 64.0
"""A picture drawn no larger than this holds no sentence."""
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=512)
def colour(text: str) -> Colour:
    """Return the colour named by *text*; opaque black when we don't know it.

    Of a colour outside sRGB we keep the lightness, as a grey: that is what makes words stand out.
    """
    space, _, said = text.partition("(")
    numbers, _, opacity = said.rstrip(")").partition("/")
    alpha = _fraction(opacity) if opacity else 1.0
    if space in {"lab", "lch", "oklab", "oklch"}:
        light = float(_LIGHTNESS.match(text).group(1)) if _LIGHTNESS.match(text) else 0.0  # type: ignore[union-attr]
        grey = _grey(light**3 if space.startswith("ok") else ((light + 16) / 116) ** 3)
        return grey, grey, grey, alpha
    if space == "color":
        name, *parts = numbers.split()
        rgb = [max(_fraction(part), 0) for part in parts[:3]]
        if name.startswith("xyz"):
            rgb = [_grey(rgb[1]) / 255] * 3
        elif name == "srgb-linear":
            rgb = [_grey(part) / 255 for part in rgb]
        red, green, blue = (255 * min(part, 1) for part in rgb)
        return red, green, blue, alpha
    if space not in {"rgb", "rgba"}:
        return (0, 0, 0, 0 if text == "transparent" else 1)
    parts = _NUMBER.findall(said)
    if len(parts) < 3:
        return (0, 0, 0, 1)
    return float(parts[0]), float(parts[1]), float(parts[2]), float(parts[3]) if len(parts) > 3 else 1


def _fraction(text: str) -> float:
    text = text.strip()
    return 0.0 if text == "none" else float(text[:-1]) / 100 if text.endswith("%") else float(text)


def _grey(luminance: float) -> float:
    """Return how bright a grey of that *luminance* is, 0 to 255."""
    linear = min(max(luminance, 0.0), 1.0)
    return 255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 counts it; *one* lies on *other*."""
    mixed = tuple(a * one[3] + b * (1 - one[3]) for a, b in zip(one[:3], other[:3], strict=True))
    light, dark = sorted((_luminance(mixed), _luminance(other[:3])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: tuple[float, ...]) -> float:
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def is_upright(style: Mapping[str, str]) -> bool:
    """Return whether something turned and scaled by *style* can still be read: not mirrored, not turned over."""
    if style.get("scale", "none") != "none" and any(float(n) <= 0 for n in _NUMBER.findall(style["scale"])):
        return False
    if style.get("rotate", "none") not in {"none", "0deg"} or style.get("offset-path", "none") != "none":
        return False
    text = style.get("transform", "none")
    if text == "none":
        return True
    m = [float(n) for n in _NUMBER.findall(text.partition("(")[2])]
    if len(m) == 16:
        if abs(m[3]) + abs(m[7]) > _PERSPECTIVE:
            return False
        m = [m[0], m[1], m[4], m[5], 0, 0]
    if len(m) != 6:
        return False
    across, turned, leaning, down = m[:4]
    return across > 0 and down > 0 and abs(turned) < 0.2 * math.hypot(across, turned) and abs(leaning) < down


def faces_away(style: Mapping[str, str]) -> bool:
    """Return whether *style* turns an element away from us whose back isn't painted."""
    if style["backface-visibility"] != "hidden" or not style["transform"].startswith("matrix3d("):
        return False
    m = [float(n) for n in _NUMBER.findall(style["transform"].partition("(")[2])]
    return len(m) == 16 and m[10] < 0


def blurs(style: Mapping[str, str], *, is_root: bool = False) -> bool:
    """Return whether *style* has an effect after which nobody knows what can still be read.

    If the root has a background of its own, light and dark may be swapped: that inverts background and words alike, as
    a dark page does. Without one the browser leaves the background alone.
    """
    is_whole = is_root and colour(style.get("background-color", "transparent"))[3] == 1
    text = _LIGHT_FOR_DARK.sub("", style.get("filter", "none")) if is_whole else style.get("filter", "none")
    is_filtered = any(word in text for word in ("blur", "opacity", "brightness", "contrast", "invert", "url"))
    is_masked = style.get("mask-image", "none") != "none" or style.get("mix-blend-mode", "normal") != "normal"
    is_masked = is_masked or style.get("-webkit-mask-box-image-source", "none") != "none"
    return is_filtered or is_masked or style.get("-webkit-text-security", "none") != "none"


def cut(style: Mapping[str, str], box: Box) -> Box | None:
    """Return what ``clip`` and ``clip-path`` leave of *box*; None when the cut isn't a rectangle."""
    left, top, width, height = box
    right, bottom = left + width, top + height
    clip = style.get("clip", "auto")
    if clip.startswith("rect(") and style.get("position") in {"absolute", "fixed"}:
        edges = [part.strip() for part in clip[5:-1].replace(" ", ",").split(",") if part.strip()]
        up, to_right, down, to_left = (None if e == "auto" else float(e.removesuffix("px")) for e in edges)
        box = (
            left + (to_left or 0),
            top + (up or 0),
            max((right if to_right is None else left + to_right) - left - (to_left or 0), 0),
            max((bottom if down is None else top + down) - top - (up or 0), 0),
        )
    path = style.get("clip-path", "none")
    if path == "none":
        return box
    if _is_of_no_size(path):
        return left, top, 0.0, 0.0
    if not path.startswith("inset("):
        return None
    edges = path[6:-1].partition(" round ")[0].split()
    edges = (edges + edges[:1] * 3 if len(edges) == 1 else edges + edges[:2] if len(edges) == 2 else edges)[:4]
    edges = edges if len(edges) == 4 else [*edges, edges[1]]
    sizes = (height, width, height, width)
    try:
        up, to_right, down, to_left = (_length(edge, size) for edge, size in zip(edges, sizes, strict=True))
    except ValueError:
        return None
    return (left + to_left, top + up, max(width - to_left - to_right, 0), max(height - up - down, 0))


def _is_of_no_size(path: str) -> bool:
    """Return whether a ``clip-path`` leaves nothing: no radius, or all corners on one line."""
    shape, _, said = path.rstrip(")").partition("(")
    if shape in {"circle", "ellipse"}:
        radii = said.partition(" at ")[0]
        return any(float(radius) == 0 for radius in _NUMBER.findall(radii))
    if shape == "polygon" and "calc" not in said:
        corners = [corner.split()[-2:] for corner in said.split(",") if corner.strip() not in {"nonzero", "evenodd"}]
        return any(len({corner[axis] for corner in corners}) == 1 for axis in (0, 1))
    return False


def faded(style: Mapping[str, str]) -> float:
    """Return how opaque ``opacity`` and the filter of that name leave what is drawn, 0 to 1."""
    opacity = float(style["opacity"])
    for said in _FADING.findall(style.get("filter", "none")):
        opacity *= min(_fraction(said), 1.0)
    return opacity


def _length(text: str, size: float) -> float:
    return float(text[:-1]) * size / 100 if text.endswith("%") else float(text.removesuffix("px"))


def is_opaque(style: Mapping[str, str]) -> bool:
    """Return whether the background in *style* hides what lies under it."""
    shown = style.get("background-image", "none")
    if "url(" in shown:
        return True
    colours = [style.get("background-color", "transparent"), *COLOUR.findall(shown)]
    return any(colour(one)[3] >= _HIDING for one in colours)


def pictures(style: Mapping[str, str]) -> bool:
    """Return whether *style* draws a picture that may hold words. Gradients, textures and small icons hold none."""
    shown = style.get("background-image", "none")
    sources = _URL.findall(shown) + _URL.findall(style.get("border-image-source", "none"))
    if not any(_may_hold_words(source) for source in sources):
        return False
    if style.get("background-repeat") in {"repeat-x", "repeat-y"}:
        return False
    size = style.get("background-size", "auto").split(",")[0].split()
    return not all(part.endswith("px") and float(part[:-2]) <= _TEXTURE_PX for part in size)


def _may_hold_words(source: str) -> bool:
    return not source.startswith("data:image/svg+xml") or "base64" in source[:40] or _draws_words(source)


def _draws_words(source: str) -> bool:
    return source.startswith("data:image/svg+xml") and bool(_SVG_WORDS.search(unquote(source)))


def shared(one: Box, other: Box) -> Box:
    """Return the part that two boxes share."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[0] + one[2], other[0] + other[2]), min(one[1] + one[3], other[1] + other[3])
    return (left, top, right - left, bottom - top) if right > left and bottom > top else NOWHERE


def part_of(box: Box, whole: Box) -> float:
    """Return how much of *whole* lies in *box*, 0 to 1."""
    area = whole[2] * whole[3]
    common = shared(box, whole)
    return common[2] * common[3] / area if area > 0 else 0.0


def hull(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all *boxes*."""
    if not boxes:
        return NOWHERE
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return left, top, max(b[0] + b[2] for b in boxes) - left, max(b[1] + b[3] for b in boxes) - top
