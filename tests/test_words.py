"""What persons read comes from one catalogue, and it is whole in both languages."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from functools import partial
from string import Formatter
from typing import Any

import pytest

from assistant.base.errors import UsageError, nearest
from assistant.base.words import LANGUAGES, table
from tests.tree import ROOT

ROOMS = sorted(path.stem for path in (ROOT / "assistant" / "base" / "words").glob("*.toml"))
_SAID = re.compile(r"\bdesk\.say\(\s*[\"']([a-z_]+(?:\.[a-z_0-9]+)*)[\"']")
_TOLD = re.compile(r"\b(?:told|UsageError\.of|wrong)\(\s*\"([a-z_]+\.[a-z_.0-9]+)\"")


def leaves(entries: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each text of a file, with where it stands."""
    if isinstance(entries, list):
        for number, entry in enumerate(entries):
            yield from leaves(entry, f"{place}[{number}]")
    elif isinstance(entries, dict):
        if entries.keys() & set(LANGUAGES):
            yield place, entries
        for key, value in entries.items():
            yield from leaves(value, f"{place}.{key}")


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_is_there_in_both_languages(room: str) -> None:
    """A text has both languages, neither is empty, and both have the same places to fill in."""
    texts = list(leaves(table(room), room))
    assert texts
    for place, text in texts:
        said = {language: text.get(language) for language in LANGUAGES}
        assert all(isinstance(one, str) and one.strip() for one in said.values()), place
        places = {
            language: {name for _, name, _, _ in Formatter().parse(one or "") if name is not None}
            for language, one in said.items()
        }
        assert places["tr"] == places["en"], place


def test_every_name_that_the_code_uses_has_words() -> None:
    """A text that is asked for by its whole name is in the catalogue."""
    codes = [path.read_text(encoding="utf-8") for path in (ROOT / "assistant").rglob("*.py")]
    named = {name for code in codes for name in _TOLD.findall(code)}
    named |= {f"preflight.{name}" for code in codes for name in _SAID.findall(code)}
    assert len(named) > 20
    known = {f"{room}.{place}" for room in ROOMS for place, _ in leaves(table(room), "")}
    assert sorted(named - {name.replace("..", ".") for name in known}) == []


def test_a_usage_error_is_told_in_both_languages_from_another_process_too() -> None:
    """Its values are facts, or are asked for their words in each language."""
    near = partial(nearest, "crad", ("card",))
    error = UsageError.of("guide.command.together", one=near, other="--out")
    for one in (error, pickle.loads(pickle.dumps(error))):  # noqa: S301 (made here)
        assert "card mi demek istediniz?" in one.told("tr")
        assert "Did you mean card?" in one.told("en")
        assert "--out" in one.told("tr")
        assert "--out" in one.told("en")
