"""Whether a page announces something itself, or only says that it will: "“İşlem başarılı” yazısı görünecektir."."""

from __future__ import annotations

import re

from flows.text import fold, fold_label, says, skeleton
from flows.words import sentences

_NOT_SAID = re.compile(r"""(?x)\W*(?:
    (?:mesaji|yazisi|ibaresi|ifadesi|uyarisi|bildirimi|ekrani|sayfasi|metni|cumlesi|sonucu)\w* | gor\w* | diye | ise
    | olarak\ (?:gor|yaz|cik|belir)\w* | ol(?:urs|du[gk]|ma|unca|an)\w* | mi\b
)""")
"""What follows words that are only spoken of."""


def announces(text: str, wanted: str) -> bool:
    """Return whether *text* announces *wanted*: no quotation, no question, not what will be seen or was not so."""
    return says(text, wanted) and any(_is_said(sentence, wanted) for sentence in sentences(text))


def _is_said(sentence: str, wanted: str) -> bool:
    if not says(sentence, wanted):
        return False
    if fold_label(sentence) == fold_label(wanted):
        return True
    folded, key = skeleton(sentence), skeleton(fold(wanted))
    return any(
        folded[: found.start()].count('"') % 2 == 0 and not _NOT_SAID.match(folded[found.end() :])
        for found in re.finditer(re.escape(key), folded)
    )
