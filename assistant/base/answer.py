"""What is printed for programs: with ``--json`` one object on standard output, whatever happens.

An answer of a command has the shape that the command says; where it has none to give, the object is
``{"error": {"reason", "what", "remedy", "exit_code"}}``, with a code of the error catalogue or ``usage_error``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from threading import Lock

from assistant.base.foreign import harmless, shown


class _Answer:
    """What this command has to say, and has said."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.is_printed = False
        self.is_over = False
        self.outcome: tuple[str, int] | None = None


_answer = _Answer()


def begin() -> None:
    """Begin a command: what an earlier one of this process has said no longer counts."""
    _answer.is_printed = _answer.is_over = False
    _answer.outcome = None


def print_json(answer: object) -> None:
    """Print *answer*, a JSON text or what becomes one, as the one object; nothing after a failure was printed."""
    with _answer.lock:
        if not _answer.is_over:
            _print(answer)


def complain(reason: str, what: str, remedy: str, exit_code: int, hint: str | None = None) -> int:
    """Say on standard error why there is no answer, and print the object that says so where one is wanted.

    *hint* stands in brackets after the sentences. Returns *exit_code*.
    """
    what, remedy = shown(what), shown(remedy)
    told = f"eonay: {' '.join(filter(None, (what, remedy)))}{f' [{hint}]' if hint else ''}\n"
    sys.stderr.write(told)
    with _answer.lock:
        if _is_object_wanted(sys.argv[1:]) and not _answer.is_printed:
            _print({"error": {"reason": reason, "what": what, "remedy": remedy, "exit_code": exit_code}})
        _answer.is_over = True
    return exit_code


def outcome_is(told: str, exit_code: int) -> None:
    """Keep the outcome of the command, so that it is *told* and returned even where its end is cut short."""
    _answer.outcome = told, exit_code


def known_outcome() -> tuple[str, int] | None:
    """Return the outcome: what is said of it, and the exit code; None while it isn't known."""
    return _answer.outcome


def _is_object_wanted(arguments: Sequence[str]) -> bool:
    return "--json" in (arguments[: arguments.index("--")] if "--" in arguments else arguments)


def _print(answer: object) -> None:
    _answer.is_printed = True
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    # JSON escapes the controls of ASCII itself; what it leaves, inside texts, must not reach a terminal either.
    sys.stdout.write(harmless(text) + "\n")
    sys.stdout.flush()
