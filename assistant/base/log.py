"""The log: quiet unless asked for, on standard error, without values that could be secret."""

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
    """Send the log to standard error at the level that ``EONAY_LOG`` names, or nowhere."""
    # What libraries log by themselves goes nowhere: it can hold an address with a code, and Python would print their
    # errors as stack traces. Those of consequence come as exceptions.
    logging.getLogger().addHandler(logging.NullHandler())
    level = os.environ.get(LEVEL_VARIABLE, "").upper()
    if not level:
        # Importing the library costs more than a command such as --help takes; it stays silent by itself below.
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
    """Keep what is logged from looking like a line of its own."""
    record["message"] = in_one_line(record["message"], longest=_LONGEST)


def _write(line: Message) -> None:
    """Write a line, and the errors below it, whose words may be a page's."""
    sys.stderr.write(shown(line))


def _silence_when_imported() -> None:
    """Keep loguru from adding its own handler: it reads this variable when it is imported."""
    os.environ.setdefault("LOGURU_AUTOINIT", "False")
