"""Words that every format composes the same way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.base.words import told
from assistant.guide.model import Bullets, Figure, Guide, Note, Paragraph, Section, Table, Terms, plain
from flows.steps import Language


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
    return f"{day.day} {told('guide.date.months', language).split()[day.month - 1]} {day.year}"
