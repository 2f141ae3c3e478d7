"""Draws the rooms in ARCHITECTURE.md from the imports: ``python -m docs.draw_house``. A test fails when it is stale.

An arrow says that some module of one room imports some module of another. Arrows that follow from others are left out,
so the picture shows the order of the rooms, which import-linter keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

import grimp

PLACE = Path(__file__).parents[1] / "ARCHITECTURE.md"
_BEGIN = "<!-- drawn by `python -m docs.draw_house` -->\n"
_END = "<!-- end of the drawing -->\n"
_PACKAGES = ("assistant", "flows", "fixtures", "mock_portal")


def drawn(page: str) -> str:
    """Return *page* with an up-to-date picture."""
    before, _, rest = page.partition(_BEGIN)
    after = rest.partition(_END)[2]
    return f"{before}{_BEGIN}{_picture()}{_END}{after}"


def rooms() -> dict[str, set[str]]:
    """Return each room of `assistant`, and the rooms that it imports."""
    graph = grimp.build_graph(*_PACKAGES, cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        if (room := _room(module)) is None:
            continue
        others = {_room(imported) for imported in graph.find_modules_directly_imported_by(module)}
        found.setdefault(room, set()).update(other for other in others if other not in (None, room))
    return found


def _room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "assistant" and len(parts) > 1 and parts[1] != "__main__" else None


def _picture() -> str:
    all_rooms = rooms()
    arrows = sum(map(len, all_rooms.values()))
    lines = "".join(f"    {room} --> {other}\n" for room, other in sorted(_needed(all_rooms)))
    return (
        f"```mermaid\nflowchart TD\n{lines}```\n\n{len(all_rooms)} rooms, {arrows} arrows between them, none upward; "
        "an arrow that follows from others is not drawn.\n"
    )


def _needed(arrows: Mapping[str, Set[str]]) -> Iterator[tuple[str, str]]:
    """Yield the arrows that no longer way replaces (the transitive reduction; there are no cycles)."""
    for room, others in arrows.items():
        for other in others:
            if not any(other in _reached(arrows, between) for between in others - {other}):
                yield room, other


def _reached(arrows: Mapping[str, Set[str]], room: str) -> set[str]:
    met: set[str] = set()
    waiting = [room]
    while waiting:
        for other in arrows[waiting.pop()] - met:
            met.add(other)
            waiting.append(other)
    return met


if __name__ == "__main__":
    PLACE.write_text(drawn(PLACE.read_text(encoding="utf-8")), encoding="utf-8")
