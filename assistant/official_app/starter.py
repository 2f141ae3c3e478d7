"""Opens a checked file of the app with what the machine has. No argument is secret or comes from the portal."""

from __future__ import annotations

import errno
import locale
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Literal

from loguru import logger

from assistant.base.files import write
from assistant.base.workplace import AppFolder
from assistant.official_app.java import FoundJava, Java, is_open_web_start

_STILL_OPEN: list[subprocess.Popen[bytes]] = []
"""Apps that outlive their run. The person closes them, so we cut nobody off while signing."""
_SAID_AT_MOST = 64 * 1024
"""How much of an app's output we look at, in bytes from the end."""
_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO})
"""What a disk says that takes no file; anything else is about the program that should open it."""
_LINES = 3
_WIDTH = 160
_FRAME = re.compile(r"\s*(?:at |\.\.\. \d+ more|\|)")
"""A stack trace line that says where, not what."""


@dataclass(frozen=True, slots=True)
class AppFile:
    """A checked file of the app."""

    name: str
    """Its name on disk: fixed, whatever the portal calls it."""
    body: bytes = field(repr=False)

    @property
    def is_jnlp(self) -> bool:
        """Whether it is for Java Web Start; otherwise for plain Java."""
        return self.name.endswith(".jnlp")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to open the app: the command before the file, and the kind of file it takes."""

    words: tuple[str, ...]
    takes_jnlp: bool
    takes_jar: bool
    java: FoundJava | None = None
    """The Java it runs the app with, if we know."""

    @property
    def kinds(self) -> tuple[Literal["jnlp", "jar"], ...]:
        """The kinds of file it takes, in the order we try them."""
        taken: tuple[tuple[Literal["jnlp", "jar"], bool], ...] = (("jnlp", self.takes_jnlp), ("jar", self.takes_jar))
        return tuple(kind for kind, takes in taken if takes)


def ways(command: Sequence[str], java: Java) -> tuple[Way, ...]:
    """Return this machine's ways to open the app, best first. A configured *command* is the only way.

    Java Web Start comes first if we know that it uses a Java that reads the card; otherwise a jar with such a Java.
    """
    if command:
        return (Way(tuple(command), takes_jnlp=True, takes_jar=True),)
    jnlp, jar = [], []
    if java.web_start is not None:
        # OpenWebStart picks one of its own Javas.
        told = None if is_open_web_start(java.web_start) else java.best
        jnlp.append(Way((str(java.web_start),), takes_jnlp=True, takes_jar=False, java=told))
    if java.java is not None:
        jar.append(Way((str(java.java), "-jar"), takes_jnlp=False, takes_jar=True, java=java.best))
    return tuple(jar + jnlp if java.is_good and not java.starts_good else jnlp + jar)


class Starter:
    """Keeps the app's file in a private folder, and the app's process."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        source = os.environ if environment is None else environment
        self._environment = {name: value for name, value in source.items() if not name.startswith("EONAY_")}
        self._folder: AppFolder | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self.disk: OSError | None = None
        """What the disk said when the app's file could not be written."""

    def open(self, way: Way, file: AppFile) -> bool:
        """Write *file* and open it. Returns whether a process started; if the disk is to blame, `disk` says so."""
        self._leave()
        self.disk = None
        try:
            # An unnamed file, not a pipe: an app that outlives us keeps writing to it.
            self._said = TemporaryFile()  # noqa: SIM115 - closed by _leave
            if self._folder is None:
                self._folder = AppFolder()
            path = self._folder.path / file.name
            write(path, file.body, private=True)
            self._process = subprocess.Popen(  # noqa: S603 - a program found here or configured, and our own file
                (*way.words, str(path)),
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=subprocess.STDOUT,
                env=_told(self._environment, way.java),
                cwd=self._folder.path,
                start_new_session=True,
                pass_fds=self._folder.handles,
            )
        except OSError as error:
            logger.debug("the app was not opened: {}", type(error).__name__)
            self.disk = error if error.errno in _DISK else None
            return False
        return True

    def exit_code(self) -> int | None:
        """Return the app's exit code; None while it runs or if there is no process."""
        return None if self._process is None else self._process.poll()

    def last_words(self) -> tuple[str, ...]:
        """Return the last lines an app printed before it ended, without the "at …" ones; none while it runs."""
        if self._said is None or self.exit_code() is None:
            return ()
        try:
            size = self._said.seek(0, os.SEEK_END)
            self._said.seek(max(0, size - _SAID_AT_MOST))
            said = self._said.read(_SAID_AT_MOST)
        except (OSError, ValueError):
            return ()
        try:
            text = said.decode("utf-8")
        except UnicodeDecodeError:
            text = said.decode(locale.getpreferredencoding(False), errors="replace")
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip() and not _FRAME.match(line)]
        return tuple(f"{line[:_WIDTH]}…" if len(line) > _WIDTH else line for line in lines[-_LINES:])

    def close(self) -> None:
        """Let go of the app. If it is still open it stays open and keeps its file."""
        is_open = self._process is not None and self._process.poll() is None
        self._leave()
        if self._folder is not None:
            self._folder.close(is_open=is_open)
        self._folder = None

    def _leave(self) -> None:
        if self._process is not None and self._process.poll() is None:
            _STILL_OPEN.append(self._process)
        self._process = None
        if self._said is not None:
            self._said.close()
            self._said = None


def _told(environment: Mapping[str, str], java: FoundJava | None) -> dict[str, str]:
    """Return *environment* with *java* as JAVA_HOME: IcedTea-Web's script trusts it, even if that Java is long gone."""
    told = dict(environment)
    if java is not None:
        told.pop("JAVA_HOME", None)
        if java.home is not None:
            told["JAVA_HOME"] = str(java.home)
    return told
