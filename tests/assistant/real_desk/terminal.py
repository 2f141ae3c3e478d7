"""A real desk whose person sits at a terminal: the command in a pseudoterminal, the portal's window on a screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, Error, Page, Playwright

from tests.assistant.real_desk.desk import _connect, _pages, command, free_port

_PATIENCE_S = 40.0
_DRAWING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[│╭╮╰╯─]")


@dataclass
class TerminalDesk:
    """The command under way in a terminal of 80 by 24."""

    process: subprocess.Popen[str]
    browser: Browser
    master: int
    _came: bytes = field(default=b"", repr=False)
    _seen: int = 0
    """How much of it had come when the last key was pressed."""

    @property
    def said(self) -> str:
        """What has come to the terminal since the last key was pressed, without what draws and moves."""
        return " ".join(_DRAWING.sub(" ", self._came[self._seen :].decode(errors="replace")).split())

    @property
    def portal(self) -> Page:
        """The portal's page, once it is there."""
        until = monotonic() + _PATIENCE_S
        while not (pages := _pages(self.browser)) and monotonic() < until:
            with suppress(Error):
                self.browser.contexts[0].wait_for_event("page", timeout=100)
        return pages[-1]

    def read(self, text: str) -> None:
        """Wait until *text* has come since the last key was pressed."""
        until = monotonic() + _PATIENCE_S
        while text not in self.said:
            if monotonic() > until or not self._hear(1):
                raise AssertionError(f"{text!r} never came, but: {self.said[-1500:]}")

    def press(self, keys: str) -> None:
        """Type *keys*."""
        while self._hear(0):
            pass
        self._seen = len(self._came)
        os.write(self.master, keys.encode())

    def hang_up(self) -> int:
        """Close the terminal's window, as a person does; return the command's exit code."""
        os.close(self.master)
        self.master = -1
        return self.process.wait(_PATIENCE_S)

    def leave(self) -> int:
        """Hear the command out and return its exit code."""
        until = monotonic() + _PATIENCE_S
        while self.process.poll() is None and monotonic() < until:
            self._hear(0.2)
        return self.process.wait(0)

    def _hear(self, seconds: float) -> bool:
        """Take what comes within *seconds*. Returns False if nothing came and there is no time, or nobody, left."""
        if not select.select([self.master], [], [], seconds)[0]:
            return bool(seconds) and self.process.poll() is None
        try:
            self._came += os.read(self.master, 65536)
        except OSError:  # the other end is closed (Linux, pty(7))
            return False
        return True


@contextmanager
def sit_at_terminal(
    playwright: Playwright, surroundings: dict[str, str], arguments: Sequence[str]
) -> Iterator[TerminalDesk]:
    """Start the command in a terminal of its own, as its session's leader, and wait for its browser; take all of it down
    afterwards."""
    home = Path(surroundings["HOME"])
    port = free_port()
    given = {**surroundings, "EONAY_BROWSER_ARGS": f"--remote-debugging-port={port}", "TERM": "xterm-256color"}
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        command([*arguments, "--ui", "terminal"]),
        env=given,
        cwd=home,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        text=True,
        start_new_session=True,
        preexec_fn=_own_terminal,
    )
    os.close(slave)
    try:
        yield TerminalDesk(process, _connect(playwright, process, port, Path(os.devnull)), master)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):  # it was hung up
            os.close(master)


def _own_terminal() -> None:
    """Make standard input the session's own terminal, whose keys and closing are signals (Linux, tty_ioctl(4))."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
