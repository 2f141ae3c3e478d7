"""Reminders before a certificate ends, as a calendar takes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assistant.card.reminder import calendar, reminder_days

NOW = datetime(2026, 1, 5, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ends", "days"),
    [
        (datetime(2026, 5, 31, 12, tzinfo=UTC), (date(2026, 2, 28), date(2026, 4, 30))),
        (datetime(2026, 3, 6, 21, 30, tzinfo=UTC), (date(2026, 2, 7),)),  # the 7th in Türkiye
        (datetime(2026, 1, 20, tzinfo=UTC), ()),
        (datetime(1, 1, 1, tzinfo=UTC), ()),  # what we take a year 0 for
        (datetime(9999, 12, 31, 23, tzinfo=UTC), (date(9999, 9, 30), date(9999, 11, 30))),
    ],
)
def test_three_months_and_one_month_before(ends: datetime, days: tuple[date, ...]) -> None:
    """Both days are of the calendar in Türkiye, a short month ends earlier, and a day that is over is left out."""
    assert reminder_days(ends, NOW) == days


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_file_keeps_the_rules_of_its_format(language: str) -> None:
    """Lines of at most 75 bytes that end with CR LF and hold together when unfolded, two events, an alarm in each."""
    text = calendar(datetime(2026, 5, 31, 12, tzinfo=UTC), NOW, "tr" if language == "tr" else "en")
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    whole = text.replace("\r\n ", "").split("\r\n")
    assert (whole[0], whole[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == whole.count("BEGIN:VALARM") == 2
    assert [line for line in whole if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20260228",
        "DTSTART;VALUE=DATE:20260430",
    ]
    assert len({line for line in whole if line.startswith("UID:")}) == 2
    assert any(line.startswith("SUMMARY:") and "31.05.2026" in line for line in whole)
    assert all("\\," in line or "," not in line for line in whole if line.startswith("DESCRIPTION"))
