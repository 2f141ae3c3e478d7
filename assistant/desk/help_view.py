"""What is shown where help is needed, as plain data: by the run (`assistant.desk.helping`) or by the person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from assistant.base.problems import Problem, help_on, hint_on, met_on, problem
from assistant.base.words import Language, Words
from assistant.base.words import words as words_of
from assistant.desk.view import AdviceView, QuestionView
from assistant.run.question import Plea
from assistant.wording.places import named

Stage = Literal["choosing", "watching", "pointing", "confirming"]
SHOW = "show:"
"""Prefix of an answer that offers to show us a control; the control's name follows."""
_MOST_NAMED = 2
_LIST_FROM = 2
"""From so many problems on they are a list."""


class Help(TypedDict):
    """What a view tells a person who has a problem."""

    help: str
    troubles: tuple[tuple[str, str], ...]


def told_on(screen: str, language: Language) -> Help:
    """Return what helps on *screen*: several problems are a list to choose from, one is told at once."""
    met = met_on(screen, language)
    if len(met) < _LIST_FROM:
        return Help(help=help_on(screen, language), troubles=())
    return _listed(met, hint_on(screen, language), language)


def told_of(names: Sequence[str], language: Language) -> Help:
    """Return what helps with the problems of those *names*, as a list to choose from."""
    return _listed([problem(name, language) for name in names], "", language)


def _listed(met: Sequence[Problem], hint: str, language: Language) -> Help:
    ask = words_of("desk", language)("ui.which_trouble")
    return Help(help="\n".join(filter(None, (hint, ask))), troubles=tuple((one.what, one.remedy) for one in met))


def plea_view(
    plea: Plea, words: Words, stage: Stage, *, seen: str, target: str = "", note: str = "", can_point: bool = True
) -> AdviceView:
    """Return what we are looking for, what we *see* instead, and how to go on.

    *target* is what the person is pointing at; *note* says what came of the last attempt.
    """
    language = words.language
    if stage == "pointing":
        lines = [words("help.point", what=named(target, language))]
    elif stage == "watching":
        lines = [words("help.watch")]
    else:
        sought = " / ".join(named(control, language) for control in plea.sought[:_MOST_NAMED])
        lines = [words("help.looks_for", what=sought)] if sought else []
        lines.append(words(f"help.{plea.reason}", seen=seen))
    answers = [] if stage == "watching" else [("self", words("help.self"))]
    shown = [control for control in plea.sought if can_point and (stage != "pointing" or control != target)]
    answers += [(f"{SHOW}{control}", words("help.show", what=named(control, language))) for control in shown]
    answers += [("by_hand", words("help.by_hand")), ("stop", words("help.stop"))]
    title = words("help.title_control" if plea.screen else "help.title")
    return AdviceView(title, tuple([note, *lines] if note else lines), ask=words("help.ask"), answers=tuple(answers))


def named_back(number: int, target: str, label: str, words: Words, *, is_learnt: bool) -> QuestionView:
    """Return the question whether the control called *label* is the *target*."""
    name = "help.learnt" if is_learnt else "help.pointed"
    return QuestionView(
        number,
        words(f"{name}.title", label=label),
        words(f"{name}.meaning", what=named(target, words.language)),
        "",
        words(f"{name}.yes"),
        words(f"{name}.no"),
    )
