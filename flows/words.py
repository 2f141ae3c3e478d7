"""Turkish words that carry weight, by their stems: what withdraws, what decides, what asks.

All are compared with the `skeleton` of a text. They stand in code, not in data, as the forbidden controls do: no change
of the portal's wording may make them harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.text import skeleton

_ENDING = (
    *("kaldir", "sonlan", "sona er", "son ver", "son bul", "vazgec", "iptal", "fesh", "fesih", "feshed", "feragat"),
    *("durdur", "askiya", "askidan", "geri al", "geri cek", "hukumsuz", "gecersiz", "kullanim disi", "yururlukten"),
    *("onay vermiyor", "onaylamiyor", "cayiyor", "caymak", "cayar", "cayil", "ilga", "hitam", "devre disi"),
    *("ortadan kalk", "gecerliligini", "bitirmek istiyor", "reddediyor"),
)
"""Words that end something wherever they stand beside Devam."""
_LEAVING = (
    *("pasif", "kapat", "birak", "cekiyor", "cekmek", "cekil", "sil", "cikar", "ayril", "bitir", "biter", "bitsin"),
    *("reddet", "yok e", "sifirla", "dondur", "kaybed", "yitir", "cikis yap", "geri dond", "terk", "kalk"),
)
"""Words that do so only of a consent, an application or a certificate."""
_WITHDRAWING = (*_ENDING, *_LEAVING)
_OBJECTS = ("onay", "muvafakat", "riza", "basvuru", "sertifika", "e-imza", "imzami", "imzaniz")
_RISKY = (
    *_WITHDRAWING,
    *("onayl", "onay ver", "kabul", "odeme", "odenecek", "odeyin", "odeye", "pin", "puk", "parola", "sifre", "imzala"),
    *(
        "sil",
        "bloke",
        "kapat",
        "kilit",
        "acil",
        "yenile",
        "degistir",
        "tekrar kullan",
        "yeniden kullan",
        "kullanilamaz",
    ),
    *("devret", "riza", "taahhut", "aski", "aktif", "fatura", "tahsil", "bedel", "izin"),
)
_WILL = re.compile(
    r"(?:yorum|yoruz|eyim|ayim|^ederim|^isterim|^dilerim|^veririm|^onaylarim|^alirim|^raziyim|^kabulumdur|^iznim|^rizam|^sayilir\w*)$"
)
_WISH = re.compile(r"(?:[ln]s[iu]n|^olsun|^etsin)(?:lar|ler)?$")
_ASKS = re.compile(r"^m[iu](?:sin|siniz|sunuz|yim|yiz|dir|dur)?$")
_FORBIDS = re.compile(r"m[ae]y[iu]n(?:[iu]z)?$")
_NAMES_BUTTON = re.compile(r"\b(?:tamam|okudum|anladim|kapat|onayla)(?:'| |$)\w*")
_FUTURE = re.compile(r"(?:ecek|acak)(?:tir|siniz|sin|iz|im)?$|(?:ilir|ulur|inir|unur|nir|lir)$")
_YOURS = re.compile(r"(?:niz|nuz)(?:i|in|a|e|u|da|de|dan|den|la|le)?$")
_CONDITION = re.compile(r"^(?:bas|tikla|sec|onayla|kapat|ed)\w*(?:rsaniz|rseniz|diginiz\w*|tiginiz\w*)$")
_MONEY = re.compile(r"[₺€$]|\b(?:tl|try|lira|lirasi|liradir|euro|eur|usd|dolar)\b|\b(?:ucret|bedel)\w*\b.*\d")
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")
_NEAR = 8
"""Words between a verb and what it speaks of, at most."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of *text*; every line begins a new one."""
    for part in _SENTENCE_END.split(text):
        if part.strip():
            yield part.strip()


def _words(text: str) -> list[str]:
    return _WORD.findall(skeleton(text))


def _has_stem(text: str, stems: tuple[str, ...]) -> bool:
    """Tell whether a word of *text* begins with one of *stems*; a stem of two words spans two."""
    words = _words(text)
    return any(_starts(words, at, stems) for at in range(len(words)))


def withdraws(sentence: str) -> bool:
    """Tell whether *sentence* speaks of taking back, ending or stopping a consent, an application or a certificate."""
    words = _words(sentence)
    verbs = [at for at in range(len(words)) if _starts(words, at, _WITHDRAWING)]
    things = [at for at in range(len(words)) if _starts(words, at, _OBJECTS)]
    return any(abs(verb - thing) <= _NEAR for verb in verbs for thing in things)


def ends_something(sentence: str) -> bool:
    """Tell whether *sentence* has a word that ends something, whatever it speaks of."""
    return _has_stem(sentence, _ENDING)


def is_risky(text: str) -> bool:
    """Tell whether *text* has a stem that can carry weight, as a verb or as a noun."""
    return _has_stem(text, _RISKY)


def _starts(words: list[str], at: int, stems: tuple[str, ...]) -> bool:
    here = " ".join(words[at : at + 3])
    if _FORBIDS.search(words[at]):
        return False  # "kapatmayınız", "çıkarmayınız": what shall not be done
    return any(here.startswith(stem.replace("-", " ")) for stem in stems)


def wills(sentence: str) -> bool:
    """Tell whether *sentence* says what somebody wants, promises or accepts ("…istiyorum", "…kabul ederim")."""
    words = _words(sentence)
    return any(_WILL.search(word) for word in words) or "etmis ol" in " ".join(words)


def wishes(sentence: str) -> bool:
    """Tell whether *sentence* says what shall be done ("…iptal edilsin")."""
    words = _words(sentence)
    return bool(words) and bool(_WISH.search(words[-1]))


def asks(sentence: str) -> bool:
    """Tell whether *sentence* is a question."""
    return "?" in sentence or any(_ASKS.match(word) for word in _words(sentence))


def names_money(sentence: str) -> bool:
    """Tell whether *sentence* names an amount of money."""
    return bool(_MONEY.search(skeleton(sentence)))


def decides(sentence: str) -> bool:
    """Tell whether *sentence* makes the button beside it an act of weight.

    It asks, wants, announces or makes conditional something risky for the reader: "Sertifikanız iptal edilecektir",
    "Onaylıyor musunuz?", "Devam ederseniz kartınız kilitlenir".
    """
    if not is_risky(sentence):
        return False
    words = _words(sentence)
    if asks(sentence) or wills(sentence) or wishes(sentence) or any(_CONDITION.search(word) for word in words):
        return True
    is_yours = any(map(_YOURS.search, words))
    return is_yours and (any(map(_FUTURE.search, words)) or _has_stem(sentence, _ENDING))


def instructs(sentence: str) -> bool:
    """Tell whether *sentence* speaks of what pressing its own button does ("Tamam'a basınız")."""
    return bool(_NAMES_BUTTON.search(skeleton(sentence))) and (is_risky(sentence) or names_money(sentence))
