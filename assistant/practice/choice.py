"""Picking a story to practise, on the surface."""

from __future__ import annotations

from assistant.base.words import Words
from assistant.desk.ask import choose
from assistant.desk.surface import Surface
from assistant.desk.view import AdviceView, View
from assistant.practice.stories import Story, stories


def pick_story(surface: Surface, texts: Words) -> Story | None:
    """Let the person pick a story on *surface*; None if they pick none."""
    return stories().get(choose(surface, stories_view(texts)) or "")


def stories_view(texts: Words) -> View:
    """Return the choice of stories."""
    language = texts.language
    advice = AdviceView(
        texts("practice.title"),
        (texts("ui.practice_note"),),
        ask=texts("practice.ask"),
        answers=tuple((story.name, story.title[language]) for story in stories().values()),
    )
    doing, remedy = texts("practice.doing"), texts("practice.help")
    return View(now=texts("practice.now"), doing=doing, help=remedy, advice=advice)
