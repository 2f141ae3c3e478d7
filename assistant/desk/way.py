"""Where a run is on the way, as the list of steps shows it."""

from __future__ import annotations

from assistant.desk.view import StepLine
from assistant.outcome import Language
from flows import steps

WAY = ("landing", "gateway_link", "login", "sharing", "home", "nes", "eonay_missing", "signing", "signed", "verify")
"""The steps that every person sees coming, in the order of the guide."""

_PART_OF = {
    "login_other": "login",
    "second_step_sms": "login",
    "second_step_phone": "login",
    "second_step_failed": "login",
    "individual": "nes",
    "eonay_given": "eonay_missing",
    "eonay_both": "eonay_missing",
    "eonay_neither": "eonay_missing",
}


def is_on_way(step: str) -> bool:
    """Tell whether *step* has a place in the list; a blank page between two sites has none."""
    return _PART_OF.get(step, step) in WAY


def lines(step: str, language: Language, *, done: bool = False) -> tuple[StepLine, ...]:
    """Return the list of steps with *step* as the present one; *done* where all of them lie behind."""
    catalogue = steps(language)
    place = _PART_OF.get(step, step)
    at = WAY.index(place) if place in WAY else -1
    shown = []
    for number, name in enumerate(WAY):
        # A state of the present step stands in its place, so that the person reads what is on their screen.
        title = catalogue[step if number == at and step in catalogue else name].title
        state = "done" if done or number < at else "now" if number == at else "todo"
        shown.append(StepLine(title, state))  # type: ignore[arg-type]  # one of the three
    return tuple(shown)
