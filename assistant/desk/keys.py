"""Reads keys from a terminal without blocking and without echo: nothing typed shows up, least of all a PIN."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from assistant.base.errors import UsageError


class Keys(Protocol):
    """Whatever was typed since the last call."""

    def read(self) -> str:
        """Return the characters typed, oldest first; empty if there are none."""


@contextmanager
def terminal_keys(complaint: str) -> Iterator[Keys]:
    """Take over the terminal's keys. Raises `UsageError` with *complaint* if there is no terminal."""
    if not sys.stdin.isatty():
        raise UsageError(complaint)
    if sys.platform == "win32":
        yield _WindowsKeys()
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)  # no echo, no line editing; Ctrl+C still interrupts
        yield _PosixKeys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


class _PosixKeys:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""

    def read(self) -> str:
        import select

        raw = self._rest
        while select.select([self._descriptor], [], [], 0)[0]:
            more = os.read(self._descriptor, 1024)
            if not more:
                break
            raw += more
        text = raw.decode("utf-8", errors="ignore")
        # A multi-byte character may arrive in two parts.
        self._rest = raw[len(text.encode()) :] if raw.startswith(text.encode()) else b""
        return text


class _WindowsKeys:
    def read(self) -> str:
        import msvcrt

        typed = ""
        while msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]  # Windows only
            typed += msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
        if "\x03" in typed:
            raise KeyboardInterrupt
        return typed
