"""What ``eonay portal`` prints."""

from __future__ import annotations

import pytest

import fixtures
from assistant.base.words import Language, words
from assistant.cli.portal import person_lines


@pytest.mark.parametrize("language", ["tr", "en"])
def test_each_person_fits_eighty_columns_in_the_readers_words(language: Language) -> None:
    """Numbers and passwords stand whole, no line is longer than 80, and the kind of card is a word of the language."""
    texts = words("cli", language)
    kinds = texts.group("portal.kind")
    for person in fixtures.people().values():
        lines = list(person_lines(person, texts))
        assert max(map(len, lines)) <= 80, lines
        assert person.national_id in lines[1]
        assert person.password in lines[1]
        assert kinds[person.card.kind] in lines[0]
