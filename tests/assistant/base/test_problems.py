"""The commonest problems: each remedy is written once, and doctor, panel and guide tell the same one."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.base.outcome import reasons
from assistant.base.problems import help_on, problem, problems
from assistant.base.words import Language, words
from assistant.companion.companion_run import Companion
from assistant.companion.machine import CompanionState, way
from assistant.desk.ending import end_view
from assistant.desk.surface import Event
from assistant.desk.view import View
from assistant.guide.wording import texts_of
from assistant.official_app.clipboard import SystemClipboard
from assistant.preflight.card import check_readers
from assistant.preflight.java import check_java
from assistant.preflight.online import Host, check_host
from assistant.preflight.pcsc import PcscState
from assistant.run.record import Ending, RunResult
from assistant.setup.command import run_command
from flows import portal_look
from tests.assistant.guide.test_book import guide_of
from tests.assistant.official_app.javas import answer, lay, machine
from tests.assistant.preflight.desks import desk

LANGUAGES: tuple[Language, ...] = get_args(Language)
_ROOT = Path(__file__).parents[3]
_ALIKE = 0.75
"""From this share of common words on, two sentences say the same."""
_SHORTEST = 6
"""Words of the shortest sentence that is compared: “Bir süre sonra yeniden deneyiniz.” belongs to nobody."""


def sentences(text: str) -> list[frozenset[str]]:
    """Return the words of every sentence of *text* that is long enough to be somebody's own."""
    found = (frozenset(re.findall(r"\w+", one.casefold())) for one in re.split(r"(?<=[.!?])\s+", text))
    return [one for one in found if len(one) >= _SHORTEST]


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text within *value*."""
    match value:
        case str():
            yield value
        case dict():
            yield from (text for one in value.values() for text in texts_in(one))
        case list():
            yield from (text for one in value for text in texts_in(one))


def written(path: Path) -> Iterator[str]:
    """Yield every text that is written in a Python or TOML file; what a Python file joins counts as one."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".toml":
        yield from texts_in(tomllib.loads(source))
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def second_writings(text: str) -> list[str]:
    """Return the problems whose remedy, or a sentence of it, *text* says in the same words or nearly so."""
    return [name for said in sentences(text) for name, own in remedies() if len(own & said) / len(own | said) >= _ALIKE]


@cache
def remedies() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the sentences of all remedies in both languages, each with its problem's id."""
    known = [one for language in LANGUAGES for one in problems(language)]
    return tuple((one.id, own) for one in known for own in sentences(one.remedy))


def test_a_remedy_is_written_once() -> None:
    """No sentence of a remedy occurs twice in the program's texts."""
    files = [path for package in ("assistant", "flows") for path in (_ROOT / package).rglob("*.*")]
    twice = {
        (path.name, name, text)
        for path in files
        if path.suffix in {".py", ".toml"} and path.name != "problems.toml"
        for text in written(path)
        for name in second_writings(text)
    }
    assert twice == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_writing_is_noticed(language: Language) -> None:
    """Every remedy is noticed within other words, and with a word more in each sentence."""
    for one in problems(language):
        assert one.id in second_writings(f"Önce okuyunuz. {one.remedy} Kolay gelsin.")
        assert one.id in second_writings(" ".join(f"Lütfen {said}" for said in re.split(r"(?<=[.!?])\s+", one.remedy)))


class Nobody:
    """A surface before which nobody sits."""

    def show(self, view: View) -> None:
        """Show nothing."""

    def events(self) -> list[Event]:
        """Return nothing."""
        return []

    def pause(self, seconds: float) -> None:
        """Let no time pass."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_doctor_panel_and_guide_tell_the_same_remedy(tmp_path: Path, language: Language) -> None:
    """A portal that isn't there, a Java too new and a missing reader have one remedy each, wherever it is shown."""
    java, no_reader = (desk(tmp_path, run=run_command, language=language, **facts) for facts in _DESKS)
    lay(tmp_path, "usr/bin/java", answer(21))
    object.__setattr__(java, "system", machine(tmp_path))
    doctor = {
        "page-does-not-open": check_host(Host("portal.invalid", "/", 1, "not a name"), java),
        "java-too-new": check_java(java),
        "reader-missing": check_readers(no_reader),
    }
    panel = {
        name: dict(Companion(Nobody(), SystemClipboard(), language, state=CompanionState(stage)).view().troubles)
        for name, stage in (
            ("page-does-not-open", "landing"),
            ("java-too-new", "signing"),
            ("reader-missing", "signing"),
        )
    }
    ends = {"page-does-not-open": "portal_unreachable", "reader-missing": "reader_missing"}
    guide = [text for section in guide_of(language, "2026", "first-time").walk() for text in texts_of(section)]
    for name, findings in doctor.items():
        remedy = problem(name, language).remedy
        assert remedy in (findings[0].remedy or ""), name
        assert remedy in panel[name].values(), name
        assert remedy in guide, name
    for name, code in ends.items():
        reason = reasons(language)[code]
        end = end_view(RunResult(Ending(reason.outcome, code)), words("desk", language), "")
        assert end.remedy == problem(name, language).remedy


_DESKS: tuple[dict[str, Any], ...] = ({}, {"pcsc": lambda: PcscState("running")})


def test_the_panel_knows_the_screens_of_the_table() -> None:
    """A problem is told on screens that there are, and every screen of the companion's way has its help."""
    assert {screen for one in problems("tr") for screen in one.screens} <= set(portal_look().screens)
    assert all(help_on(stage.step, language) for language in LANGUAGES for stage in way(language).values())
