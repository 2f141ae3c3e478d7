"""Where a guided run shows up: a window or a terminal, behind one small interface."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from assistant.card.pin import Pin
from assistant.desk.view import View

EventKind = Literal["yes", "no", "stop", "gone", "action", "close", "more"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the person did on the surface."""

    kind: EventKind
    """``yes`` and ``no`` answer a question or prompt, ``gone`` is a closed window, ``close`` ends the last view,
    ``more`` asks us to wait longer."""
    id: int = 0
    """The question or prompt it answers."""
    pin: Pin | None = field(default=None, repr=False)
    action: str = ""


class Surface(Protocol):
    """A panel. Only for the loop's thread; no method waits for the person."""

    def show(self, view: View) -> None:
        """Show *view* instead of what was shown."""

    def events(self) -> list[Event]:
        """Return what the person did since the last call, oldest first."""

    def pause(self, seconds: float) -> None:
        """Let *seconds* pass while the surface stays alive. May return early."""
