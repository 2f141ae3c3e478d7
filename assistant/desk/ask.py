"""Waiting for the person outside a run: for an answer before it starts or after it ends, and for the goodbye."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.desk.surface import Surface
from assistant.desk.view import View

PATIENCE_S = 600.0
WARN_S = 60.0
"""How long before a timeout the surface asks whether anybody is there, seconds."""
GOODBYE_S = 600.0
"""How long the last view stays, seconds."""
_PAUSE_S = 0.2


def ask(surface: Surface, view: View, seconds: float = PATIENCE_S) -> bool | None:
    """Show *view* with its question and return the answer: True for yes, False for no.

    None if the window is closed, the run is stopped, or nobody answers within *seconds*.
    """
    if view.question is None:
        raise ValueError("the view asks nothing")
    waited = 0.0
    while waited < seconds:
        left_s = seconds - waited
        surface.show(replace(view, left_s=round(left_s)) if left_s <= WARN_S else view)
        for event in surface.events():
            if event.kind == "more":
                waited = 0.0
            if event.kind in {"yes", "no"} and event.id == view.question.id:
                return event.kind == "yes"
            if event.kind in {"stop", "gone", "close"}:
                return None
        surface.pause(_PAUSE_S)
        waited += _PAUSE_S
    return None


def choose(surface: Surface, view: View, seconds: float = PATIENCE_S) -> str | None:
    """Show *view* with its advice and return the name of the button the person presses.

    None if the window is closed, the run is stopped, or nobody answers within *seconds*.
    """
    waited = 0.0
    while waited < seconds:
        left_s = seconds - waited
        surface.show(replace(view, left_s=round(left_s)) if left_s <= WARN_S else view)
        for event in surface.events():
            if event.kind == "more":
                waited = 0.0
            if event.kind == "action" and view.advice is not None and event.action in dict(view.advice.buttons):
                return event.action
            if event.kind in {"stop", "gone", "close"}:
                return None
        surface.pause(_PAUSE_S)
        waited += _PAUSE_S
    return None


def wait_for_goodbye(surface: Surface, seconds: float, chosen: Callable[[str], bool] = lambda _name: False) -> None:
    """Keep the last view until the person closes it, at most *seconds*.

    *chosen* gets the name of what the person presses, and returns whether that ends the view.
    """
    waited = 0.0
    while waited < seconds:
        for event in surface.events():
            if event.kind in {"close", "gone", "stop"} or (event.kind == "action" and chosen(event.action)):
                return
        surface.pause(_PAUSE_S)
        waited += _PAUSE_S
