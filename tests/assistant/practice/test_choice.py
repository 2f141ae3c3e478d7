"""Choosing a story to practise on the surface."""

from __future__ import annotations

import pytest

from assistant.base.words import words
from assistant.practice.choice import pick_story, stories_view
from assistant.practice.stories import stories
from tests.assistant.desk.test_before import Answers


def test_every_story_can_be_chosen() -> None:
    """The panel offers all stories by their titles, and the one that is pressed is the one that is practised."""
    advice = stories_view(words("desk")).advice
    assert advice is not None
    assert dict(advice.answers) == {story.name: story.title["tr"] for story in stories().values()}
    for story in stories().values():
        assert pick_story(Answers(story.name), words("desk")) is story


@pytest.mark.parametrize("answer", ["stop", "no-such-story"])
def test_whoever_leaves_practises_nothing(answer: str) -> None:
    """Stopping chooses none; what is no story isn't taken, and the question stays."""
    surface = Answers(answer, "stop")
    assert pick_story(surface, words("desk")) is None
