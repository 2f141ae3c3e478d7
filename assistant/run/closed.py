"""Values in their closed form, and how a record gets into a file and back.

A rule is declared once, with the type of its field, and applies where a file begins. `READING` refuses what breaks it.
`WRITING` puts something harmless in its place: a run must not lose its outcome over a word. In memory only the type is
checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, get_type_hints

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    Strict,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
)

from assistant.base.foreign import shown

CLOSED = ConfigDict(extra="forbid", hide_input_in_errors=True)
"""For every record: no other fields, and no value in a message."""

Value = TypeVar("Value")
Part = TypeVar("Part")

_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
_LONGEST_MS = 10**9
_MOST = 10**9
_LATEST = datetime(3000, 1, 1, tzinfo=UTC).timestamp()
"""Later than this, or before 1970, Windows can't give the local time. A clock with a dead battery begins in 1970."""


class Crossing(Enum):
    """Which way something crosses into or out of a file."""

    READING = "reading"
    WRITING = "writing"


def closed(keeps: Callable[[Value], bool], instead: Callable[[Value], Value]) -> AfterValidator:
    """Return the rule that a value in a file *keeps*; when it doesn't, we write what *instead* makes of it."""

    def check(value: Value, info: ValidationInfo) -> Value:
        if info.context is None or keeps(value):
            return value
        if info.context is Crossing.READING:
            raise ValueError("not in its closed form")
        return instead(value)

    return AfterValidator(check)


def matching(pattern: re.Pattern[str], instead: str) -> AfterValidator:
    """Return the rule that a text matches *pattern* as a whole."""
    return closed(lambda text: pattern.fullmatch(text) is not None, lambda _text: instead)


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError("no moment")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not 0 <= moment.timestamp() < _LATEST:
        raise ValueError("no moment with a time zone")
    return moment


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


Word = Annotated[str, matching(_WORD, "other")]
"""One of our own words: a step, a screen, a scenario."""
Text = Annotated[str, AfterValidator(shown)]
"""What a page may have said, made safe to show."""
Ms = Annotated[int, Strict(), closed(lambda ms: 0 <= ms <= _LONGEST_MS, lambda ms: max(0, min(ms, _LONGEST_MS)))]
"""Milliseconds, at most eleven days."""
Count = Annotated[int, Strict(), closed(lambda n: 0 <= n <= _MOST, lambda n: max(0, min(n, _MOST)))]
Truth = Annotated[bool, Strict()]
Moment = Annotated[datetime, PlainValidator(_moment), PlainSerializer(_told)]
"""With its time zone; in files ISO 8601, milliseconds, UTC."""
Table = Annotated[Mapping[Text, Value], BeforeValidator(lambda of: dict(of) if isinstance(of, Mapping) else of)]


_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


@cache
def _parts(kind: type) -> Mapping[str, type]:
    """Return the parts of *kind* that are themselves records, by field name."""
    return {name: hint for name, hint in get_type_hints(kind).items() if is_dataclass(hint) and isinstance(hint, type)}


def from_file(kind: type[Part], entries: Mapping[str, object]) -> Part:
    """Make a *kind* from *entries*, the flat fields of a file. Raises pydantic's `ValidationError`."""
    rest = dict(entries)
    found = _nested(kind, rest)
    made: Part = _adapter(kind).validate_python({**found, **rest}, context=Crossing.READING)
    return made


def to_file(of: Any) -> dict[str, Any]:
    """Return the fields of a record and of its parts, flat, in their closed form, as JSON has them."""
    kind = type(of)
    closed_form = _adapter(kind).validate_python(asdict(of), context=Crossing.WRITING)
    return dict(_in_one_row(kind, _adapter(kind).dump_python(closed_form, mode="json")))


def wrong_fields(error: ValidationError, names: tuple[str, ...]) -> frozenset[str]:
    """Return which of *names*, the fields of a file, the *error* is about."""
    places = (found["loc"] for found in error.errors(include_url=False, include_context=False, include_input=False))
    return frozenset(next((str(part) for part in place if part in names), "") for place in places)


def _nested(kind: type, rest: dict[str, object]) -> dict[str, object]:
    """Take what belongs to *kind* out of *rest*, sorted into its parts."""
    parts = _parts(kind)
    found: dict[str, object] = {name: _nested(part, rest) for name, part in parts.items()}
    names = [field.name for field in fields(kind) if field.name not in parts]
    return {**found, **{name: rest.pop(name) for name in names if name in rest}}


def _in_one_row(kind: type, nested: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    parts = _parts(kind)
    for name, value in nested.items():
        if name in parts:
            yield from _in_one_row(parts[name], value)
        else:
            yield name, value
