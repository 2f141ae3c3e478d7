"""The catalogues are complete: every reason that can be raised has its words, and none is dead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.base.errors import EonayError, RunError
from assistant.base.outcome import Outcome, reasons
from flows import portal_look, steps

_ROOT = Path(__file__).parents[3]
_QUOTED = re.compile(r"[\"']([a-z][a-z_]+)[\"']")
_HALTING = {"eonay_both", "eonay_neither", "other_service"}


def quoted_words() -> set[str]:
    """Return every quoted word of the packages that may name a reason."""
    sources = [path for package in ("assistant", "flows") for path in (_ROOT / package).rglob("*.py")]
    return {word for path in sources for word in _QUOTED.findall(path.read_text(encoding="utf-8"))}


def test_no_reason_is_dead() -> None:
    """Every entry of the error catalogue is used somewhere in the code."""
    assert sorted(set(reasons()) - quoted_words()) == []


def test_every_flow_reason_is_in_the_catalogue() -> None:
    """A flow can't halt for a reason that has no words."""
    raised = re.compile(r"(?:ScreenError|ControlError|SafetyError|CodeError|FlowError|RunError)\(\s*\"([a-z_]+)\"")
    ended = re.compile(r"End\(\s*\"[a-z_]+\",\s*\"([a-z_]+)\"")
    sources = [path for package in ("assistant", "flows") for path in (_ROOT / package).rglob("*.py")]
    named = {
        word
        for path in sources
        for pattern in (raised, ended)
        for word in pattern.findall(path.read_text(encoding="utf-8"))
    } - {"page_changed"}
    assert len(named) > 15
    assert sorted(named - set(reasons())) == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_reason_says_what_and_what_to_do(language: str) -> None:
    """Each reason has a sentence and a remedy in both languages, and ends a run otherwise than well."""
    for reason in reasons("en" if language == "en" else "tr").values():
        assert reason.what.endswith((".", "?"))
        assert reason.remedy.endswith(".")
        assert reason.outcome.exit_code != 0


def test_an_unknown_reason_is_a_mistake() -> None:
    """An error without an entry in the catalogue can't be made."""
    with pytest.raises(KeyError):
        EonayError("no_such_reason")
    assert RunError("person_stopped").reason("en").outcome is Outcome.CANCELLED


def test_every_screen_has_a_step() -> None:
    """What the person is told is written for every screen on which a run doesn't halt."""
    assert set(portal_look().screens) - _HALTING <= set(steps())
    assert list(steps("tr")) == list(steps("en"))
