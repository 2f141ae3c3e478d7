"""What we say about a refused word, and what to do about it."""

from __future__ import annotations

from assistant.base.errors import UsageError
from assistant.base.foreign import shown
from assistant.base.words import Language, words
from flows.additions import ALLOWED, AdditionError, Problem


def told(problem: Problem, language: Language = "tr") -> str:
    """Return why something is refused, as half a sentence to put after a colon."""
    return words("wording", language)(f"refused.{problem}.why")


def refusal(error: AdditionError, language: Language = "tr") -> str:
    """Return *error* on one line: file, line, key, why, and what to do."""
    texts = words("wording", language)
    where = texts("file.line", source=error.source, line=error.line)
    value = f" “{shown(error.value)}”" if error.value else ""
    remedy = texts(f"refused.{error.problem}.do", allowed=", ".join(ALLOWED))
    return f"{where}{f', {error.key}' if error.key else ''}{value}: {told(error.problem, language)} {remedy}"


def as_usage_error(error: AdditionError) -> UsageError:
    """Return *error* as a command-line error."""
    return UsageError(refusal(error, "tr"), refusal(error, "en"))
