"""Calendar reminders before a certificate ends: a file that every calendar program can import (RFC 5545).

Three months and one month before, as KamuSM's own reminders do. The file contains dates and nothing personal.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.base.files import beginning
from assistant.base.words import Language, told
from assistant.card.facts import in_turkey

MONTHS_BEFORE = (3, 1)
_OURS = "PRODID:-//eonay//reminder//TR"
_LONGEST = 75
"""Bytes per line, not counting the line end (RFC 5545, section 3.1)."""


def reminder_days(ends: datetime, now: datetime) -> tuple[date, ...]:
    """Return the days to remind the person of a certificate that *ends* then, leaving out days already past."""
    end, today = in_turkey(ends).date(), in_turkey(now).date()
    if end <= today:  # and in the year 1 there are no three months before
        return ()
    days = (_months_before(end, months) for months in MONTHS_BEFORE)
    return tuple(day for day in days if day > today)


def calendar(ends: datetime, now: datetime, language: Language) -> str:
    """Return the calendar file with all reminders still to come. It may have none."""
    end = in_turkey(ends).date()
    title = told("card.reminder.title", language, end=f"{end:%d.%m.%Y}")
    text = told("card.reminder.text", language)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", _OURS, "CALSCALE:GREGORIAN"]
    for day in reminder_days(ends, now):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{end:%Y%m%d}-{day:%Y%m%d}@eonay.invalid",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(text)}",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(title)}",
            "TRIGGER:PT9H",  # nine in the morning on that day
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def is_calendar(path: Path) -> bool:
    """Whether *path* is a file that `calendar` made."""
    try:
        return _OURS.encode() in beginning(path, 200)
    except OSError:
        return False


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield *line* in pieces of at most 75 bytes, with a space before all but the first. Never splits a character."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _LONGEST:
            yield part
            part = " "
        part += letter
    yield part
