"""Shows one of our files to the person, in the system's usual program for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

from loguru import logger

PATIENCE_S = 2.0
"""How long the system's opener has to say that nothing opens the file; some stay for as long as it is open."""


def show_file(path: Path, patience_s: float = PATIENCE_S) -> bool:
    """Open *path*; return whether something opens it, as far as the system's opener says."""
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
        opener = subprocess.Popen(  # noqa: S603 - the system's own program, and our own file
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
    try:
        code = opener.wait(patience_s)
    except subprocess.TimeoutExpired:
        Thread(target=opener.wait, daemon=True).start()  # whenever it ends, somebody has waited for it
        return True
    if code:
        logger.debug("nothing opens {}: the opener ended with {}", path.suffix, code)
    return code == 0
