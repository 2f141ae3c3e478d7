"""How long something took, as people read it: one way of writing it wherever it is told."""

from __future__ import annotations

from assistant.base.outcome import Language

_UNITS: dict[Language, tuple[str, str]] = {"tr": ("dk", "sn"), "en": ("min", "s")}


def lasted(ms: float, language: Language) -> str:
    """Return *ms* milliseconds as ``1,5 sn`` or ``2 dk 3 sn``."""
    minutes_word, seconds_word = _UNITS[language]
    if round(ms, -2) < 60_000:
        seconds = f"{ms / 1000:.1f}"
        return f"{seconds.replace('.', ',') if language == 'tr' else seconds} {seconds_word}"
    minutes, rest = divmod(round(ms / 1000), 60)
    return f"{minutes} {minutes_word} {rest} {seconds_word}"
