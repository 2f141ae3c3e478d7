"""Reading the verification code and its countdown from the signing screen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import resources

from playwright.sync_api import Error as PlaywrightError

from flows.errors import CodeError, PageChanged
from flows.look import CodeSpec
from flows.observation import TabView
from flows.text import fold, says

_TEXT_WITH_FIELDS = (resources.files("flows") / "code.js").read_text(encoding="utf-8")
_DIGITS = re.compile(r"\d+")
_GLUE = re.compile(r"[\s.·•_\-\u2010-\u2015\u00a0]*")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*:\s*(\d{2})(?!\d)")
_MINUTES = re.compile(r"(\d+)\s*(?:dakika|dk)")
_SECONDS = re.compile(r"(\d+)\s*(?:saniye|sn)")


@dataclass(frozen=True, slots=True)
class ShownCode:
    """The verification code on the page now."""

    value: str = field(repr=False)
    remaining_s: int | None
    """Seconds left as the page says; None where it says nothing."""


def read_code(tab: TabView, spec: CodeSpec) -> ShownCode | None:
    """Return the code that *tab* shows, or None when it shows none or its time is over.

    The code may be text, sit in a field, be grouped, or be spread over elements. Raises `CodeError` when several
    different numbers could be it, `PageChanged` when the page went away meanwhile.
    """
    texts = []
    for view in tab.frames:
        try:
            texts.append(view.frame.evaluate(_TEXT_WITH_FIELDS))
        except PlaywrightError as error:
            raise PageChanged from error
    text = "\n".join(texts)
    remaining = remaining_seconds(text, spec)
    if remaining == 0 or any(says(text, words) for words in spec.expired):
        return None
    found = find_codes(text, spec)
    if len(found) > 1:
        raise CodeError("code_unreadable", expected=f"one number of {spec.digits} digits", seen=f"{len(found)} of them")
    return ShownCode(found[0], remaining) if found else None


def is_over(tab: TabView, spec: CodeSpec) -> bool:
    """Tell whether *tab* says itself that the code's time is over."""
    return remaining_seconds(tab.text, spec) == 0 or any(says(tab.text, words) for words in spec.expired)


def find_codes(text: str, spec: CodeSpec) -> list[str]:
    """Return the different numbers in *text* that could be the code; where a label names one, only that one."""
    for label in spec.labels:
        labelled = []
        for line_start in _label_ends(text, label):
            code = _code_at(text, line_start, spec.digits)
            if code and code not in labelled:
                labelled.append(code)
        if labelled:
            return labelled
    found: list[str] = []
    for number in _DIGITS.finditer(text):
        if len(number.group()) == spec.digits and number.group() not in found:
            found.append(number.group())
    if found:
        return found
    for run in re.finditer(r"\d(?:[ .\-\u00a0\u2010-\u2015\n]{0,3}\d)+", text):
        digits = re.sub(r"\D", "", run.group())
        if len(digits) == spec.digits and digits not in found:
            found.append(digits)
    return found


def remaining_seconds(text: str, spec: CodeSpec) -> int | None:
    """Return the seconds that a countdown in *text* shows (``286 saniye``, ``4 dakika 46 saniye``, ``04:46``)."""
    folded = fold(text)
    for label in spec.remaining:
        at = folded.find(fold(label))
        if at < 0:
            continue
        after = folded[at + len(fold(label)) :][:60]
        if clock := _CLOCK.search(after):
            return int(clock[1]) * 60 + int(clock[2])
        minutes, seconds = _MINUTES.search(after), _SECONDS.search(after)
        if minutes or seconds:
            return (int(minutes[1]) * 60 if minutes else 0) + (int(seconds[1]) if seconds else 0)
        if plain := _DIGITS.search(after):
            return int(plain.group())
    return None


def _label_ends(text: str, label: str) -> list[int]:
    pattern = r"\s+".join(re.escape(word) for word in label.split())
    flexible = re.sub("[iıİI]", "[iıİI]", pattern)
    return [match.end() for match in re.finditer(flexible, text, re.IGNORECASE)]


def _code_at(text: str, start: int, digits: int) -> str:
    """Return the code that begins within a few words after *start*, put together from its groups."""
    first = _DIGITS.search(text, start)
    if first is None or first.start() - start > 80:
        return ""
    code, position = first.group(), first.end()
    while len(code) < digits:
        glue = _GLUE.match(text, position)
        following = _DIGITS.match(text, glue.end() if glue else position)
        if following is None:
            return ""
        code, position = code + following.group(), following.end()
    return code if len(code) == digits else ""
