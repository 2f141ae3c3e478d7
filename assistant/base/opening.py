"""Shows one of our files to the person, in the system's usual program for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from loguru import logger


def show_file(path: Path) -> bool:
    """Open *path*; return whether a program started. We can't know what it does then."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # type: ignore[attr-defined,unused-ignore]  # noqa: S606
        except OSError as error:
            logger.debug("nothing opens {}: {}", path.suffix, type(error).__name__)
            return False
        return True
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        return False
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EONAY_")}
    try:
        subprocess.Popen(  # noqa: S603 - the system's own program, and our own file
            (program, str(path)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        logger.debug("nothing opens {}: {}", path.suffix, type(error).__name__)
        return False
    return True
