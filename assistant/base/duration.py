"""Durations, written the same way everywhere."""

from __future__ import annotations

from assistant.base.words import Language, told


def lasted(ms: float, language: Language) -> str:
    """Return *ms* milliseconds as text, such as ``1,5 sn`` or ``2 dk 3 sn``."""
    if round(ms, -2) < 60_000:
        seconds = f"{ms / 1000:.1f}"
        if language == "tr":
            seconds = seconds.replace(".", ",")
        return told("base.duration.seconds", language, seconds=seconds)
    minutes, rest = divmod(round(ms / 1000), 60)
    return told("base.duration.minutes", language, minutes=minutes, seconds=rest)
