"""Dates as the pages and documents write them, in Turkish time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

TURKEY = timezone(timedelta(hours=3))
"""Turkey has had no summer time since 2016."""

MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
    "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip


def day_in_words(moment: datetime) -> str:
    """Return the day as in `23 Kasım 2026`. `moment` is aware."""
    there = moment.astimezone(TURKEY)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def day(moment: datetime) -> str:
    """Return the day as in `23.11.2026`. `moment` is aware."""
    return f"{moment.astimezone(TURKEY):%d.%m.%Y}"


def minute(moment: datetime) -> str:
    """Return day and minute as in `23.11.2026 12:04`. `moment` is aware."""
    return f"{moment.astimezone(TURKEY):%d.%m.%Y %H:%M}"
