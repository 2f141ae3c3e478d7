"""A display of the tests' own, and the clipboard on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import randbelow

from assistant.setup.parts import Part

NEEDS = (Part.DISPLAY,)

_DISPLAYS = range(1000, 30000)
_TRIES = 3


def missing(*programs: str) -> str:
    """Return which of *programs* this machine doesn't have, as a reason to skip; empty when it has all."""
    absent = [name for name in programs if shutil.which(name) is None]
    return f"MISSING PROGRAMS, THIS PROMISE IS NOT TESTED HERE: {', '.join(absent)}" if absent else ""


@contextmanager
def display(width: int = 1024, height: int = 768, *options: str) -> Iterator[str]:
    """Run Xvfb on a free display, with more *options* if need be, and give the display's name.

    We name the display ourselves: two servers that look for a free one at the same moment can remove each other's
    socket. A number of our own is locked by a file (X.org, LockServer), so that a taken one is refused.
    """
    for _ in range(_TRIES):
        name = f":{_DISPLAYS.start + randbelow(len(_DISPLAYS))}"
        reader, writer = os.pipe()
        command = ["Xvfb", name, "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", *options]
        with subprocess.Popen(
            [*command, "-nolisten", "tcp"], pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            os.close(writer)
            with os.fdopen(reader) as told:
                started = told.readline().strip()
            if not started:
                continue
            try:
                yield name
            finally:
                server.terminate()
            return
    raise AssertionError("Xvfb did not start")


def clipboard_of(name: str) -> str:
    """Return the text on the clipboard of the display *name*."""
    command = ["xclip", "-selection", "clipboard", "-o"]
    environment = {**os.environ, "DISPLAY": name}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=10).stdout
