"""Schematic drawings of the portal's pages. Our own, so nobody mistakes them for the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

WIDTH = 320
_MARGIN, _GAP = 12, 6
_STYLES: dict[str, tuple[str, str, str, int]] = {
    # fill, line, text colour, height
    "bar": ("#e8eaed", "#9aa0a6", "#3c4043", 20),
    "app": ("#dbe4f3", "#5b7bb0", "#1b3a6b", 22),
    "title": ("none", "none", "#202124", 20),
    "text": ("#f1f3f4", "none", "#202124", 28),
    "field": ("#ffffff", "#80868b", "#5f6368", 22),
    "box": ("#fff4c2", "#c9a400", "#3d3200", 22),
    "tile": ("#f1f3f4", "#bdc1c6", "#3c4043", 24),
    "plain": ("#f1f3f4", "#80868b", "#3c4043", 22),
    "tick": ("#ffffff", "#80868b", "#202124", 22),
    "look": ("#fff4c2", "#8a6d00", "#3d3200", 28),
    "here": ("#d7f0dd", "#137333", "#0b4f23", 26),
    "heretile": ("#d7f0dd", "#137333", "#0b4f23", 26),
    "never": ("#fbe3e1", "#b3261e", "#8c1d18", 24),
}
_MARKS = {"here": "▶ ", "heretile": "▶ ", "never": "✕ ", "tick": "☑ ", "look": "⚠ "}


def svg(shapes: Sequence[str], description: str) -> str:
    """Return the drawing of *shapes* (``kind:label``) as SVG, called *description* for screen readers.

    An arrow marks what to press and a cross what never to press, so nothing depends on colour alone. Raises `KeyError`
    for an unknown kind.
    """
    parts = []
    top = _MARGIN
    for shape in shapes:
        kind, _, label = shape.partition(":")
        fill, line, colour, height = _STYLES[kind]
        width = WIDTH - 2 * _MARGIN
        dashes = ' stroke-dasharray="4 3"' if kind == "never" else ""
        parts.append(
            f'<rect x="{_MARGIN}" y="{top}" width="{width}" height="{height}" rx="4" fill="{fill}" stroke="{line}"'
            f"{dashes}/>"
        )
        weight = ' font-weight="bold"' if kind in {"title", "here", "heretile"} else ""
        parts.append(
            f'<text x="{_MARGIN + 8}" y="{top + height // 2 + 4}" fill="{colour}" font-size="12"{weight}>'
            f"{escape(_MARKS.get(kind, ''))}{escape(label)}</text>"
        )
        top += height + _GAP
    height = top - _GAP + _MARGIN
    frame = f'<rect x="1" y="1" width="{WIDTH - 2}" height="{height - 2}" rx="8" fill="#ffffff" stroke="#5f6368"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif"><title>{escape(description)}</title>{frame}{"".join(parts)}</svg>'
    )


def lines(shapes: Sequence[str]) -> tuple[str, ...]:
    """Return the drawing as text lines for a terminal."""
    inner = [f"{_MARKS.get(kind, '  ')}{label}" for kind, _, label in (shape.partition(":") for shape in shapes)]
    width = max(len(line) for line in inner)
    return (f"┌{'─' * (width + 2)}┐", *(f"│ {line:<{width}} │" for line in inner), f"└{'─' * (width + 2)}┘")
