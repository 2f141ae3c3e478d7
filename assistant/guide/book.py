"""The book: what the guide says, read from ``book.toml`` and from the catalogues that also drive the assistant.

A text is ``{ tr = "…", en = "…" }``, or a reference to a text elsewhere: ``step:nes.help`` (flows/steps.toml), or in
assistant/base/words ``reason:pin_locked`` (reasons.toml, what and remedy), ``problem:no-sms`` (problems.toml, the
same), ``app:3`` (the third of the official app's steps), ``desk:end.already_consented_text`` (the panel's words). A
list joins several of these.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast, get_args

from assistant.base.errors import nearest
from assistant.base.outcome import Reason, reasons
from assistant.base.parsing import read_toml
from assistant.base.problems import Problem, problem, problems
from assistant.base.words import Language, told, words
from assistant.base.words import table as words_table
from assistant.guide.model import (
    Block,
    Brand,
    Bullets,
    Edition,
    Figure,
    Guide,
    Note,
    NoteKind,
    Paragraph,
    Section,
    Shot,
    Size,
    Table,
    Terms,
    Theme,
    parse_text,
)
from assistant.guide.numbers import wrong_numbers
from assistant.official_app.words import app_words
from flows.steps import steps

Shots = Mapping[str, Mapping[tuple[Theme, Size], Shot]]
"""The pictures by name."""

Taken = Literal["mock", "run"]
"""Where the pictures come from: a run on the mock portal, or a person's own run."""
EDITIONS: tuple[Edition, ...] = get_args(Edition)
_BOOK = "book.toml"


class BookError(ValueError):
    """The book is unreadable: one sentence saying where and why."""


@dataclass(frozen=True, slots=True)
class Needed:
    """The pictures a guide shows, in reading order."""

    screens: tuple[str, ...]
    drawings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What the covering letter says unless the institution says otherwise."""

    body: tuple[str, ...]
    attachments: tuple[str, ...]


class NoPictures(dict[str, Mapping[tuple[Theme, Size], Shot]]):
    """Stands in for the pictures when only the words matter."""

    def __missing__(self, name: str) -> Mapping[tuple[Theme, Size], Shot]:
        return {}


def load_book(text: str | None = None) -> dict[str, Any]:
    """Return the book as a dict, from *text* or the file we ship. Raises `BookError`."""
    if text is None:
        text = _shipped()
    try:
        return read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(f"{_BOOK}: {error}") from None


_ROOMS = ("reasons", "problems", "official_app", "desk", "guide")
"""Rooms whose words the guide quotes."""


def sources() -> tuple[Path, ...]:
    """Return the files that a guide's texts come from."""
    places = (
        ("assistant.guide", _BOOK),
        ("flows", "steps.toml"),
        *(
            ("assistant.base.words", f"{room}.toml")
            for room in ("reasons", "problems", "official_app", "desk", "guide")
        ),
    )
    return tuple(Path(str(resources.files(package) / name)) for package, name in places)


def reread() -> None:
    """Forget the texts read so far, so that we read them again when we need them."""
    for kept in (_shipped, steps, reasons, problems, app_words, words_table, words):
        kept.cache_clear()


def stories(book: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Return the names of the stories we can make a guide of."""
    return tuple((book or load_book())["story"])


def needed(edition: Edition, story: str, book: Mapping[str, Any] | None = None) -> Needed:
    """Return which pictures the guide shows."""
    seen: dict[str, bool] = {}

    reading = _Reading("tr", edition, story, NoPictures())
    for section in reading.sections((book or load_book())["section"]):
        for one in (section, *section.parts):
            seen.update((figure.id, figure.is_drawing) for figure in one.figures)
    return Needed(
        tuple(name for name, is_drawing in seen.items() if not is_drawing),
        tuple(name for name, is_drawing in seen.items() if is_drawing),
    )


def letter(language: Language) -> Letter:
    """Return the covering letter's default text."""
    data = load_book()["letter"]
    return Letter(
        tuple(text[language] for text in data["body"]),
        tuple(text[language] for text in data["attachments"]),
    )


def read_guide(
    language: Language,
    edition: Edition,
    story: str,
    shots: Shots,
    brand: Brand,
    version: str,
    book: Mapping[str, Any] | None = None,
    *,
    taken: Taken = "mock",
) -> Guide:
    """Return the guide.

    Raises `BookError` if the book isn't right, a picture isn't among *shots*, or its numbers aren't the list's.
    """
    book = book or load_book()
    reading = _Reading(language, edition, story, shots, taken)
    front, told = book["guide"], book["story"][story]
    labels = book["words"]
    guide = Guide(
        title=reading.text(front["title"], "guide.title"),
        subtitle=reading.text(told["subtitle"], f"story.{story}.subtitle"),
        summary=reading.text(told["summary"], f"story.{story}.summary"),
        language=language,
        edition=edition,
        story=story,
        version=version,
        brand=brand,
        sections=reading.sections(book["section"]),
        words={name: reading.text(text, f"words.{name}") for name, text in labels.items()},
        quick_card=tuple(
            reading.text(line["text"], f"story.{story}.quick_card")
            for line in told["quick_card"]
            if reading.takes(line)
        ),
    )
    if wrong := [said for section in guide.walk() for said in wrong_numbers(section, language)]:
        raise BookError(f"{_BOOK}: {wrong[0]}")
    return guide


@dataclass(slots=True)
class _Reading:
    """Reads the book for one guide."""

    language: Language
    edition: Edition
    story: str
    shots: Shots
    taken: Taken = "mock"
    _number: int = field(default=0, init=False)
    _step: int = field(default=0, init=False)

    def takes(self, table: Mapping[str, Any]) -> bool:
        """Whether something in *table* belongs in this guide."""
        own = (("editions", self.edition), ("stories", self.story), ("taken", self.taken))
        return all(value in table.get(choice, (value,)) for choice, value in own)

    def sections(self, tables: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
        """Read sections or parts."""
        return tuple(self._section(table) for table in tables if self.takes(table))

    def _section(self, table: Mapping[str, Any]) -> Section:
        name = table.get("step") or table.get("id") or ""
        self._check(table, {"id", "title", "step", "numbered", "lead", "spoken", "block", "part", *_CHOICE}, name)
        texts: dict[str, str] = {}
        is_step = "step" in table or table.get("numbered", False)
        self._step += is_step
        step = self._step if is_step else 0
        if "step" in table:
            catalogue = steps(self.language)
            if table["step"] not in catalogue:
                raise self._wrong(name, "no_step", name, catalogue)
            known = catalogue[table["step"]]
            texts = {"title": known.title, "lead": known.lead, "spoken": known.spoken}
        for key in ("title", "lead", "spoken"):
            if key in table:
                texts[key] = self.text(table[key], f"{name}.{key}")
        blocks = tuple(self._block(block, name) for block in table.get("block", ()) if self.takes(block))
        return Section(
            id=(table.get("id") or name).replace("_", "-"),
            title=texts["title"],
            blocks=blocks,
            step=step,
            lead=texts.get("lead", ""),
            spoken=texts.get("spoken", ""),
            parts=self.sections(table.get("part", ())),
        )

    def _block(self, table: Mapping[str, Any], place: str) -> Block:
        for kind, (keys, read) in _BLOCKS.items():
            if kind in table:
                self._check(table, {kind, *keys, *_CHOICE}, f"{place}.{kind}")
                return read(self, table, f"{place}.{kind}")
        raise self._wrong(place, "block", known=", ".join(_BLOCKS))

    def paragraph(self, table: Mapping[str, Any], place: str) -> Block:
        """Read a paragraph."""
        return Paragraph(parse_text(self.text(table["paragraph"], place)))

    def bullets(self, table: Mapping[str, Any], place: str) -> Block:
        """Read a list, or the catalogue's steps to do by hand."""
        said = table["bullets"]
        items = self._by_hand(said, place) if isinstance(said, str) else [self.text(item, place) for item in said]
        return Bullets(tuple(parse_text(item) for item in items), ordered=bool(table.get("ordered", False)))

    def note(self, table: Mapping[str, Any], place: str) -> Block:
        """Read a note."""
        if table["note"] not in get_args(NoteKind):
            raise self._wrong(place, "note", table["note"], known=", ".join(get_args(NoteKind)))
        kind = cast("NoteKind", table["note"])
        return Note(kind, self.text(table["title"], place), parse_text(self.text(table["text"], place)))

    def table(self, table: Mapping[str, Any], place: str) -> Block:
        """Read a table; a row may belong to one edition only."""
        rows = tuple(
            tuple(parse_text(self.text(cell, place)) for cell in row["cells"])
            for row in table["table"]
            if self.takes(row)
        )
        head = tuple(self.text(cell, place) for cell in table["head"])
        return Table(head, rows, self.text(table["caption"], place) if "caption" in table else "")

    def problems(self, table: Mapping[str, Any], place: str) -> Block:
        """Read the problems people meet at one part of the way, numbered throughout."""
        found = list(enumerate(problems(self.language), start=1))
        if table["problems"] not in {problem.at for _, problem in found}:
            raise self._wrong(place, "problems", table["problems"])
        told = [(f"{number}. {one.what}", one.remedy) for number, one in found if one.at == table["problems"]]
        head = tuple(self.text(cell, place) for cell in table["head"])
        return Table(head, tuple((parse_text(what), parse_text(remedy)) for what, remedy in told))

    def terms(self, table: Mapping[str, Any], place: str) -> Block:
        """Read terms, in the alphabetical order of the guide's language."""
        items = [
            (self.text(entry["term"], place), parse_text(self.text(entry["text"], place)))
            for entry in table["terms"]
            if self.takes(entry)
        ]
        return Terms(tuple(sorted(items, key=lambda item: _alphabetical(item[0]))))

    def figure(self, table: Mapping[str, Any], place: str) -> Block:
        """Read a figure: a screen described in the catalogue's words, or a drawing."""
        is_drawing = "drawing" in table
        name = table["drawing" if is_drawing else "figure"]
        known = steps(self.language).get(name)
        words = {key: self.text(table[key], place) for key in ("caption", "alt") if key in table}
        if known is not None:
            words = {"caption": known.caption, "alt": known.alt, **words}
        if not words.get("caption") or not words.get("alt"):
            raise self._wrong(place, "no_words", name)
        try:
            shots = self.shots[name]
        except KeyError:
            raise self._wrong(place, "no_picture", name, self.shots) from None
        self._number += 1
        return Figure(name, self._number, words["caption"], words["alt"], shots, is_drawing)

    def text(self, said: object, place: str) -> str:
        """Return *said* in the guide's language."""
        match said:
            case {"tr": str(), "en": str(), **others} if not others:
                return str(cast("Mapping[str, str]", said)[self.language])
            case str():
                return self._elsewhere(said, place)
            case list():
                return " ".join(self.text(one, place) for one in said)
        raise self._wrong(place, "both")

    def _elsewhere(self, said: str, place: str) -> str:
        source, _, name = said.partition(":")
        try:
            return _SOURCES[source](self.language, name)
        except (KeyError, IndexError, ValueError, AttributeError):
            raise self._wrong(place, "no_text", said) from None

    def _by_hand(self, said: str, place: str) -> tuple[str, ...]:
        known = steps(self.language).get(said.removeprefix("step:"))
        if known is None or not known.guide:
            raise self._wrong(place, "no_list", said)
        return known.guide

    def _check(self, table: Mapping[str, Any], allowed: set[str], place: str) -> None:
        for name in table:
            if name not in allowed:
                raise self._wrong(place, "unknown", name, allowed)

    def _wrong(
        self, place: str, problem: str, name: object = "", near: Iterable[str] = (), /, **values: object
    ) -> BookError:
        said = told(f"guide.book.{problem}", self.language, name=name, **values)
        return BookError(f"{_BOOK}: {place}: {said}{nearest(str(name), near, self.language)}")


def _of_step(language: Language, name: str) -> str:
    step, _, part = name.partition(".")
    return str(getattr(steps(language)[step], part))


def _of_reason(language: Language, name: str) -> str:
    code, _, part = name.partition(".")
    return _half(reasons(language)[code], part)


def _of_problem(language: Language, name: str) -> str:
    known, _, part = name.partition(".")
    return _half(problem(known, language), part)


def _half(said: Reason | Problem, part: str) -> str:
    return {"": f"{said.what} {said.remedy}", "what": said.what, "do": said.remedy}[part]


_SOURCES: Mapping[str, Callable[[Language, str], str]] = {
    "step": _of_step,
    "reason": _of_reason,
    "problem": _of_problem,
    "app": lambda language, name: app_words(language).steps[int(name) - 1],
    "desk": lambda language, name: told(f"desk.{name}", language),
}
_CHOICE = ("editions", "stories", "taken")
_BLOCKS: Mapping[str, tuple[tuple[str, ...], Callable[[_Reading, Mapping[str, Any], str], Block]]] = {
    "paragraph": ((), _Reading.paragraph),
    "bullets": (("ordered",), _Reading.bullets),
    "note": (("title", "text"), _Reading.note),
    "table": (("head", "caption"), _Reading.table),
    "problems": (("head",), _Reading.problems),
    "terms": ((), _Reading.terms),
    "figure": (("caption", "alt"), _Reading.figure),
    "drawing": (("caption", "alt"), _Reading.figure),
}


@cache
def _shipped() -> str:
    return (resources.files("assistant.guide") / _BOOK).read_text(encoding="utf-8")


_LETTERS = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"


def _alphabetical(term: str) -> list[int]:
    """Return the sort key of *term* in Turkish; English terms sort the same way."""
    lower = term.replace("I", "ı").replace("İ", "i").lower()
    return [_LETTERS.find(letter) for letter in lower]
