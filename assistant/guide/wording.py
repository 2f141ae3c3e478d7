"""Words that every format puts together in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.guide.model import Guide, Section
from flows.steps import Language

_MONTHS: Mapping[Language, str] = {
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "en": "January February March April May June July August September October November December",
}


def heading(section: Section, guide: Guide) -> str:
    """Return the heading of *section*: a step says which one it is."""
    return f"{guide.words['step']} {section.step}: {section.title}" if section.step else section.title


def long_date(day: date, language: Language) -> str:
    """Return *day* in words: 5 Ocak 2026."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"
