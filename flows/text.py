"""Turkish-aware comparison of what a page says with what the portal's description says.

Sources: Unicode Standard, SpecialCasing.txt (``tr`` rules) and UAX #15 (normalisation).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TURKISH_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_DASHES = re.compile("\\s*[-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]\\s*")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": "..."})
_SPACES = re.compile(r"\s+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
CROSSES = frozenset("×✕✖✗✘❌⨯⨉╳🗙")
"""Signs that mean "close"."""
_DOTLESS = str.maketrans({"ı": "i"})
_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏԍԑьαβεηικνορτυχγωօոսհցᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡɩʋ",
    "abekmhopctyxijsdqwhlgebabenikvoptuxywonuhgabcdeghijklmnoprstuvwyzagiv",
)
"""Cyrillic, Greek, Armenian and other letters that look like Latin ones: Unicode Technical Standard 39."""
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_ASCII = str.maketrans("ışğçöüâîû", "isgcouaiu")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return *text* in the one form in which we compare texts.

    NFC, Turkish lower case (``İ``→``i``, ``I``→``ı``), any kind or run of spaces becomes one space, any dash a hyphen
    without spaces around it, typographic quotes become straight, invisible characters go.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _INVISIBLE.sub("", text).translate(_QUOTES)
    text = unicodedata.normalize("NFC", text.translate(_TURKISH_LOWER).lower())
    return _SPACES.sub(" ", _DASHES.sub("-", text)).strip()


@lru_cache(maxsize=4096)
def fold_label(text: str) -> str:
    """Fold *text* as a control's label: like `fold`, but without arrows, icons and punctuation at its ends."""
    return _EDGES.sub("", fold(text))


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """Return *text* folded to bare ASCII letters: for safety rules, which would rather match too much.

    Letters of other scripts become the Latin ones they look like, and marks over or through a letter go.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFD", fold(text).translate(_ASCII)))
    return plain if plain.isascii() else plain.translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def _dotless(text: str) -> str:
    return fold(text).translate(_DOTLESS)


@lru_cache(maxsize=4096)
def _dotless_label(text: str) -> str:
    return fold_label(text).translate(_DOTLESS)


def is_shouted(text: str) -> bool:
    """Return whether *text* is all capitals, where an ``I`` may stand for ``i`` as well as for ``ı``."""
    return any(c.isupper() for c in text) and not any(c.islower() for c in text)


def same_label(label: str, wanted: str) -> bool:
    """Return whether a control's *label* is the *wanted* one.

    ``i`` and ``ı`` are different letters, except in a text that is all capitals: pages are often capitalised by
    software without Turkish rules (``NES IŞLEMLERI``). A label without letters matches only the same sign: see
    `same_sign`.
    """
    if not fold_label(wanted):
        return same_sign(label, wanted)
    if fold_label(label) == fold_label(wanted):
        return True
    return _dotless_label(label) == _dotless_label(wanted) and (is_shouted(label) or is_shouted(wanted))


def same_sign(label: str, wanted: str) -> bool:
    """Return whether *label* is the sign *wanted* and no word. All crosses are the same sign; nothing isn't a sign."""
    one, other = fold(label), fold(wanted)
    return bool(one) and not fold_label(label) and (one == other or {one, other} <= CROSSES)


def says(text: str, wanted: str) -> bool:
    """Return whether the passage *text* contains the sentence or words *wanted*, at word boundaries."""
    if _contains(fold(text), fold(wanted)):
        return True
    plain = _dotless(wanted)
    if not _contains(_dotless(text), plain):
        return False
    return any(is_shouted(line) and _contains(_dotless(line), plain) for line in text.splitlines())


def _contains(text: str, wanted: str) -> bool:
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            return True
        start = text.find(wanted, start + 1)
    return False


def as_data() -> dict[str, object]:
    """Return how texts are folded as data, for the same folding in a page: see `flows.shield_words`."""
    return {
        "turkishLower": _TURKISH_LOWER,
        "quotes": _QUOTES,
        "ascii": _ASCII,
        "lookalikes": _LOOKALIKES,
        "patterns": {
            "dashes": _DASHES,
            "invisible": _INVISIBLE,
            "spaces": _SPACES,
            "edges": _EDGES,
            "marks": _MARKS,
        },
    }
