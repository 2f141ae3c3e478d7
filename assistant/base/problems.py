"""The most common problems and their official remedies: written once in the catalogue, used in many places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.base.words import table
from flows.steps import Language, steps


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, as the person sees it."""

    id: str
    at: str
    """Where you meet it: ``login``, ``app``, ``card``."""
    what: str
    remedy: str
    screens: tuple[str, ...] = ()
    """The screens where the panel explains it."""


@cache
def problems(language: Language) -> tuple[Problem, ...]:
    """Return all problems, in the order you could meet them."""
    return tuple(_problem(entry, language) for entry in table("problems")["problem"])


def problem(name: str, language: Language) -> Problem:
    """Return the problem with that id. Raises `KeyError`."""
    return {one.id: one for one in problems(language)}[name]


def met_on(screen: str, language: Language) -> tuple[Problem, ...]:
    """Return the problems that one meets on *screen*."""
    return tuple(one for one in problems(language) if screen in one.screens)


def hint_on(screen: str, language: Language) -> str:
    """Return what the catalogue of steps says to do when *screen* does not work; may be empty."""
    step = steps(language).get(screen)
    return step.help if step else ""


def help_on(screen: str, language: Language) -> str:
    """Return the help for *screen*: one line per problem, then the step catalogue's own help. May be empty."""
    told = [f"{one.what} {one.remedy}" for one in met_on(screen, language)]
    return "\n".join(filter(None, [*told, hint_on(screen, language)]))


def _problem(entry: Mapping[str, Any], language: Language) -> Problem:
    screens = tuple(entry.get("screens", ()))
    return Problem(entry["id"], entry["at"], entry["what"][language], entry["do"][language], screens)
