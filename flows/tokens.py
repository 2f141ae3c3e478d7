"""Whether a value is a number or a token and not made of words: a GUID, base64, a framework's state.

A token switches between capitals, small letters and digits at almost every place, and its letters follow one another at
random. Names do neither: a few pairs of letters make up nine tenths of what people and programs write in Turkish and
English. We measure both: a short token may be calm by chance, and a name of short words is restless ("YeniKartAl"). Of
10,000 random tokens of each kind none of 18 bytes in base64 counted as words, 0.3 % of 12 bytes did, and 5 % of base32;
of 14,000 names made of two to five words 1 % counted as tokens.
"""

from __future__ import annotations

import re
from itertools import pairwise

from flows.text import skeleton

_FEWEST_LETTERS = 3
SHORTEST_TOKEN = 16
"""Characters: a shorter value may hide words that nobody spells out."""
_RESTLESS = 0.1
"""At least this part of a token's letters and digits are of another kind than the one before."""
_WORDY = (0.5, 0.6)
"""The part of its letter pairs that may be common ones: this much, and more the more restless it is."""
_FOLLOWERS = """
    a:abcdgiklmnprsty b:aeilou c:aehiklotu d:aeiorsu e:acdeflmnpqrstvwxy f:aior g:ein h:aehiou i:cdefgklmnorstz k:aeilu
    l:adefilosu m:aeilopu n:acdegilostu o:cdgklmnoprstuw p:aeiloprt q:u r:adeiklmnostu s:aceihlopstu t:aehiorstuy
    u:elmnrst v:aei w:aehino x:t y:aeio z:ae
"""
_COMMON = frozenset(group[0] + letter for group in _FOLLOWERS.split() for letter in group[2:])
"""The letter pairs that make up nine tenths of the words in this program's texts and code."""
_RUN = re.compile(r"[a-z]{2,}")
_HEX = re.compile(r"(?=.*\d)[0-9a-f-]{16,}", re.IGNORECASE)


def is_opaque(text: str) -> bool:
    """Return whether *text* is a number or a token, not made of words."""
    if sum(c.isalpha() for c in text) < _FEWEST_LETTERS or _HEX.fullmatch(text):
        return True
    if len(text) < SHORTEST_TOKEN or re.search(r"\s", text):
        return False
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else "l" for c in text if c.isalnum()]
    restless = sum(a != b for a, b in pairwise(kinds)) / len(text)
    pairs = [a + b for run in _RUN.findall(skeleton(text)) for a, b in pairwise(run)]
    wordy = sum(pair in _COMMON for pair in pairs) / len(pairs) if pairs else 0.0
    return restless > _RESTLESS and wordy < _WORDY[0] + _WORDY[1] * restless


def as_data() -> dict[str, object]:
    """Return these rules as data, for the same check in a page: see `flows.shield_words`."""
    return {
        "fewestLetters": _FEWEST_LETTERS,
        "shortestToken": SHORTEST_TOKEN,
        "restless": _RESTLESS,
        "wordy": _WORDY,
        "common": sorted(_COMMON),
        "patterns": {"run": _RUN, "hex": _HEX},
    }
