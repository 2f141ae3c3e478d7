"""What practice knows of its card before the login."""

from __future__ import annotations

import subprocess

import pytest

from assistant.card import modules
from assistant.desk.before import known
from assistant.practice.desk import practice_desk
from assistant.practice.stories import staged, stories

_OBSTACLES = {"locked-card": {"pin"}, "expired-certificate": {"e_onay"}}
_WARNINGS = {"final-try": {"pin"}}


@pytest.mark.parametrize("name", stories())
def test_each_story_says_early_what_a_real_run_would(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A locked card and an ended certificate stand in the way, the others don't; this machine's cards are left alone."""

    def touched(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("practice has looked at this machine's readers or drivers")

    for start in ("run", "Popen"):
        monkeypatch.setattr(subprocess, start, touched)
    monkeypatch.setattr("assistant.preflight.desk.card_modules", touched)
    monkeypatch.setattr(modules, "card_modules", touched)
    with staged(stories()[name]) as stage:
        found = known(practice_desk(stage.card, "tr"), official_app=False)
        assert {one.id for one in found.obstacles} == _OBSTACLES.get(name, set())
        assert {one.id for one in found.warnings} == _WARNINGS.get(name, set())
        assert found.is_expired is (name == "expired-certificate")


def test_a_practice_card_that_was_pulled_is_missed_early() -> None:
    """Without its card the made-up reader is as empty as a real one."""
    with staged(stories()["first-time"]) as stage:
        here = practice_desk(stage.card, "tr")
        stage.card.pull()
        assert {one.id for one in known(here, official_app=False).obstacles} == {"card"}
