"""Turkish words that carry weight, by their stems: what withdraws, what decides, what asks.

We compare bare letters: words as written, and once more with hyphens and dots closed up. The words are in code, not in
data, like the forbidden controls: no change of the portal's wording may make them harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.text import skeleton


def _stems(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(stem.split()) for stem in listed.split(","))


_ENDING = _stems("""
    kaldir, sonlan, sona er, son ver, son bul, vazgec, vaz gec, iptal, ibtal, feragat, fesh, fesih, munfesih,
    durdur, askiya, askidan, geri al, geri cek, geriye al, geri ist, geri donus, geri dondur, hukumsuz, hukmunu,
    hukmu kal, gecersiz, kullanim disi, yururlukten, devre disi, ortadan kal, bertaraf, onay vermiyor, onay
    vermem, onaylamiyor, cayiyor, cayma, cayar, cayil, cayac, caydi, caymis, ilga, mulga, hitam, lagv, lagiv,
    rucu, keenlem, butlan, nakz, imha, yok say, yok hukm, gecerliligini yit, gecerliligini kay, gecerliligini
    son, gecerliligi son, gecerliligi kal, gecerli olmaz, gecerli olmay, gecerli olmasin, gecerli olmam, gecerli
    olmaks, gecerli sayilma, bitirmek istiyor, reddediyor, itiraz, sildir, azlet, azled, revok, withdraw,
    terminat, rescind, opt out, cancel
""")
"""Words that end something wherever they appear next to Devam."""
_LEAVING = _stems("""
    pasif, inaktif, kapat, kapan, birak, cekiyor, cekmek, cekil, cekti, cekmis, sil, cikar, ayril, bitir, biter,
    bitsin, reddet, redded, yok e, yok olu, sifirla, dondur, kaybed, yitir, terk, cikis yap, geri don, kalk,
    dusur, duser, dusuyor, engelle, kisitla, son olsun, unut, donul, donuyor, donmek, remov, delet, disabl,
    deactivat, stop
""")
"""Words that do so only with a consent, an application or a certificate."""
_WITHDRAWING = (*_ENDING, *_LEAVING)
_OBJECTS = _stems("""
    onay, eonay, muvafakat, riza, basvuru, sertifika, e imza, eimza, imzami, imzaniz, taahhu, beyanim, irade,
    izni, iznim, yetkim, yetkin, consent, approval, certificate, application
""")
_LEAVES = re.compile(
    r"\b(?:e ?onay|muvafakat|riza|basvuru|sertifika|e ?imza)(?:\w*(?:dan|den)|\w*(?: \w+)? (?:hizmet|kapsam|liste"
    r"|yontem|usul|duzen)\w*(?:dan|den)) (?:cikis|cikma|cikart|donus|cik(?:$| |in))"
)
"""Leaving what a consent has brought: "E-Onay hizmetinden çıkış". Leaving a page or a program does no harm."""
_RISKY = (
    *_WITHDRAWING,
    *_stems("""
    onayl, onay ver, kabul, odeme, odenecek, odeyin, odeye, pin, puk, parola, sifre, imzala, sil, bloke, kapat,
    kilit, acil, yenile, degistir, tekrar kullan, yeniden kullan, kullanilamaz, devret, riza, taahhut, aski,
    aktif, fatura, tahsil, bedel, izin
    """),
)
_WILL = re.compile(
    r"(?:yorum|yoruz|eyim|(?<!^s)ayim|^ederim|^isterim|^dilerim|^veririm|^onaylarim|^alirim|^raziyim|^kabulumdur|^iznim|^rizam|^sayilir\w*)$"
)
_WISH = re.compile(r"(?:[ln]s[iu]n|^olsun|^etsin)(?:lar|ler)?$")
_ASKS = re.compile(r"^m[iu](?:sin|siniz|sunuz|yim|yiz|dir|dur)?$")
_OFFICE = re.compile(r"\bm[üÜ]d[üÜ]r\b", re.IGNORECASE)
"""A director, which in bare letters looks like a question."""
_FORBIDS = re.compile(r"m[ae]y[iu]n(?:[iu]z)?$")
_NAMES_BUTTON = re.compile(r"\b(?:tamam|okudum|anladim|kapat|onayla)(?:'| |$)\w*")
_FUTURE = re.compile(r"(?:ecek|acak)(?:tir|siniz|sin|iz|im)?$|(?:ilir|ulur|inir|unur|nir|lir)$")
_YOURS = re.compile(r"(?:niz|nuz)(?:i|in|a|e|u|da|de|dan|den|la|le)?$")
_TELLS = re.compile(r"\w{2}(?<!m[ae])y?[iu]n(?:[iu]z)?$")
_AGREES = re.compile(r"^(?:onayla|imzala|ode|kabul|ed)y?[iu]n(?:[iu]z)?$")
_CONDITION = re.compile(
    r"^(?:bas|tikla|sec|onayla|kapat|ed|katil|indir|ilerle|kullan)\w*"
    r"(?:rsaniz|rseniz|diginiz\w*|tiginiz\w*|[ae]r[ae]k|m[ae]kl[ae]|m[ae]n[iu]z(?:la|le|halinde)?)$"
    r"|(?<!bil)[aeiu]rs[iu]n[iu]z$"
)
_MONEY = re.compile(
    r"[₺€$]|\b(?:tl|try|lira|lirasi|liradir|euro|eur|usd|dolar)\b|\b(?:ucret(?!siz)|bedel)\w*\b.*(?<!\d)(?!(?:19|20)\d\d\b)\d"
)
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST, _END = 200, 100
"""Letters. A signature or a picture may be shown as one word of many thousands, and rules that try each letter as a
beginning would take minutes for it."""
_SPELT = re.compile(r"\b[a-z](?:[\s.\-_*]+[a-z]\b){3,}")
_NOT_LETTER = re.compile(r"[^a-z]+")
_JOINT = re.compile(r"(?<=[a-z])[-._*·/](?=[a-z])")
_DIGIT = re.compile(r"\b(?=[a-z0-9]*[a-z]{2})[a-z0-9]*\d[a-z0-9]*[a-z]\b|\b\d[a-z]{3,}\b")
_LETTERS = str.maketrans("01345", "oieas")
_SENTENCE_END = re.compile(
    r"(?:(?<=[!?…])|(?<=\.)(?<!\b[A-ZÇĞİÖŞÜm]\.)(?<!\b(?:Mah|Cad|Sok|Blv|Apt|Tel)\.)"
    r"(?<!\b(?:Dr|No|Av|vb)\.)(?<!\bProf\.)(?!(?<=\d\.)\s+[a-zçğıöşü]))[\"'”’»)]*\s+|\n+"
)
"""Where a sentence ends: not after an ordinal number ("6. maddesi") or an abbreviation ("T.C.")."""
_NEAR = 8
"""Maximum number of words between a verb and what it is about."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of *text*; every line begins a new one."""
    for part in _SENTENCE_END.split(text):
        if part.strip():
            yield part.strip()


def words(text: str) -> list[str]:
    """Return the words of *text* in bare letters. Of one that no language has, only both ends."""
    return [word if len(word) <= _LONGEST else word[:_END] + word[-_END:] for word in _WORD.findall(_as_meant(text))]


def _as_meant(text: str) -> str:
    """Return *text* in bare letters, with anything spelt out letter by letter closed up."""
    bare = _SPELT.sub(lambda found: _NOT_LETTER.sub("", found[0]), skeleton(text))
    return _DIGIT.sub(lambda found: found[0].translate(_LETTERS), bare)


def _readings(text: str) -> Iterator[list[str]]:
    """Yield the words of *text* as they are separated there, and again without hyphens and dots inside words."""
    meant = _as_meant(text)
    yield _WORD.findall(meant)
    joined = _JOINT.sub("", meant)
    if joined != meant:
        yield _WORD.findall(joined)


def _has_stem(text: str, stems: tuple[str, ...]) -> bool:
    """Return whether a word of *text* begins with one of *stems*; a stem of two words spans two."""
    return any(_starts(said, at, stems) for said in _readings(text) for at in range(len(said)))


def withdraws(sentence: str) -> bool:
    """Return whether *sentence* is about taking back, ending or stopping a consent, an application or a certificate."""
    for said in _readings(sentence):
        if _LEAVES.search(" ".join(said)):
            return True
        verbs = [at for at in range(len(said)) if _starts(said, at, _WITHDRAWING)]
        things = [at for at in range(len(said)) if _starts(said, at, _OBJECTS)]
        if any(abs(verb - thing) <= _NEAR for verb in verbs for thing in things):
            return True
    return False


def ends_something(sentence: str) -> bool:
    """Return whether *sentence* has a word that ends something, whatever it is about."""
    return _has_stem(sentence, _ENDING)


def is_risky(text: str) -> bool:
    """Return whether *text* has a stem that can carry weight, as a verb or as a noun."""
    return _has_stem(text, _RISKY)


def _starts(said: list[str], at: int, stems: tuple[str, ...]) -> bool:
    here = " ".join(said[at : at + 3])
    if _FORBIDS.search(said[at]):
        return False  # "kapatmayınız", "çıkarmayınız": what one should not do
    return here.startswith(stems)


def wills(sentence: str) -> bool:
    """Return whether *sentence* says what somebody wants, promises or accepts ("…istiyorum", "…kabul ederim")."""
    said = words(sentence)
    return any(_WILL.search(word) for word in said) or "etmis ol" in " ".join(said)


def wishes(sentence: str) -> bool:
    """Return whether *sentence* says what should be done ("…iptal edilsin")."""
    said = words(sentence)
    return bool(said) and bool(_WISH.search(said[-1]))


def asks(sentence: str) -> bool:
    """Return whether *sentence* is a question."""
    return "?" in sentence or any(_ASKS.match(word) for word in words(_OFFICE.sub(" ", sentence)))


def names_money(sentence: str) -> bool:
    """Return whether *sentence* names an amount of money."""
    return bool(_MONEY.search(skeleton(sentence)))


def decides(sentence: str) -> bool:
    """Return whether *sentence* makes the button next to it an act of weight.

    It asks, wants, announces, demands or attaches a condition to something risky for the reader: "Sertifikanız iptal
    edilecektir", "Onaylıyor musunuz?", "Devam ederseniz kartınız kilitlenir", "Ayrılma talebiniz için formu gönderin".
    """
    if not (is_risky(sentence) or withdraws(sentence)):
        return False
    said = words(sentence)
    if asks(sentence) or wills(sentence) or wishes(sentence) or any(_CONDITION.search(word) for word in said):
        return True
    if not any(map(_YOURS.search, said)):
        return False
    is_told = bool(_AGREES.search(said[-1])) or (bool(_TELLS.search(said[-1])) and withdraws(sentence))
    return is_told or any(map(_FUTURE.search, said)) or _has_stem(sentence, _ENDING)


def instructs(sentence: str) -> bool:
    """Return whether *sentence* is about pressing its own button ("Tamam'a basınız")."""
    return bool(_NAMES_BUTTON.search(skeleton(sentence))) and (is_risky(sentence) or names_money(sentence))


def as_data() -> dict[str, object]:
    """Return how words are read as data, for the same reading in a page: see `flows.shield_words`."""
    return {
        "letters": _LETTERS,
        "withdrawing": list(_WITHDRAWING),
        "objects": list(_OBJECTS),
        "near": _NEAR,
        "patterns": {
            "joint": _JOINT,
            "leaves": _LEAVES,
            "forbids": _FORBIDS,
            "sentenceEnd": _SENTENCE_END,
            "word": _WORD,
            "spelt": _SPELT,
            "notLetter": _NOT_LETTER,
            "digit": _DIGIT,
            "asks": _ASKS,
            "office": _OFFICE,
        },
    }
