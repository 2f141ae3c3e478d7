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


def help_on(screen: str, language: Language) -> str:
    """Return the help for *screen*: one line per problem, then the step catalogue's own help. May be empty."""
    told = [f"{one.what} {one.remedy}" for one in problems(language) if screen in one.screens]
    step = steps(language).get(screen)
    return "\n".join([*told, step.help] if step and step.help else told)


def _problem(entry: Mapping[str, Any], language: Language) -> Problem:
    screens = tuple(entry.get("screens", ()))
    return Problem(entry["id"], entry["at"], entry["what"][language], entry["do"][language], screens)
