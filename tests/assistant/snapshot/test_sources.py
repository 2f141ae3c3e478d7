"""Each element of the reference has its source in ``docs/mock-sources.md``, and each line there its element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.snapshot.kept import Screen
from assistant.snapshot.reference import EDITIONS, reference
from assistant.snapshot.vocabulary import is_told

TABLE = Path(__file__).parents[3] / "docs" / "mock-sources.md"
_SOURCE = re.compile(r"guide (?:[1-9]|10)|facts (?:1|2|2a|3|4|5|5a)|guess|mock")
_SURE = {"sure", "likely", "guess", "mock"}


def rows() -> list[list[str]]:
    """Return the table's rows, cell by cell."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1:]]


def elements(screen: Screen) -> Iterator[str]:
    """Yield what a page says: headings, title, lines in their parts, labels."""
    for frame in screen.frames:
        yield from re.split(r"\s[|-]\s", frame.title)
        yield from frame.headings
        yield from (words for line in frame.runs for _, words in line)
        for control in frame.controls:
            yield from (line for text in (control.text, *control.names, control.beside) for line in text.splitlines())


def test_each_element_has_a_source_and_each_source_an_element() -> None:
    """Nothing stands in the mock without it being said where it comes from, and nothing is said of what is gone."""
    said = {
        element.strip().removeprefix("* ")
        for edition in EDITIONS
        for screen in reference(edition).screens
        for element in elements(screen)
        if is_told(element)
    }
    listed = [row[0] for row in rows()]
    assert len(listed) == len(set(listed)), "each once"
    assert said - set(listed) == set(), "say where they come from"
    assert set(listed) - said == set(), "no longer in the mock"


def test_a_source_is_one_of_four_kinds() -> None:
    """A row says guide, facts, guess or mock, and how sure that is; a guess is never sure."""
    for element, source, _, sure in rows():
        assert _SOURCE.fullmatch(source), element
        assert sure in _SURE, element
        assert (source == "guess") <= (sure == "guess"), element
        assert (source == "mock") is (sure == "mock"), element
