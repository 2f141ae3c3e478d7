"""What an address, a handler, a data attribute, a name or a value says it does, and whether that is forbidden.

Machines name their acts in one word, in half words, in English, and behind percent signs. A stem of five letters or
more counts inside a longer word too; a shorter one only as a word of its own, so that a spinner is no PIN. Verbs that
pages also use for their own parts ("remove", "kapat") count only next to what they must not touch. All of it is in
code, like the forbidden controls.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from flows.page_calls import without_page_calls
from flows.text import skeleton
from flows.tokens import SHORTEST_TOKEN, is_opaque

_MOST_LAYERS = 6
"""How often we decode a text at most; no browser would undo what is hidden deeper either."""
_ESCAPES = re.compile(r"\\x([0-9a-fA-F]{2})|\\u\{?([0-9a-fA-F]{4})\}?|%u([0-9a-fA-F]{4})")
_CAMEL = re.compile(
    r"(?<=[a-zçğıöşü])(?=[A-ZÇĞİÖŞÜ])|(?<=[A-ZÇĞİÖŞÜ])(?=[A-ZÇĞİÖŞÜ][a-zçğıöşü])|(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)"
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")

_WHOLE = frozenset(
    {
        *("pin", "puk", "aski", "askida", "sil", "silme", "silin", "kilit", "kilidi", "parola", "parolasi", "cayma"),
        *("delete", "fesh", "fesih", "revoke", "annul"),
    }
)
"""Words that name a forbidden act all by themselves."""
_WITHIN = re.compile(
    r"(?<!scr)iptal|kaldir(?!im)|revok|revoc|withdraw|(?<!de)(?<!x)terminat|sonlandir|sonlanma|vazgec|feshet|feshed|fesih|feragat"
    r"|(?<![bm])askiya|(?<![bm])askidan|suspend|suspension|webparola|(?<!de)(?<!di)gerial(?!an)|gericek|gecersizkil|hukumsuz"
    r"|retract|rescind|unapprov|unconsent|optout|unsubscri|caymahak|muvafakatsil|disapprov|kilitcoz|kilitac|kilidicoz|kilidiac"
    r"|vermiyor|onaylamiyor|istemiyor"
    r"|^p[iu][nk](?:kodu?)?(?:olustur|uret|sifir|reset|kilit|degis|yenile|coz|bilgi|unlock|block|change|islem|al$|ver$)"
    r"|(?:reset|change|unlock|new|yeni|web|create|set)p[iu][nk]$"
)
"""Stems that count inside a longer word too."""
_TWO = re.compile(
    r"\b(?:geri (?:al|cek)\w*|sona er\w*|son ver(?:me|dir|ilsin)?|opt out|gecersiz (?:kil|say|et)\w*|hukumsuz \w+"
    r"|yururlukten \w+|devre disi|kullanim disi|yok (?:say|et)\w*|kilit (?:coz|ac)\w*|kilidi (?:coz|ac)\w*)\b"
)
"""Acts of two words. Those about whatever is at hand count only next to `_THING`: see `_LOOSE`."""
_LOOSE = ("devre disi", "kullanim disi", "yok say", "yok et", "gecersiz say", "gecersiz et")
_THING = (
    *("eonay", "onay", "muvafakat", "riza", "basvuru", "sertifika", "imza", "taahhut", "kart", "nes", "sifre"),
    *("consent", "approval", "cert", "certificate", "application", "signature", "card", "agreement", "password"),
    *("muhur", "kayit", "kaydi", "talep", "talebi"),
)
_TURKISH_VERB = (
    *(
        "kapat",
        "birak",
        "pasif",
        "durdur",
        "sifirla",
        "dondur",
        "bitir",
        "cikar",
        "ayril",
        "reddet",
        "redded",
        "sonlan",
    ),
    *("bloke", "engelle", "gecersiz", "cek", "temizle", "yoket", "yoksay", "dusur", "sil", "imha", "unut", "ilga"),
)
_ENGLISH_VERB = (
    *(
        "remov",
        "cancel",
        "delet",
        "clear",
        "reset",
        "stop",
        "drop",
        "disabl",
        "deactivat",
        "passivat",
        "freez",
        "relinquish",
        "undo",
        "rollback",
        "reject",
    ),
    *(
        "declin",
        "refus",
        "deny",
        "denied",
        "invalidat",
        "expir",
        "kill",
        "destroy",
        "discard",
        "nullify",
        "abort",
        "recall",
    ),
    *(
        "eras",
        "purg",
        "unset",
        "unregister",
        "unsign",
        "inactiv",
        "block",
        "end",
        "lock",
        "unlock",
        "unblock",
        "clos",
        "off",
    ),
)
_VERB = (*_TURKISH_VERB, *_ENGLISH_VERB)
_WEAK_VERB = frozenset({"sil", "end", "off", "cek", "lock", "block", "clos", "clear"})
_SHORT_VERB = frozenset({"sil", "end", "off", "cek", "lock"})
_PART = re.compile(
    r"(?:kutu|pencere|panel|dialog|diyalog|modal|popup|menu|form|mesaj|uyari|class|timer|timeout|interval|sayac|item|listener"
    r"|element|attribute|buton|button|dugme|btn|ekran|overlay|child|event|tab|katman|toast|duyuru|sayfa|page|node|frame|metin|text"
    r"|error|hata|filter|filtre|focus|scroll|style|stil|cursor|spinner|loader|step|adim|input|alan|field|label|bilgi|info|note|not)\w*$"
)
"""Parts of a page: closing or clearing one does nothing to what the page is about."""
_COMPOUND = re.compile(
    rf"(?:{'|'.join(_THING)})[a-z]{{0,5}}(?:{'|'.join(v for v in _VERB if v not in _WEAK_VERB)})"
    r"|(?:onay|sertifika|basvuru|riza|muvafakat|kayit|kaydi|imza|talep|talebi)[a-z]{0,3}sil(?:in|me|dir|$)"
    rf"|(?:{'|'.join(v for v in _ENGLISH_VERB if v not in _SHORT_VERB)})(?:e|ed|ing|ation)?(?:the|my)?"
    r"(?:eonay|onay|consent|cert|approval|application|signature|agreement|sertifika|basvuru|card$|password)"
)
"""The same in one word."""
_CHUNK = re.compile(r"[\s'\"(),;&=?#]+")
_HALVES = frozenset({"iptal", "kaldir", "revoke", "withdraw"})
"""Words that count even when they are cut in two."""
_BETWEEN = frozenset({"if", "to", "on", "url"})
"""After a verb these say that it is about something other than what follows."""
_LAST_SEGMENT = frozenset(
    {"remove", "cancel", "deactivate", "disable", "reject", "decline", "unlock", "unblock", "pasif", "kapat"}
)
"""As a step of an address these are acts all by themselves."""
_SEGMENT = re.compile(r"^(?:https?:)?/[^?#\s]*$|^/[^\s]*$", re.IGNORECASE)
_MAP_PIN = re.compile(r"\b(?:(?:map|harita|konum|location|thumb|push|icon|ikon) pin|pin (?:svg|png|icon))\b")
_PASSWORD = re.compile(
    r"\b(?:(?:sifre|password)\w* (?:degis|yenile|guncelle|reset|change|update)"
    r"|(?:change|reset|update|web) (?:password|sifre))"
)
_REFUSED = re.compile(
    r"(?:onay|consent|approv|muvafakat|riza|accept|kabul)"
    r"(?!\w*(?:loading|busy|visible|open|disabled|dialog|modal|popup|panel|spinner|overlay|menu|error|hata|gorunur|yukleniyor))"
    r"\w*['\"]?[)\]]*"
    r"(?:\.(?:value|checked|val|prop|attr|emit|set|next|patch\w*|update|save|send|kaydet|gonder|guncelle)\b(?:\(['\"]\w+['\"])?)?"
    r"[=:(,\s]{1,3}(?:['\"](?:h|n|hayir)['\"]|['\"]?(?:false|0|no|hayir|off|null|red)\b)"
)
"""A field or function of the consent itself that is told no."""
_SWITCHED_OFF = re.compile(
    r"(?:[?&](?:is)?_?(?:aktif|active|enabled|gecerli|durum|status)=|(?:\b|_)(?:is)?(?:aktif|active|enabled|gecerli|durum|status)['\"]?\s*:)"
    r"\s*['\"]?(?:false|0|hayir|off|null|red|pasif|passive|inactive)\b"
)
"""What an act next to a consent or a certificate switches off."""


def decoded(text: str) -> str:
    """Return *text* with its percent signs, entities and escapes undone, however many layers there are."""
    for _ in range(_MOST_LAYERS):
        plain = _ESCAPES.sub(lambda found: chr(int(next(filter(None, found.groups())), 16)), text)
        plain = unescape(_unquoted(plain))
        if plain == text:
            break
        text = plain
    return text


def _unquoted(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return unquote(text, encoding="cp1254", errors="replace")  # old Turkish servers


def words_of(text: str) -> list[str]:
    """Return the words of *text*, an address, a piece of code or a name, folded to bare ASCII letters."""
    parted = _CAMEL.sub(" ", unicodedata.normalize("NFKC", decoded(text)))
    return [word for word in _NOT_WORD.split(skeleton(parted)) if word]


def forbidden_action(text: str) -> str:
    """Return the word with which *text* names a forbidden act, or an empty string."""
    plain = without_page_calls(decoded(text), _names_a_thing)
    chunks = [chunk for chunk in _CHUNK.split(plain) if is_opaque(chunk) and len(chunk) >= SHORTEST_TOKEN]
    for chunk in chunks:
        if found := _WITHIN.search(skeleton(chunk)):
            return found[0]
        plain = plain.replace(chunk, " ")
    return next(_found(plain), "")


def _names_a_thing(text: str) -> bool:
    return any(word.startswith(_THING) for word in words_of(text))


def _found(text: str) -> Iterator[str]:
    words = words_of(text)
    told = _MAP_PIN.sub(" ", " ".join(words))
    yield from (word for word in told.split() if word in _WHOLE)
    # Words joined by capitals, or written letter by letter, may be one word.
    for word in dict.fromkeys((*words, *_NOT_WORD.split(skeleton(decoded(text))), *_spelt(words))):
        if found := _WITHIN.search(word) or _COMPOUND.search(word):
            yield found[0]
    for found in _TWO.finditer(told):
        if not found[0].startswith(_LOOSE) or any(word.startswith(_THING) for word in words):
            yield found[0]
    yield from _beside(words)
    yield from (found[0] for found in _PASSWORD.finditer(told))
    yield from (found[0] for found in _REFUSED.finditer(skeleton(decoded(text))))
    if any(word.startswith(_THING) for word in words):
        yield from (found[0] for found in _SWITCHED_OFF.finditer(skeleton(decoded(text))))
    if _SEGMENT.match(decoded(text)):
        yield from (word for word in words if word in _LAST_SEGMENT)


def _spelt(words: list[str]) -> Iterator[str]:
    """Yield what is written letter by letter, or cut into halves neither of which is a word ("ip-tal")."""
    run = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if len(run) > 2:
            yield run
        run = ""
    yield from (a + b for a, b in pairwise(words) if a + b in _HALVES)


def _beside(words: list[str]) -> Iterator[str]:
    """Yield each verb next to something it must not touch."""
    for at, word in enumerate(words):
        is_verb = word in _SHORT_VERB or any(word.startswith(v) for v in _VERB if v not in _SHORT_VERB)
        if not is_verb:
            continue
        before, after = words[max(0, at - 2) : at][::-1], words[at + 1 : at + 3]
        for side in (before, after):
            for step, other in enumerate(side):
                if _PART.match(other) or (step == 0 and side is after and other in _BETWEEN):
                    break
                if other.startswith(_THING) and not (
                    side is after and len(after) > step + 1 and _PART.match(after[step + 1])
                ):
                    yield f"{word} {other}"
                    break


def as_data() -> dict[str, object]:
    """Return these rules as data, for the same check in a page: see `flows.shield_words`."""
    return {
        "mostLayers": _MOST_LAYERS,
        "whole": sorted(_WHOLE),
        "loose": _LOOSE,
        "thing": _THING,
        "verb": _VERB,
        "shortVerb": sorted(_SHORT_VERB),
        "halves": sorted(_HALVES),
        "between": sorted(_BETWEEN),
        "lastSegment": sorted(_LAST_SEGMENT),
        "patterns": {
            "escapes": _ESCAPES,
            "camel": _CAMEL,
            "notWord": _NOT_WORD,
            "within": _WITHIN,
            "compound": _COMPOUND,
            "two": _TWO,
            "part": _PART,
            "chunk": _CHUNK,
            "segment": _SEGMENT,
            "mapPin": _MAP_PIN,
            "password": _PASSWORD,
            "refused": _REFUSED,
            "switchedOff": _SWITCHED_OFF,
        },
    }
