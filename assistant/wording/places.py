"""The ways through the portal in everyday words, and where a learnt word stood."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.base.outcome import Language
from assistant.wording.learnt import Word
from flows import steps


def named(control: str, language: Language = "tr") -> str:
    """Return what *control* is, in everyday words, such as "e-imza işlemlerinin listesi"."""
    return _texts(language)[control]


def placed(word: Word, language: Language = "tr") -> str:
    """Return where *word* stood; empty where that is not known."""
    kind = _texts(language)[word.kind] if word.kind else ""
    if not word.site:
        return kind
    known = steps(language)
    behind = known[word.screen].title if word.screen in known else _texts(language)["beginning"]
    return _texts(language)["after"].format(kind=kind, step=behind)


@cache
def _texts(language: Language) -> dict[str, str]:
    text = (resources.files("assistant.wording") / "places.toml").read_text(encoding="utf-8")
    return {name: entry[language] for name, entry in tomllib.loads(text).items()}
