"""The branding file: how an institution presents itself on the cover and in the covering letter."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.base.errors import UsageError, nearest, wrong
from assistant.base.files import read_ordinary
from assistant.base.foreign import published
from assistant.base.parsing import read_toml
from assistant.base.words import Language
from assistant.guide.book import letter
from assistant.guide.drawing_files import plain_png, standing_alone
from assistant.guide.model import Brand, Text, parse_text

EXAMPLE = "brand-example.toml"
LARGEST_LOGO = 4 * 1024 * 1024
"""Bytes."""
_PNG = b"\x89PNG\r\n\x1a\n"

_LINES = ("institution", "addressees", "signatory_title")
_OPTIONAL_LINES = ("attachments", "for_action", "for_information", "contact", "body")
_WORDS = ("unit", "number", "subject", "signatory")
_NAMES = (*_LINES, *_WORDS, "date", *_OPTIONAL_LINES, "logo")


def example_text() -> str:
    """Return the commented branding file we ship."""
    return (resources.files("assistant.guide") / EXAMPLE).read_text(encoding="utf-8")


def example_brand(language: Language) -> Brand:
    """Return the neutral brand: it belongs to nobody."""
    return _brand(tomllib.loads(example_text()), Path(EXAMPLE), language, is_example=True)


def load_brand(path: Path, language: Language) -> Brand:
    """Read the branding file. Raises `UsageError` saying what is wrong and what would be right."""
    try:
        data = read_toml(read_ordinary(path))
    except UnicodeDecodeError:
        raise _wrong(path, "encoding", language) from None
    except OSError:
        raise _wrong(path, "unreadable", language) from None
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, "toml", language, why=error) from None
    return _brand(data, path, language, is_example=False)


def _brand(data: Mapping[str, Any], path: Path, language: Language, *, is_example: bool) -> Brand:
    for name in data:
        if name not in _NAMES:
            raise UsageError(f"{_wrong(path, 'unknown', language, name=name)}{nearest(name, _NAMES, language)}")
    missing = [name for name in (*_LINES, *_WORDS, "date") if name not in data]
    if missing:
        raise _wrong(path, "missing", language, names=", ".join(missing))
    words = {name: _words(data[name], name, path, language) for name in _WORDS}
    lines = {name: _lines(data.get(name, ()), name, path, language) for name in (*_LINES, *_OPTIONAL_LINES)}
    for name in _LINES:
        if not lines[name]:
            raise _wrong(path, "lines", language, name=name)
    ready = letter(language)
    body: tuple[Text, ...] = tuple(parse_text(text) for text in lines["body"] or ready.body)
    return Brand(
        institution=lines["institution"],
        unit=words["unit"],
        number=words["number"],
        date=_date(data["date"], path, language),
        subject=words["subject"],
        addressees=lines["addressees"],
        signatory=words["signatory"],
        signatory_title="\n".join(lines["signatory_title"]),
        body=body,
        attachments=lines["attachments"] if "attachments" in data else ready.attachments,
        for_action=lines["for_action"],
        for_information=lines["for_information"],
        contact=lines["contact"],
        logo=_logo(data["logo"], path, language) if "logo" in data else None,
        is_example=is_example,
    )


def _words(value: object, name: str, path: Path, language: Language) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(path, "words", language, name=name)
    return published(_visible(value, name, path, language))


def _lines(value: object, name: str, path: Path, language: Language) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(line, str) and line.strip() for line in values):
        raise _wrong(path, "lines", language, name=name)
    return tuple(published(_visible(line, name, path, language)) for line in values)


def _visible(value: str, name: str, path: Path, language: Language) -> str:
    """Return *value* with its white space folded. Raises `UsageError` for what no format can hold."""
    folded = " ".join(value.split())
    for char in folded:
        if unicodedata.category(char) in {"Cc", "Cs", "Cn"}:
            raise _wrong(path, "control", language, name=name, code=f"U+{ord(char):04X}")
    return folded


def _date(value: object, path: Path, language: Language) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        for form in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(value.strip(), form).date()
            except ValueError:
                continue
    raise _wrong(path, "date", language)


def _logo(value: object, path: Path, language: Language) -> Path:
    logo = (path.parent / _words(value, "logo", path, language)).resolve()
    try:
        if logo.stat().st_size > LARGEST_LOGO:
            raise _wrong(path, "logo_size", language, logo=logo)
        content = logo.read_bytes()
    except OSError:
        raise _wrong(path, "no_logo", language, logo=logo) from None
    suffix = logo.suffix.lower()
    if not ((suffix == ".png" and content.startswith(_PNG)) or (suffix == ".svg" and _is_svg(content))):
        raise _wrong(path, "logo_kind", language, logo=logo)
    try:
        if suffix == ".png":
            plain_png(content)
    except OverflowError:
        raise _wrong(path, "logo_pixels", language, logo=logo) from None
    except ValueError:
        raise _wrong(path, "logo_broken", language, logo=logo) from None
    return logo


def _is_svg(content: bytes) -> bool:
    try:
        standing_alone(content)
    except ValueError:
        return False
    return True


def _wrong(path: Path, problem: str, language: Language, **values: object) -> UsageError:
    return wrong(f"guide.brand.{problem}", language, f"--brand: {path.name}", **values)
