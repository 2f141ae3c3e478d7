"""The portal's ways in everyday words, and where we met a learnt word."""

from __future__ import annotations

from assistant.base.words import Language, words
from assistant.wording.learnt import Word
from flows import steps


def named(control: str, language: Language = "tr") -> str:
    """Return *control* in everyday words, such as "e-imza işlemlerinin listesi"."""
    return words("wording", language)(f"control.{control}")


def placed(word: Word, language: Language = "tr") -> str:
    """Return where *word* was; empty if we don't know."""
    texts = words("wording", language)
    kind = texts(f"place.{word.kind}") if word.kind else ""
    if not word.site:
        return kind
    known = steps(language)
    behind = known[word.screen].title if word.screen in known else texts("place.beginning")
    return texts("place.after", kind=kind, step=behind)
