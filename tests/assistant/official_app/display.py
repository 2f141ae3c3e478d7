"""A display of the tests' own, and the clipboard on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.setup.parts import Part

NEEDS = (Part.DISPLAY,)


def missing(*programs: str) -> str:
    """Return which of *programs* this machine doesn't have, as a reason to skip; empty when it has all."""
    absent = [name for name in programs if shutil.which(name) is None]
    return f"MISSING PROGRAMS, THIS PROMISE IS NOT TESTED HERE: {', '.join(absent)}" if absent else ""


@contextmanager
def display() -> Iterator[str]:
    """Run Xvfb on a free display and give the display's name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        try:
            yield f":{number}"
        finally:
            server.terminate()


def clipboard_of(name: str) -> str:
    """Return the text on the clipboard of the display *name*."""
    command = ["xclip", "-selection", "clipboard", "-o"]
    environment = {**os.environ, "DISPLAY": name}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=10).stdout
