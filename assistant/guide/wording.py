"""Words that every format composes the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from assistant.guide.model import Bullets, Figure, Guide, Note, Paragraph, Section, Table, Terms, plain
from flows.steps import Language

_MONTHS: Mapping[Language, str] = {
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "en": "January February March April May June July August September October November December",
}


def heading(section: Section, guide: Guide) -> str:
    """Return *section*'s heading; a step includes its number."""
    return f"{guide.words['step']} {section.step}: {section.title}" if section.step else section.title


def texts_of(section: Section) -> Iterator[str]:
    """Return every text of *section*, without its parts, in reading order."""
    yield from filter(None, (section.title, section.lead, section.spoken))
    for block in section.blocks:
        match block:
            case Paragraph(text):
                yield plain(text)
            case Bullets(items):
                yield from map(plain, items)
            case Note(_, title, text):
                yield from (title, plain(text))
            case Table(head, rows, caption):
                yield from filter(None, (caption, *head, *(plain(cell) for row in rows for cell in row)))
            case Terms(items):
                yield from (f"{term}: {plain(words)}" for term, words in items)
            case Figure():
                yield from (block.caption, block.alt)


def long_date(day: date, language: Language) -> str:
    """Return *day* in words: 5 Ocak 2026."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"
