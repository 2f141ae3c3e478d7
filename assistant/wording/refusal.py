"""What is said of a word that is refused, and what to do about it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.base.errors import UsageError
from assistant.base.foreign import shown
from assistant.base.outcome import Language
from flows.additions import ALLOWED, AdditionError, Problem


def told(problem: Problem, language: Language = "tr") -> str:
    """Return why something is refused, as half a sentence that follows a colon."""
    return _texts(language)[problem][0]


def refusal(error: AdditionError, language: Language = "tr") -> str:
    """Return *error* in one line: file, line, key, why, and what to do."""
    where = f"{error.source}: {error.line}. satır" if language == "tr" else f"{error.source}: line {error.line}"
    value = f" “{shown(error.value)}”" if error.value else ""
    remedy = _texts(language)[error.problem][1].replace("{allowed}", ", ".join(ALLOWED))
    return f"{where}{f', {error.key}' if error.key else ''}{value}: {told(error.problem, language)} {remedy}"


def as_usage_error(error: AdditionError) -> UsageError:
    """Return *error* as one of the command line."""
    return UsageError(refusal(error, "tr"), refusal(error, "en"))


@cache
def _texts(language: Language) -> dict[str, tuple[str, str]]:
    text = (resources.files("assistant.wording") / "refusals.toml").read_text(encoding="utf-8")
    return {name: (entry["why"][language], entry["do"][language]) for name, entry in tomllib.loads(text).items()}
