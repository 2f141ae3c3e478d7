"""Which lines next to Devam are headings: captions, paths, addresses and lists, with no verb that says anything."""

from __future__ import annotations

import re

from flows.verbs import PERSONAL, TELLS, THINGS, commands, is_verb
from flows.words import wills, wishes, words

_LONGEST_CAPTION = 6
_AORIST = re.compile(r"(?<!l)[aeiu]r$|l[iu]r$")
_TEXT = re.compile(
    r"(?:yonetmeli[gk]i?|kanunu?|tebligi?|kilavuzu?|metni|ilkeleri|politikasi|rehberi|esaslari?|genelgesi)$"
)
"""The title of a text, whatever it is about."""
_LABEL = re.compile(r"(?:[dt][iu]g[iu]|[ae]n|l[ae]n|[iu]l[ae]n)$")
"""What a verb becomes next to a noun: "çalıştığı birim", "desteklenen sistemler"."""
_CHANGE = re.compile(
    r"\b(?:degisik|degistir|devr|kapat|kapan|cikis|cikar|cekil|yenile|coz|sifirla|guncelle|dondur|uzat|kayip"
    r"|calint|bildirim"
    r"|gecis|birak|red|son$|talep|talebi)\w*"
)
"""Nouns of doing: next to a certificate or a consent they head an act."""
_PARTS = re.compile(r"\s*[>|/:;,()•·–—\-»›]\s+|\s+[>|/(\-]\s*|\)|,")
_LONGEST_PART = 9


def is_heading(sentence: str) -> bool:
    """Return whether *sentence* is a heading, a path, an address or a list: no verb in it says anything."""
    if wills(sentence) or wishes(sentence):
        return False
    for part in _PARTS.split(sentence.rstrip(" .")):
        said = [word for word in words(part) if not word.isdigit()]
        if not said:
            continue
        line = " ".join(said)
        is_thing = any(map(THINGS.match, said)) or bool(PERSONAL.search(line))
        if (
            len(said) > _LONGEST_PART
            or commands(said)
            or (is_thing and (_AORIST.search(said[-1]) or _CHANGE.search(line)))
        ):
            return False
        if _TEXT.search(said[-1]) and not is_thing:
            continue
        if (
            is_verb(said[-1])
            or TELLS.search(said[-1])
            or not all(_LABEL.search(word) or not is_verb(word) for word in said)
        ):
            return False
    return True


def is_caption(sentence: str) -> bool:
    """Return whether *sentence* is a few words without a verb, like a heading or a label."""
    said = [word for word in words(sentence) if not word.isdigit()]
    if not said or len(said) > _LONGEST_CAPTION or sentence.rstrip().endswith((".", "!", "?")):
        return False
    if wills(sentence) or wishes(sentence) or any(map(is_verb, said)) or commands(said):
        return False
    return not (any(map(THINGS.match, said)) and (_AORIST.search(said[-1]) or _CHANGE.search(" ".join(said))))
