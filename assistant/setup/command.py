"""Runs a quick command on this machine and returns its output, or nothing, within a few seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryFile

COMMAND_S = 5.0
"""Timeout for a command, seconds."""


def run_command(command: Sequence[str], timeout_s: float = COMMAND_S) -> str | None:
    """Return what a short command printed (stdout and stderr); None if it can't run, fails or times out.

    Returns in time even if the command hangs, or leaves a child behind that holds its output open.
    """
    # A file, because a pipe only ends once the last child that inherited it is gone.
    with TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603 (a tool found on this machine, with fixed arguments)
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={name: value for name, value in os.environ.items() if not name.startswith("EONAY_")},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, ValueError):
            return None
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            _end(process)
            return None
        output.seek(0)
        return output.read().decode("utf-8", errors="replace").strip() if code == 0 else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill *process* and its children, so that a hung script leaves nothing behind."""
    if sys.platform == "win32":
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603
                ("taskkill.exe", "/T", "/F", "/PID", str(process.pid)),  # noqa: S607 (a part of Windows)
                capture_output=True,
                timeout=COMMAND_S,
                check=False,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(COMMAND_S)
