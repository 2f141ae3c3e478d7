"""What we show if the run asks the person for help, as plain data: see `assistant.desk.helping`."""

from __future__ import annotations

from typing import Literal

from assistant.base.words import Words
from assistant.desk.view import AdviceView, QuestionView
from assistant.run.question import Plea
from assistant.wording.places import named

Stage = Literal["choosing", "watching", "pointing", "confirming"]
SHOW = "show:"
"""Prefix of an answer that offers to show us a control; the control's name follows."""
_MOST_NAMED = 2


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
