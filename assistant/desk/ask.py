"""What is waited for on a surface outside a run: an answer before it begins or when it is over, and the goodbye."""

from __future__ import annotations

from assistant.desk.surface import Surface
from assistant.desk.view import View

PATIENCE_S = 600.0
GOODBYE_S = 600.0
"""How long the last view stays, seconds."""
_PAUSE_S = 0.2


def ask(surface: Surface, view: View, seconds: float = PATIENCE_S) -> bool | None:
    """Show *view* with its question and return the answer: True for yes, False for no.

    None where the window is closed, the run is stopped, or no answer comes within *seconds*.
    """
    if view.question is None:
        raise ValueError("the view asks nothing")
    surface.show(view)
    waited = 0.0
    while waited < seconds:
        for event in surface.events():
            if event.kind in {"yes", "no"} and event.id == view.question.id:
                return event.kind == "yes"
            if event.kind in {"stop", "gone", "close"}:
                return None
        surface.pause(_PAUSE_S)
        waited += _PAUSE_S
    return None


def wait_for_goodbye(surface: Surface, seconds: float) -> None:
    """Keep the last view until the person closes it, at most *seconds*."""
    waited = 0.0
    while waited < seconds:
        if any(event.kind in {"close", "gone", "stop"} for event in surface.events()):
            return
        surface.pause(_PAUSE_S)
        waited += _PAUSE_S
