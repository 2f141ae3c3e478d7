"""How a fleet's worker runs the other tools, and which of them there are here."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import partial

from assistant.rehearsal.drift.craft import Drifting, DriftTool
from tests.other_tools.scripts import Way, comparing


@dataclass(frozen=True)
class Scripting(Drifting):
    """Makes the runs of another tool: the recorded script, with or without a healer."""

    way: Way = "recorded"

    @contextmanager
    def tools(self, place: int) -> Iterator[DriftTool]:
        """Open a worker's browser."""
        with comparing(self.browser, self.extra_args) as comparison:
            yield DriftTool(partial(comparison.run, way=self.way), comparison.is_connected)


def has_healer() -> bool:
    """Whether playwright-healer is installed."""
    return importlib.util.find_spec("playwright_healer") is not None


def others(ours: Drifting) -> tuple[Drifting, ...]:
    """Return the other tools that can run here, with the same browser as *ours*."""
    with_ours = {field.name: getattr(ours, field.name) for field in fields(ours) if field.name != "way"}
    ways: tuple[Way, ...] = ("recorded", "healing") if has_healer() else ("recorded",)
    return tuple(Scripting(way=way, **with_ours) for way in ways)
