"""Foreign words made safe to show: what a page, a service, a card, a file or a command line says goes through here.

Three things are taken out. Characters that do something instead of being seen: a terminal obeys escape sequences, and
direction marks turn a sentence around (Unicode Technical Report 36, section 2; CVE-2021-42574). Numbers of eleven
digits or more, whatever stands between the digits: they may be an ID number or a verification code. Half letters (lone
surrogates), which no file takes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

HIDDEN = "…"
"""Stands where something was hidden."""
_MARK = r"[\u0300-\u036f\ufe00-\ufe0f\u20e3]*"
_GAP = r"[^\S\n]{1,3}"
_BETWEEN = rf"{_MARK}(?:(?:{_GAP})?[._\-‐-―−/\\|·•*,;'’()\[\]?\ufffd](?:{_GAP})?|{_GAP})?"
_LONG_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{10,}}{_MARK}")
_ELEVEN_DIGITS = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{10}}(?!\d)")
_DATE = r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d"
_DATES = re.compile(rf"{_DATE}(?:,? (?:[01]?\d|2[0-3])(?:\.[0-5]\d)?| ?[-–,/] ?{_DATE})*(?:, ?[0-9]{{1,4}})?", re.ASCII)
_NO_END = re.compile(rf"(?:{_DATE} ?[-–] ?)?31[./-]12[./-]9999(?:, ?[0-9]{{1,7}})?", re.ASCII)
"""How RFC 5280 writes that a certificate never ends (section 4.1.2.5), with the days until then."""
_BROWSER_VERSION = re.compile(r"\d{1,3}\.\d\.\d{4,5}\.\d{1,3}", re.ASCII)
_ANY_I = "[iıİI]"


def harmless(text: str) -> str:
    """Return *text* without what does something instead of being seen. Lines and tabs stay, numbers too."""
    return _with_unseen(text, _gone)


def visible(text: str) -> str:
    """Return *text* with what does something instead of being seen shown by its number, like ⟨U+202E⟩.

    For what the person signs: nothing of it may be missing, numbers neither.
    """
    return _with_unseen(text, lambda unseen: f"⟨U+{ord(unseen):04X}⟩")


def shown(text: str) -> str:
    """Return *text* `harmless` and without long numbers: for all that is told, kept or logged."""
    return _LONG_NUMBER.sub(_hidden, harmless(text))


def shown_if_text(value: object) -> object:
    """Return a text as `shown`, and all else as it is, markup too: Jinja's ``finalize`` for pages."""
    return shown(value) if type(value) is str else value


def published(text: str) -> str:
    """Return *text* `harmless`, in one line and without any T.C. Kimlik No: for what an institution says of itself.

    Its telephone and its letter's number may be long; an ID number is told by its check digits alone.
    """
    return _ELEVEN_DIGITS.sub(_hidden_id, " ".join(harmless(text).split()))


def in_one_line(text: str, hide: Iterable[str] = (), longest: int = 300) -> str:
    """Return *text* as `shown`, in one line of at most *longest* characters and without the words of *hide* (names)."""
    text = harmless(text)
    for words in filter(None, hide):
        pattern = "".join(_ANY_I if letter in "iıİI" else re.escape(letter) for letter in words)
        text = re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)
    text = shown(" ".join(text.split()))
    return text if len(text) <= longest else text[: longest - 1] + HIDDEN


def is_seen(letter: str) -> bool:
    """Tell whether *letter* stands for itself: no control, direction mark, half, private or unknown letter."""
    return not unicodedata.category(letter).startswith("C")


def is_national_id(digits: str) -> bool:
    """Tell whether *digits* are a T.C. Kimlik No by its two check digits.

    Source: the rule as it is published for the public service KPSPublic of the population office (NVİ).
    """
    if len(digits) != 11 or not digits.isdecimal():
        return False
    values = [int(digit) for digit in digits]
    tenth = (7 * sum(values[0:9:2]) - sum(values[1:8:2])) % 10
    return values[0] != 0 and values[9] == tenth and values[10] == sum(values[:10]) % 10


def _with_unseen(text: str, instead: Callable[[str], str]) -> str:
    text = text.replace("\r\n", "\n")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(letter if _may_stay(letter) else instead(letter) for letter in text)


def _may_stay(letter: str) -> bool:
    return letter in "\n\t" or (is_seen(letter) and letter not in "\u2028\u2029")


def _gone(unseen: str) -> str:
    if unseen.isspace():
        return " "
    return "?" if "\ud800" <= unseen <= "\udfff" else ""


def _hidden(number: re.Match[str]) -> str:
    """Hide the number, but for a date, an address or a version that is no ID number besides."""
    text = number[0]
    if is_national_id(_digits(text)):
        return HIDDEN
    if _NO_END.fullmatch(text):
        return text
    return text if _DATES.fullmatch(text) or _BROWSER_VERSION.fullmatch(text) or _is_address(text) else HIDDEN


def _hidden_id(number: re.Match[str]) -> str:
    return HIDDEN if is_national_id(_digits(number[0])) else number[0]


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())


def _is_address(text: str) -> bool:
    from ipaddress import AddressValueError, IPv4Address  # not for every command

    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True
