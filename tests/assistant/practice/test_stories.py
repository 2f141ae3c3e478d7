"""The stories of practice: each can be laid out, and its card says what the story tells."""

from __future__ import annotations

import pytest

from assistant.base.errors import CardError, UsageError
from assistant.base.words import Language
from assistant.cli.practice import chosen, list_stories
from assistant.desk.card_watch import state_of
from assistant.practice.stories import staged, stories


def test_every_story_of_the_list_can_be_laid_out() -> None:
    """Each story has a person to log in as, a card in the reader and credentials to type, in both languages."""
    for story in stories().values():
        with staged(story) as stage:
            assert stage.person.national_id in dict(stage.credentials("tr")).values(), story.name
            assert stage.card.look().certificates
            assert set(story.title) == set(story.hint) == {"tr", "en"}


@pytest.mark.parametrize(
    ("name", "status"), [("first-time", "present"), ("final-try", "final_try"), ("locked-card", "locked")]
)
def test_the_card_is_as_the_story_tells(name: str, status: str) -> None:
    """The flags of the card are those of the story before anybody types a PIN."""
    with staged(stories()[name]) as stage:
        assert state_of(stage.card.look()).status == status


def test_a_pulled_card_is_gone_until_it_is_back() -> None:
    """A card that was pulled can't be looked at; put back it is the same card."""
    with staged(stories()["first-time"]) as stage:
        before = state_of(stage.card.look())
        stage.card.pull()
        with pytest.raises(CardError, match="card_missing"):
            stage.card.look()
        stage.card.put_back()
        assert state_of(stage.card.look()) == before


def test_an_unknown_story_is_told_with_the_nearest() -> None:
    """A misspelt story is a usage error that names the one meant."""
    with pytest.raises(UsageError, match="final-try"):
        chosen("final-tri")


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_list_says_what_each_story_is_and_how_to_begin(
    capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    """Each story is listed with what to do in it, no line is longer than a terminal, and the last is the command."""
    assert list_stories(language) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line and not line.startswith(" ")][:-1] == list(stories())
    assert sum(line.startswith("    ") for line in lines) == len(stories())
    assert max(map(len, lines)) <= 80
    assert lines[-1].endswith("eonay practice first-time")
