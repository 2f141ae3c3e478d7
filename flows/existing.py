"""Whether a page says that the consent is there already, or that it isn't: a status, not what Devam does.

A page that has the reader give the consent and says elsewhere that it is there contradicts itself, so the person reads
it. Saying that there is none agrees with the sentence and decides nothing, if we understand every word of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.text import skeleton
from flows.words import asks, ends_something, withdraws, words

_CONSENT = r"e ?onay\w*|elektronik onay\w*"
_YOURS = re.compile(r"""(?x)\b(?:
    (?:e\ ?)?onay(?:iniz|imiz)\w*
    | (?:muvafakat|riza)(?:iniz|niz)\w* | (?:onay|muvafakat|riza)\w*\ (?:kayd|beyan)iniz\w*
    | adiniza | tarafiniz\w* | hesabiniz\w* | profiliniz\w* | size\ ait | sizin
)\b""")
"""Makes it the reader's own consent, not consents in general ("Bu ay 4.318 E-Onay alınmıştır.")."""
_ANY_CONSENT = re.compile(rf"\b(?:{_CONSENT}|onay(?:iniz|imiz)\w*|(?:muvafakat|riza)(?:iniz|niz)\w*)\b")
_BECAME = r"(?:al[iu]n|ver[iu]l|kayded[iu]l|tanimlan|olusturul|onaylan|tamamlan|islen|kayda al[iu]n|tesis ed[iu]l)"
_SEEN = r"(?:gorul|anlas[iu]l|tespit ed[iu]l|belirlen|gozlen|gorun)(?:m[iu]s(?:t[iu]r)?|m[ae]kt[ae](?:d[iu]r)?|d[iu])"
_STRONG = rf"(?:var|mevcut|kayitli|tanimli|onayli|verili|{_BECAME}(?:m[iu]s|d[iu]))(?:[td][iu]r)?"
"""Alone it says so in any column."""
_WEAK = r"(?:aktif|gecerli|acik|etkin|yururlukte|evet)(?:[td][iu]r)?"
"""May be about a certificate, unless the caption is right before it."""
_IS_THERE = re.compile(rf"""(?x)(?:^|\s)(?:
    {_STRONG.replace(" ", "[ ]")} | {_WEAK} | bulun(?:makta(?:dir)?|uyor|mus(?:tur)?)
    | (?:bulun|ver[iu]l|al[iu]n|ol)(?:du(?:gu)?|dig[iu]|dug[iu]n?u?)(?:\ \w+){{0,3}}\ {_SEEN.replace(" ", "[ ]")}
    | ver(?:diniz|m[iu]ss[iu]n[iu]z|m[iu]st[iu]n[iu]z|mis\ bulunuyorsunuz)
)$""")
_TOLD_YOU = re.compile(r"\bver(?:diniz$|m[iu]s)")
_BARE_STRONG = re.compile(rf"(?:zaten |daha once )?{_STRONG}")
_BARE_WEAK = re.compile(rf"(?:zaten )?(?:{_STRONG}|{_WEAK})")
_CAPTION = re.compile(
    rf"(?:{_CONSENT}|onay(?:iniz)?)"
    r"(?: (?:durum\w*|kayd\w*|kayit\w*|bilgi\w*|beyan\w*|onay\w*|var mi|verildi mi))*"
)
_PERHAPS = re.compile(r"""(?x)\b(?:
    \w+(?:rs[ae]|yors[ae]|[dt][iu]ys[ae]|m[iu]ss[ae]|lm[ae]zs[ae])(?:n[iu]z|m|k|l[ae]r)? | varsa | yoksa | ise | eger
    | sonra\w* | ardindan | once\w*(?=\ ver) | takdirde | halinde | \w+[iu]nc[ae] | \w+[dt][iu]g[iu](?:n[iu]z)?nd[ae]
)\b""")
"""When or if, not that it is so."""
_EARLIER = re.compile(r"\b(?:zaten|halen|halihazirda|su an(?:da)?|daha once)\b")
_ANSWER = re.compile(r"(?:c|cevap|yanit|a)\s*[.:)]")
_LEAD = re.compile(r"^[^:]*:\s+(?=[^:]+:)|\s+[|·•]\s+|\n")
"""What "E-Onay: Var" is about, and its neighbours: "NES 1: E-Onay: Var"."""
_CLAUSE = re.compile(r"\s*[,;]\s+|\s+(?:ve|olup|ancak|fakat)\s+")
_NONE = rf"""(?:
    (?:mevcut|kayitli|tanimli|onayli|aktif|acik)\ degil(?:d[iu]r)? | yok(?:tur)?
    | bulun(?:mamakta(?:dir)?|muyor|mamis(?:tir)?|amadi|amamis(?:tir)?) | rastlan(?:[iu]l)?ma(?:d[iu]|m[iu]st[iu]r)
    | (?:al[iu]nma|ver[iu]lme|onaylanma|kayded[iu]lme|tanimlanma|olusturulma)(?:d[iu]|m[iu]s(?:t[iu]r)?)
    | (?:bulunma|ver[iu]lme|al[iu]nma|olma)d[iu]g[iu]\ {_SEEN.replace(" ", "[ ]")}
)"""
_NOT_THERE = re.compile(rf"(?x){_NONE}$")
_AROUND_NOT_THERE = re.compile(r"""(?x)
    yapilan|inceleme\w*|sorgula\w*|sorgu\w*|kontrol\w*|kayitlarimiz\w*|sistem\w*|portal\w*|adiniza|size|ait
    |tarafiniz\w*|kayitli|bir|gecerli|aktif|herhangi|henuz|su|an|anda|itibariyla|halihazirda|bugune|kadar|daha|once
    |onceden|e|e?onay\w*|kayd\w*|kaydiniza|durum\w*|olarak|elektronik|hala|sonucu|sonucunda|verilmis|alinmis|onayli
    |tanimli|mevcut""")
_BARE_NOT_THERE = re.compile(rf"(?x)(?:henuz\ )?(?:{_NONE}|onaysiz)")
_GONE = re.compile(r"""(?x)
    \b(?:e\ ?)?onay(?:iniz|imiz)\w*(?:\ \w+){0,4}
    \ (?:(?:kaldir|sonlandir|durdur|sil)[iu]n?[iu]?l?|iptal\ ed[iu]l|geri\ (?:al[iu]n|cek[iu]l)|sona\ er)
    (?:m[iu]s(?:t[iu]r)?|d[iu])$
    | \be\ ?onay\w*(?:\ \w+){0,2}\ (?:olma|bulunma)d[iu]g[iu](?:ndan|\ icin)\b""")
REACH = 12
"""Pieces between the caption of a column and what is said in it."""


def says_given(sentence: str) -> bool:
    """Return whether *sentence* says that the reader's consent is there already."""
    if asks(sentence) or _ANSWER.match(skeleton(sentence)):
        return False
    said = words(sentence)
    if not said or not _ANY_CONSENT.search(" ".join(said)):
        return False
    if _is_captioned(sentence):
        return True
    is_yours = _YOURS.search(" ".join(said)) is not None
    for clause in _CLAUSE.split(sentence):
        line = " ".join(words(clause))
        is_there = _IS_THERE.search(line)
        if not is_there or (_PERHAPS.search(line) and not _EARLIER.search(line)):
            continue
        if is_yours or _TOLD_YOU.search(is_there.group()):
            return True
    return False


def _is_captioned(sentence: str) -> bool:
    """Return whether *sentence* is a caption with its status: "E-Onay: Var", "E-Onay durumu – Aktif"."""
    for part in _LEAD.split(sentence):
        line = " ".join(words(part))
        caption = _CAPTION.match(line)
        if caption is not None and _BARE_WEAK.fullmatch(line[caption.end() :].strip()):
            return True
    return False


def says_not_given(sentence: str) -> bool:
    """Return whether *sentence* says that there is no consent yet, and nothing else."""
    if asks(sentence) or ends_something(sentence) or withdraws(sentence):
        return False
    line = " ".join(words(sentence))
    found = _NOT_THERE.search(line)
    if found is None or not _ANY_CONSENT.search(line):
        return False
    return all(map(_AROUND_NOT_THERE.fullmatch, line[: found.start()].split()))


def statuses(said: Sequence[str], headings: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Yield where in *said*, a page piece by piece, a lone word tells of the consent, and whether it is there.

    Its caption is right before it, or heads a column not far above; a heading of the page heads no column.
    """
    lines = [" ".join(words(part)) for part in said]
    captions = [bool(_CAPTION.fullmatch(line)) for line in lines]
    for at, line in enumerate(lines):
        is_next = at > 0 and captions[at - 1]
        is_below = any(captions[n] and not _is_heading(n, said, headings) for n in range(max(at - REACH, 0), at))
        if (is_next and _BARE_WEAK.fullmatch(line)) or (is_below and _BARE_STRONG.fullmatch(line)):
            yield at, True
        elif (is_next or is_below) and _BARE_NOT_THERE.fullmatch(line):
            yield at, False


def _is_heading(at: int, said: Sequence[str], headings: Sequence[str]) -> bool:
    return said[at] in headings and said[at] not in said[:at]


def says_gone(sentence: str) -> bool:
    """Return whether *sentence* says that the reader's consent isn't there, or no longer."""
    if says_not_given(sentence):
        return True
    line = " ".join(words(sentence))
    if asks(sentence) or _ANSWER.match(skeleton(sentence)) or _PERHAPS.search(line):
        return False
    return _GONE.search(line) is not None
