"""The log: quiet unless asked for, on standard error, without values that could be secret."""

from __future__ import annotations

import logging
import os
import sys

from assistant import IGNORED

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
        logger.add(sys.stderr, level=level, format=line, diagnose=False, backtrace=False)
    except ValueError:
        logger.add(sys.stderr, level="WARNING", diagnose=False, backtrace=False)
    if IGNORED:
        logger.debug("ignored in the environment: {}", ", ".join(IGNORED))


def _silence_when_imported() -> None:
    """Keep loguru from adding its own handler: it reads this variable when it is imported."""
    os.environ.setdefault("LOGURU_AUTOINIT", "False")
