"""The rules on forbidden words, compiled for a page: what a person presses there is judged at that very moment.

Marks set at each look would come too late when a page changes under the mouse, and never when the program hangs. So
the page gets the rules themselves, as data: each module hands out its own (`as_data`), and nothing is written twice.
``in_page/danger_words.js`` applies them as `flows.safety` and `flows.actions` do; a test compares the two, word by
word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, get_args

from flows import actions, page_calls, safety, text, tokens, words
from flows.dangers import Danger
from flows.look import Look
from flows.scripts import source
from flows.text import CROSSES, fold_label, skeleton

KINDS: tuple[tuple[Danger, str], ...] = (
    ("suspension", r"\baski\w* (?:\w+ )?kaldir"),
    ("withdrawal", r"e-?onay\w*[ -](?:kaldir|iptal|geri|sil)|kaldirmak ist|onay\w* geri|vermiyor|geri ?cek|withdraw"),
    ("withdrawal", r"muvafakat|riza|consent|\be-?onay|\bkaldir$|\bvazgec$"),
    ("revocation", r"iptal|kullanilmayacak|revo[kc]"),
    ("suspension", r"aski|suspen"),
    ("web_password", r"parola|sifre|password"),
    ("pin", r"\bp[iu][nk]|kilit|kilid|bloke|unlock|unblock"),
    ("revocation", r"sertifika|cert"),
)
"""Which danger forbidden words mean, by the first match in their bare letters; ``service`` if there is none."""
_WAYS_BACK = (
    *("vazgec", "geri", "geri don", "geri git", "kapat", "hayir", "ana sayfa", "anasayfa", "cikis", "cikis yap"),
    *("guvenli cikis", "oturumu kapat", "iptal", "iptal et", "islemi iptal et", "cancel", "back", "close", "no"),
)
"""Labels of a way back, as bare letters. "İptal" isn't one where something is revoked."""
_GOES_ON = (
    *("onayla", "onayliyorum", "evet", "gonder", "kaydet", "degistir", "imzala", "uygula", "tamamla", "ilerle"),
    *("sonraki", "basla", "olustur", "indir", "talep et", "kabul ediyorum", "yes", "ok", "submit", "confirm"),
)
"""Labels that go on, besides those of Devam."""
_NOUNS = ("pin", "puk", "parola", "parolasi", "aski", "askida", "kilit", "kilidi")
"""Words of addresses that name a thing, not an act."""
_AS_JAVASCRIPT = (
    (r"[^()'\"]++", r"[^()'\"]"),  # inside a repetition, so that nothing can match in two ways
    (r"[^\W\d]", r"[\p{L}_]"),
    (r"[\W_]", r"[^\p{L}\p{N}]"),
    ("(?P<", "(?<"),
    (r"\"", '"'),
    (r"\'", "'"),
)


def script(look: Look) -> str:
    """Return the expression of the words' rules in JavaScript: an object of functions, see ``danger_words.js``."""
    return f"({source('danger_words.js').strip()})({_rules(look)})"


def kind_of(told: str) -> Danger:
    """Return which danger the forbidden words *told* mean."""
    bare = skeleton(told)
    return next((kind for kind, pattern in KINDS if re.search(pattern, bare)), "service")


@cache
def _as_json(services: tuple[tuple[str, tuple[str, ...]], ...], proceed: tuple[str, ...]) -> str:
    data = {
        "text": text.as_data(),
        "words": words.as_data(),
        "safety": safety.as_data(),
        "actions": actions.as_data(),
        "tokens": tokens.as_data(),
        "calls": page_calls.as_data(),
        "kinds": [[kind, re.compile(pattern)] for kind, pattern in KINDS],
        "services": {name: [fold_label(title) for title in titles] for name, titles in services},
        "proceed": [fold_label(label) for label in proceed],
        "waysBack": _WAYS_BACK,
        "goesOn": _GOES_ON,
        "nouns": _NOUNS,
        "crosses": sorted(CROSSES),
    }
    return json.dumps(_plain(data), ensure_ascii=True)


def _rules(look: Look) -> str:
    services = tuple((name, look.services.get(name, ())) for name in get_args(Danger))
    return _as_json(services, look.controls["proceed"].labels)


def _plain(value: Any) -> Any:
    """Return *value* in JSON terms: patterns as source and flags, letter tables by letter."""
    if isinstance(value, re.Pattern):
        return {"source": as_javascript(value.pattern), "flags": "giu" if value.flags & re.IGNORECASE else "gu"}
    if isinstance(value, Mapping):
        return {_letter(key): _plain(_letter(one) if _is_table(value) else one) for key, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def as_javascript(pattern: str) -> str:
    r"""Return *pattern* in JavaScript's dialect: named groups, ``\w`` with all letters, no possessive repetition."""
    for old, new in _AS_JAVASCRIPT:
        pattern = pattern.replace(old, new)
    pattern = re.sub(r"([*+?])\+", r"\1", pattern)
    parts, in_class, at = [], False, 0
    while at < len(pattern):
        piece = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        if piece == "[" and not in_class:
            in_class = True
        elif piece == "]":
            in_class = False
        parts.append((r"\p{L}\p{N}_" if in_class else r"[\p{L}\p{N}_]") if piece == r"\w" else piece)
        at += len(piece)
    return "".join(parts)


def _is_table(value: Mapping[Any, Any]) -> bool:
    return all(isinstance(key, int) for key in value)


def _letter(part: Any) -> Any:
    return chr(part) if isinstance(part, int) and not isinstance(part, bool) else part
