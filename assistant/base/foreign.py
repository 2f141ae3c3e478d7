"""Makes foreign text safe to show: anything from a page, a service, a card, a file or a command line goes through here.

We take out three things. Characters that act instead of being seen: terminals obey escape sequences, and direction
marks turn sentences around (Unicode Technical Report 36, section 2; CVE-2021-42574). Numbers of eleven digits or more,
whatever separates the digits: they could be an ID number or a verification code. Lone surrogates, which no file can
hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

HIDDEN = "…"
"""Marks where we hid something."""
_MARK = r"[\u0300-\u036f\ufe00-\ufe0f\u20e3]*"
_GAP = r"[^\S\n]{1,3}"
_SIGN = r"(?:[^\w\s:%…]|_)"
"""What may separate digits. Not the colon, which is in every time of day, and not the percent sign."""
_BETWEEN = rf"{_MARK}(?:(?:{_GAP})?{_SIGN}{{1,3}}(?:{_GAP})?|{_GAP})?"
_LONG_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{10,}}{_MARK}")
_ELEVEN_DIGITS = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{10}}(?!\d)")
_DATE = r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d"
_DATES = re.compile(rf"{_DATE}(?:,? (?:[01]?\d|2[0-3])(?:\.[0-5]\d)?| ?[-–,/] ?{_DATE})*(?:, ?[0-9]{{1,4}})?", re.ASCII)
_NO_END = re.compile(rf"(?:{_DATE} ?[-–] ?)?31[./-]12[./-]9999(?:, ?[0-9]{{1,7}})?", re.ASCII)
"""How RFC 5280 says that a certificate never ends (section 4.1.2.5), with the number of days left."""
_BROWSER_VERSION = re.compile(r"\d{1,3}\.\d\.\d{4,5}\.\d{1,3}", re.ASCII)
_ANY_I = "[iıİI]"


def harmless(text: str) -> str:
    """Return *text* without the characters that act instead of being seen. Lines, tabs and numbers stay."""
    return _with_unseen(text, _gone)


def visible(text: str) -> str:
    """Return *text* with each character that acts instead of being seen written as its number, like ⟨U+202E⟩.

    This is for what the person signs: nothing may be missing from it, not even a number.
    """
    return _with_unseen(text, lambda unseen: f"⟨U+{ord(unseen):04X}⟩")


def shown(text: str) -> str:
    """Return *text* `harmless` and without long numbers: for anything we show, keep or log."""
    return _LONG_NUMBER.sub(_hidden, harmless(text))


def shown_if_text(value: object) -> object:
    """Return text as `shown`, and anything else (markup too) unchanged: Jinja's ``finalize`` for our pages."""
    return shown(value) if type(value) is str else value


def published(text: str) -> str:
    """Return *text* `harmless`, on one line and without T.C. Kimlik numbers: for an institution's own details.

    Phone and letter numbers can be just as long, so only numbers with an ID's check digits go.
    """
    return _ELEVEN_DIGITS.sub(_hidden_id, " ".join(harmless(text).split()))


def in_one_line(text: str, hide: Iterable[str] = (), longest: int = 300) -> str:
    """Return *text* as `shown`, on one line of at most *longest* characters, without the words in *hide* (names)."""
    text = harmless(text)
    for words in filter(None, hide):
        pattern = "".join(_ANY_I if letter in "iıİI" else re.escape(letter) for letter in words)
        text = re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)
    text = shown(" ".join(text.split()))
    return text if len(text) <= longest else text[: longest - 1] + HIDDEN


def is_seen(letter: str) -> bool:
    """Whether *letter* is simply visible: no control, direction mark, surrogate, private or unassigned character."""
    return not unicodedata.category(letter).startswith("C")


def is_national_id(digits: str) -> bool:
    """Whether *digits* have the two check digits of a T.C. Kimlik No.

    Source: the rule published for KPSPublic, the population office's (NVİ) public service.
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
    """Hide the number, unless it is a date, an address or a version and not also an ID number."""
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
    from ipaddress import AddressValueError, IPv4Address  # slow to import, and rarely needed

    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True
