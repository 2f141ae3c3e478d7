"""The log: silent unless you ask for it, on standard error, with nothing in it that could be secret."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from assistant import IGNORED
from assistant.base.foreign import in_one_line, shown

if TYPE_CHECKING:
    from loguru import Message, Record

_LONGEST = 2000
LEVEL_VARIABLE = "EONAY_LOG"
"""Set to DEBUG, INFO … to see the log on standard error."""


def configure_log() -> None:
    """Log to standard error at the level in ``EONAY_LOG``, or nowhere."""
    # Silence the libraries' own logs: they can contain an address with a code, and Python would print their errors as
    # stack traces. The errors that matter reach us as exceptions.
    logging.getLogger().addHandler(logging.NullHandler())
    level = os.environ.get(LEVEL_VARIABLE, "").upper()
    if not level:
        # Importing loguru takes longer than --help does, and it is silent by itself.
        _silence_when_imported()
        return
    from loguru import logger

    logger.remove()
    try:
        line = "{time:HH:mm:ss.SSS} {level} {message}"
        logger.add(_write, level=level, format=line, diagnose=False, backtrace=False)
    except ValueError:
        logger.add(_write, level="WARNING", diagnose=False, backtrace=False)
    logger.configure(patcher=_in_one_line)
    if IGNORED:
        logger.debug("ignored in the environment: {}", ", ".join(IGNORED))


def _in_one_line(record: Record) -> None:
    """Escape line breaks, so that nothing logged can pass for a log line."""
    record["message"] = in_one_line(record["message"], longest=_LONGEST)


def _write(line: Message) -> None:
    """Write a line and the errors under it, which may quote a page."""
    sys.stderr.write(shown(line))


def _silence_when_imported() -> None:
    """Keep loguru from adding its own handler: it reads this variable on import."""
    os.environ.setdefault("LOGURU_AUTOINIT", "False")
