"""Whether the signing page says that its code signs something other than the consent.

The code's page looks the same for everything that the portal has people sign. After the consent form we expect the
consent; a page that speaks of taking it back, of a revocation or of another paper gets no code handed over.
"""

from __future__ import annotations

import re

from flows.observation import TabView
from flows.plain import is_plain
from flows.utterance import utterances
from flows.words import sentences, withdraws, words

_SIGNS = re.compile(r"\bimzala\w*(?:acak|acaktir|yorsunuz|mis olursunuz|mis olacaksiniz)$")
_OF_THIS_CODE = re.compile(
    r"\bbu (?:kod|imza)\w*|\bkod(?:la|u)\b|\bimzan?iz(?:la|i)\b"
    r"|\bimzala(?!m?[ae]?zs)\w*|\bbu islem\w* (?:ile|sonu\w*|tamamlan\w*|onayla\w*)"
)
"""Ties what a sentence says to this code."""
_ONLY_SAYS_WHEN = re.compile(r"""(?x)
    \w(?:abil|ebil)ir\w* | \b(?:varsa|yoksa) | \w(?:[aeiu]r|m[ae]z|m[iu]s)s[ae](?:n[iu]z|m)?\b
    | (?:am[ae]z|em[ae]z|lm[ae]z|olmaz)(?:s[iu]n[iu]z)?$ | \bolmaz\b
""")
"""What one may do at another time, or what happens if: "onayınızı istediğiniz zaman geri çekebilirsiniz"."""
_IF_NOT = re.compile(r"\wm[ae]zs[ae]\w*|\w(?:[ae]m[ae]z|lm[ae]z)(?:s[iu]n[iu]z)?$")
_CONSENT = re.compile(r"\bonay\w*")
_PROGRAM = re.compile(
    r"\b(?:uygulama|program|pencere|sayfa|ekran|tarayici|oturum)\w*(?: \w+)? (?:kapat|kapan|cik|birak)\w*"
)
"""What may be closed or left without any harm to what is signed."""


def other_deed(tab: TabView) -> str:
    """Return a sentence of *tab* that names another deed than the consent; empty if there is none."""
    for view in tab.frames:
        for part in utterances(view):
            if part.owner is None and not any(first <= part.span[0] < last for first, last in view.asides):
                for sentence in sentences(part.text):
                    if names_other_deed(sentence):
                        return sentence
    return ""


def names_other_deed(sentence: str) -> bool:
    """Return whether *sentence*, next to the code, has it sign something other than the consent."""
    line = " ".join(words(sentence))
    if is_plain(sentence):
        return False
    if withdraws(sentence):
        return not (_PROGRAM.search(line) or _is_remark(line))
    return bool(_SIGNS.search(line)) and not _CONSENT.search(line)


def _is_remark(line: str) -> bool:
    """Return whether *line* tells of withdrawing in general, not of what this code does."""
    if _IF_NOT.search(line):
        return "bu kod" not in line
    return bool(_ONLY_SAYS_WHEN.search(line)) and not _OF_THIS_CODE.search(line)
