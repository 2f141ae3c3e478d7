"""What programs read: with ``--json``, exactly one object on standard output, whatever happens.

Each command decides what its answer looks like. If it fails, the object is
``{"error": {"reason", "what", "remedy", "exit_code"}}``. The reason is a catalogue code or ``usage_error``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from threading import Lock

from assistant.base.foreign import harmless, shown


class _Progress:
    """What this command has printed so far, and how it ended."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.is_printed = False
        self.is_over = False
        self.outcome: tuple[str, int] | None = None


_answer = _Progress()


def begin() -> None:
    """Start a command: forget what an earlier one in this process said."""
    _answer.is_printed = _answer.is_over = False
    _answer.outcome = None


def print_json(answer: object) -> None:
    """Print *answer* (JSON text, or something to turn into it) as the one object. Does nothing after a failure."""
    with _answer.lock:
        if not _answer.is_over:
            _print(answer)


def complain(reason: str, what: str, remedy: str, exit_code: int, hint: str | None = None) -> int:
    """Explain on standard error why there is no answer; with ``--json``, print the error object too.

    *hint* goes in brackets after the sentences. Returns *exit_code*.
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
    """Remember how the command ended, so we can still say *told* and return the code if the end is cut short."""
    _answer.outcome = told, exit_code


def known_outcome() -> tuple[str, int] | None:
    """Return how the command ended, as a sentence and an exit code; None if we don't know yet."""
    return _answer.outcome


def _is_object_wanted(arguments: Sequence[str]) -> bool:
    return "--json" in (arguments[: arguments.index("--")] if "--" in arguments else arguments)


def _print(answer: object) -> None:
    _answer.is_printed = True
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    # JSON escapes ASCII controls itself. The rest (direction marks, C1) must not reach a terminal either.
    sys.stdout.write(harmless(text) + "\n")
    sys.stdout.flush()
