"""The panel's and the terminal's words from the catalogue."""

from __future__ import annotations

from assistant.base.words import Words


def time_left(words: Words, seconds: int) -> str:
    """Say how much time is left, in minutes and seconds."""
    minutes, rest = divmod(max(seconds, 0), 60)
    parts = [f"{minutes} {words('ui.minutes')}"] if minutes else []
    if rest or not minutes:
        parts.append(f"{rest} {words('ui.seconds')}")
    return words("ui.time_left", time=" ".join(parts))
