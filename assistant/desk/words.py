"""The panel's and the terminal's words from the catalogue."""

from __future__ import annotations

from assistant.base.words import Words


def time_left(words: Words, seconds: int) -> str:
    """Say how much time is left, in minutes and seconds."""
    minutes, rest = divmod(max(seconds, 0), 60)
    time = f"{rest} {words('ui.seconds')}"
    return words("ui.time_left", time=f"{minutes} {words('ui.minutes')} {time}" if minutes else time)
