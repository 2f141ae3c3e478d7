"""How far along a run is, for the list of steps."""

from __future__ import annotations

from dataclasses import replace

from assistant.base.outcome import Outcome
from assistant.base.words import Language
from assistant.desk.view import StepLine
from assistant.run.question import CHECK_STEP
from flows import steps

WAY = ("landing", "gateway_link", "login", "sharing", "home", "nes", "eonay_missing", "signing", "signed", "verify")
"""The steps everybody sees coming, in the guide's order."""

_PART_OF = {
    "login_other": "login",
    "second_step_sms": "login",
    "second_step_phone": "login",
    "second_step_failed": "login",
    "password_renewal": "login",
    "elsewhere": "login",
    "individual": "nes",
    "eonay_given": "eonay_missing",
    "eonay_both": "eonay_missing",
    "eonay_neither": "eonay_missing",
}


_PLACE_OF_WAY = {
    "edevlet_login": "landing",
    "gateway_link": "gateway_link",
    "nes_menu": "home",
    "individual_menu": "nes",
    "eonay_tile": "nes",
}


def place_of(target: str, otherwise: str) -> str:
    """Return the step where the control *target* is pressed; *otherwise* if it isn't one that leads on."""
    return _PLACE_OF_WAY.get(target, otherwise or "landing")


def marked(lines: tuple[StepLine, ...], places: frozenset[str], note: str) -> tuple[StepLine, ...]:
    """Return *lines* with *note* at those of *places*, which are steps."""
    numbers = {WAY.index(_PART_OF.get(place, place)) for place in places if is_on_way(place)}
    return tuple(replace(line, note=note) if number in numbers else line for number, line in enumerate(lines))


def is_on_way(step: str) -> bool:
    """Whether *step* is in the list; a blank page between two sites isn't."""
    return _PART_OF.get(step, step) in WAY


def is_before_login(step: str) -> bool:
    """Whether the person still has to log in when the run is at *step*."""
    place = _PART_OF.get(step, step)
    return place in WAY and WAY.index(place) <= WAY.index("login")


def lines(step: str, language: Language, *, done: bool = False) -> tuple[StepLine, ...]:
    """Return the list of steps, with *step* as the current one.

    *done* if that is finished too and nothing follows: then the list ends there.
    """
    catalogue = steps(language)
    place = _PART_OF.get(step, step)
    at = WAY.index(place) if place in WAY else -1
    shown = []
    for number, name in enumerate(WAY[: at + 1] if done else WAY):
        # The current step shows its exact state, so that the person reads what is on their screen. The others don't:
        # we haven't seen the coming ones, and those behind us may have changed.
        said = catalogue[step if number == at and step in catalogue else name]
        title = said.title if number == at else said.plain_title or said.title
        state = "done" if done or number < at else "now" if number == at else "todo"
        shown.append(StepLine(title, state))  # type: ignore[arg-type]  # one of the three
    return tuple(shown)


def walked(outcome: Outcome, language: Language) -> tuple[StepLine, ...]:
    """Return the steps of a successful run, all ticked; empty if *outcome* isn't a success.

    If E-Onay already existed the list ends with that: there was no code, no signature and no second look.
    """
    last = {Outcome.CONSENT_GIVEN: CHECK_STEP, Outcome.ALREADY_CONSENTED: "eonay_given"}.get(outcome)
    return lines(last, language, done=True) if last else ()
