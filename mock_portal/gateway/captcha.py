"""The Güvenlik Kodu: five characters drawn as lines, so that the picture has no text to read out."""

from __future__ import annotations

import math
import secrets

LENGTH = 5
WIDTH, HEIGHT = 180, 56

_GLYPHS: dict[str, str] = {
    # Strokes on a grid four wide and six high: points are x and y, spaces separate strokes.
    "A": "062046 1434",
    "C": "4130100105163645",
    "E": "40000646 0333",
    "F": "400006 0333",
    "H": "0006 4046 0343",
    "J": "1040 3035261605",
    "K": "0006 400346",
    "L": "000646",
    "M": "0600234046",
    "N": "06004640",
    "P": "06003041423303",
    "R": "06003041423303 2346",
    "T": "0040 2026",
    "U": "000516364540",
    "V": "002640",
    "X": "0046 4006",
    "Y": "002340 2326",
    "3": "013041423313 3344453605",
    "4": "36300444",
    "7": "004016",
}
"""Characters that nobody mistakes for one another."""

_random = secrets.SystemRandom()


def new_answer() -> str:
    """Return five characters of the alphabet."""
    return "".join(_random.choice(sorted(_GLYPHS)) for _ in range(LENGTH))


def matches(answer: str, typed: str) -> bool:
    """Return whether `typed` is the answer; small letters and surrounding spaces are forgiven."""
    return secrets.compare_digest(answer.encode(), typed.strip().upper().encode())


def draw(answer: str) -> str:
    """Return an SVG of `answer`, different each time: one path of skewed and shaken strokes."""
    strokes = [stroke for place, character in enumerate(answer) for stroke in _strokes(character, 16 + place * 32)]
    _random.shuffle(strokes)
    lines = "".join(_line() for _ in range(5))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        '<rect width="100%" height="100%" fill="#f6f8fa"/>'
        f'<path d="{"".join(strokes)}" fill="none" stroke="#26465f" stroke-width="3" stroke-linecap="round" '
        f'stroke-linejoin="round"/><path d="{lines}" fill="none" stroke="#7d95a8" stroke-width="1.3"/></svg>'
    )


def _strokes(character: str, left: int) -> list[str]:
    turn = _random.uniform(-0.25, 0.25)
    size = _random.uniform(4.8, 5.6)
    drop = _random.uniform(9, 16)
    paths = []
    for stroke in _GLYPHS[character].split():
        points = []
        for x, y in zip(stroke[::2], stroke[1::2], strict=True):
            across, down = (int(x) - 2) * size, (int(y) - 3) * size
            points.append(
                (
                    left + 10 + across * math.cos(turn) - down * math.sin(turn) + _random.uniform(-0.9, 0.9),
                    drop + 16 + across * math.sin(turn) + down * math.cos(turn) + _random.uniform(-0.9, 0.9),
                )
            )
        paths.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
    return paths


def _line() -> str:
    from_y, to_y = _random.uniform(4, HEIGHT - 4), _random.uniform(4, HEIGHT - 4)
    start = _random.uniform(0, WIDTH / 2)
    return f"M{start:.1f} {from_y:.1f}L{start + _random.uniform(30, 60):.1f} {to_y:.1f}"
