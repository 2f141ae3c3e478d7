"""The system's clipboard: we borrow it for the code and give it back.

pyperclip runs in a short-lived process of its own. A clipboard program can hang, and one that stays alive to serve the
text (xclip, wl-copy) would hold our pipes open. Text goes through standard input, never in arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Literal, Protocol

from loguru import logger

from assistant.base.workplace import Whose

_SECONDS = 4.0
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # or Windows flashes a console
_COPY = "import sys, pyperclip; pyperclip.copy(sys.stdin.buffer.read().decode())"
_PASTE = "import sys, pyperclip; sys.stdout.buffer.write(pyperclip.paste().encode())"


class Clipboard(Protocol):
    """A place for one text."""

    def read(self) -> str | None:
        """Return the text, or None if there is no clipboard to read."""

    def write(self, text: str) -> bool:
        """Put *text* there. Returns whether that worked."""


class Keeper(Protocol):
    """Remembers a loan in case we are killed, and knows those of other runs: see `assistant.base.workplace`."""

    def lends(self, code: str) -> None:
        """Note that we are about to put *code* on the clipboard."""

    def has_lent(self) -> None:
        """Note that it has been put there."""

    def has_back(self) -> None:
        """Note that it is gone from there."""

    def whose(self, text: str | None) -> Whose:
        """Say whether *text* from the clipboard is the code of another run."""


Loan = Literal["there", "no_clipboard", "taken"]
"""What came of a loan: the code is on the clipboard, there is no clipboard, or another run's code is on it."""


class SystemClipboard:
    """The clipboard of this session."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """*environment* is the session's, if not this process's own."""
        source = os.environ if environment is None else environment
        self._environment = {name: value for name, value in source.items() if not name.startswith("EONAY_")}

    def read(self) -> str | None:
        """Return the text, or None if there is no clipboard to read."""
        return self._run(_PASTE, "")

    def write(self, text: str) -> bool:
        """Put *text* there. Returns whether it is really there: some programs fail silently."""
        return self._run(_COPY, text, answers=False) is not None and self.read() == text

    def _run(self, program: str, text: str, *, answers: bool = True) -> str | None:
        output = subprocess.PIPE if answers else subprocess.DEVNULL
        try:
            done = subprocess.run(  # noqa: S603 - two fixed programs of one line
                (sys.executable, "-P", "-c", program),
                input=text.encode(),
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                timeout=_SECONDS,
                start_new_session=True,
                creationflags=_NO_WINDOW,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            logger.debug("the clipboard did not answer: {}", type(error).__name__)
            return None
        if done.returncode != 0:
            return None
        return done.stdout.decode("utf-8", "replace") if answers else ""


class Lent:
    """Keeps the code on a clipboard for a while, and what was there before in memory."""

    def __init__(self, clipboard: Clipboard, keeper: Keeper | None = None) -> None:
        """*keeper* hears of it before the code is there and after it is gone."""
        self._clipboard = clipboard
        self._keeper = keeper
        self._before: str | None = None
        self._mine: str | None = None

    def __repr__(self) -> str:
        return "Lent()"

    def put(self, code: str) -> Loan:
        """Put *code* there, unless another run has its own there. If it isn't, the person reads it off the panel."""
        if self._keeper is not None:
            self._keeper.lends(code)
        now = self._clipboard.read()
        is_mine = self._mine is not None and now == self._mine
        whose: Whose = "anybody" if is_mine or self._keeper is None else self._keeper.whose(now)
        if whose == "another_run":
            self._mine = None
            if self._keeper is not None:
                self._keeper.has_back()
            return "taken"
        if now is not None and not is_mine:
            self._before = "" if whose == "killed_run" else now
        self._mine = code  # also if writing fails: a clipboard that answers too late may hold it
        is_there = self._clipboard.write(code)
        if self._keeper is not None:
            self._keeper.has_lent()
        return "there" if is_there else "no_clipboard"

    def give_back(self) -> bool:
        """Put the old text back, unless the person has copied something else. Returns whether we did."""
        mine, self._mine = self._mine, None
        before, self._before = self._before, None
        is_back = mine is not None and self._clipboard.read() == mine and self._clipboard.write(before or "")
        if mine is not None and self._keeper is not None:
            self._keeper.has_back()
        return is_back
