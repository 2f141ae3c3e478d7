"""All texts for people come from one catalogue, and it is complete in both languages."""

from __future__ import annotations

import ast
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
    """Yield each text of a file, with its place in it."""
    if isinstance(entries, list):
        for number, entry in enumerate(entries):
            yield from leaves(entry, f"{place}[{number}]")
    elif isinstance(entries, dict):
        if entries.keys() & set(LANGUAGES):
            yield place, entries
        for key, value in entries.items():
            yield from leaves(value, f"{place}.{key}")


def lines_of(text: Any) -> list[Any]:
    """Return a text's lines. Some texts are a list of lines, and it may be empty."""
    return text if isinstance(text, list) else [text]


def places_in(line: str) -> set[str]:
    """Return the names of a line's placeholders."""
    return {name for _, name, _, _ in Formatter().parse(line) if name is not None}


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_is_there_in_both_languages(room: str) -> None:
    """Each text exists in both languages, neither is empty, and both have the same placeholders."""
    texts = list(leaves(table(room), room))
    assert texts
    for place, text in texts:
        said = {language: lines_of(text.get(language)) for language in LANGUAGES}
        assert all(isinstance(line, str) and line.strip() for lines in said.values() for line in lines), place
        for turkish, english in zip(*said.values(), strict=True):
            assert places_in(turkish) == places_in(english), place


def test_every_name_that_the_code_uses_has_words() -> None:
    """If the code asks for a text by its whole name, the catalogue has it."""
    codes = [path.read_text(encoding="utf-8") for path in (ROOT / "assistant").rglob("*.py")]
    named = {name for code in codes for name in _TOLD.findall(code)}
    named |= {f"preflight.{name}" for code in codes for name in _SAID.findall(code)}
    assert len(named) > 20
    known = {f"{room}.{place}" for room in ROOMS for place, _ in leaves(table(room), "")}
    assert sorted(named - {name.replace("..", ".") for name in known}) == []


def test_a_usage_error_is_told_in_both_languages_from_another_process_too() -> None:
    """Its values are plain facts, or are put into words in each language."""
    near = partial(nearest, "crad", ("card",))
    error = UsageError.of("guide.command.together", one=near, other="--out")
    for one in (error, pickle.loads(pickle.dumps(error))):  # noqa: S301 (made here)
        assert "card mi demek istediniz?" in one.told("tr")
        assert "Did you mean card?" in one.told("en")
        assert "--out" in one.told("tr")
        assert "--out" in one.told("en")


DATA = {
    "flows/actions.py": "letters: where one word of a name ends and the next begins",
    "flows/additions.py": "letters, and names of the portal's other services",
    "flows/controls.py": "the label by which a page's dialog is closed",
    "flows/countdown.py": "letters, and words that the portal writes beside a time",
    "flows/text.py": "letters: Turkish rules of upper and lower case",
    "flows/words.py": "letters: where a sentence of a page ends",
    "assistant/base/foreign.py": "letters: the forms of an i",
    "assistant/card/facts.py": "the name of an issuer",
    "assistant/card/modules.py": "names of cards",
    "assistant/card/scripted.py": "what a made-up card is called",
    "assistant/card/software.py": "what a made-up card is called",
    "assistant/desk/log_out.py": "labels of the portal's way out",
    "assistant/guide/book.py": "letters: the order of the alphabet",
    "assistant/guide/film/captions.py": "letters: where a sentence ends",
    "assistant/guide/film/fonts.py": "letters that a font must have",
    "assistant/guide/from_run/camera.py": "letters: the two forms of an i",
    "assistant/guide/formats/card.py": "the portal's labels that are never to be pressed",
    "assistant/guide/formats/letter_docx.py": "words that the Regulation on official correspondence lays down",
    "assistant/guide/letter.py": "words that the Regulation on official correspondence lays down",
    "assistant/guide/formats/office.py": "names of locales",
    "assistant/guide/formats/video.py": "codes of languages",
    "assistant/receipts/receipt.py": "names of signing components that a receipt may hold",
    "assistant/rehearsal/methods.py": "the gateway's labels",
    "assistant/rehearsal/dry_run.py": "the gateway's title",
    "assistant/snapshot/vocabulary.py": "letters: what is a word",
}
"""Files with Turkish that is data, not a sentence of ours, and what that data is."""
_TURKISH = re.compile("[çğıöşüÇĞİÖŞÜ]")


def is_text(node: ast.expr | None) -> bool:
    """Whether *node* is a string, or an f-string."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def sentences_in(source: str) -> Iterator[int]:
    """Yield the line of each text for people in a Python file: a Turkish one, or one in both languages."""
    tree = ast.parse(source)
    about = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings, also of attributes
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in about:
            if isinstance(node.value, str) and _TURKISH.search(node.value):
                yield node.lineno
        elif isinstance(node, ast.Dict):
            said = {
                key.value: value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant)
            }
            if all(is_text(said.get(language)) for language in LANGUAGES):
                yield node.lineno


def test_no_sentence_for_a_person_stands_in_python() -> None:
    """Only the catalogue holds texts for people. If a file has Turkish for another reason, DATA says which."""
    found = {
        path.relative_to(ROOT).as_posix(): list(sentences_in(path.read_text(encoding="utf-8")))
        for room in ("assistant", "flows")
        for path in sorted((ROOT / room).rglob("*.py"))
    }
    assert len(found) > 200
    wrong = {name: lines for name, lines in found.items() if lines and name not in DATA}
    assert wrong == {}
    assert [name for name in DATA if not found.get(name)] == [], "these files no longer hold any Turkish"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('"""Başlık."""\nname = "a"\n"""Şu ad."""\n', []),
        ('def told():\n    """Söyler."""\n    return "Kartı takınız."\n', [3]),
        ('path = f"{folder} açılamadı"\n', [1]),
        ('SAID = {"tr": "Tamam", "en": "OK"}\n', [1]),
        ('SAID = {"tr": f"{a}", "en": "OK", "de": "OK"}\n', [1]),
        ('FIELDS = {"tr": 1, "en": 2}\n', []),
        ('SAID = {"tr": "Tamam"}\n', []),
    ],
)
def test_a_sentence_in_python_is_seen(source: str, lines: list[int]) -> None:
    """Docstrings may say anything. We find a Turkish string, and a pair of texts even without Turkish letters."""
    assert list(sentences_in(source)) == lines
