"""What can open the official app on this machine: every Java we find, which one to use, and Java Web Start.

TÜBİTAK's signing library reaches into ``sun.security.pkcs11.wrapper``. We measured that with a stand-in and a virtual
card: Java 11 reads the card, Java 17 raises IllegalAccessError, and NoSuchMethodError once you allow that. Java 16 is
the first to lock its internal packages (JEP 396). KamuSM's app is very probably built on that library. So 8 and 11 are
right, anything up to 15 will do, and newer ones most likely fail at the card while the code runs out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.base.files import is_file
from assistant.official_app.java_places import home_variable, in_home, java_programs
from assistant.official_app.java_remedy import what_opens_jnlp, what_to_install
from assistant.setup.command import run_command
from assistant.setup.system import System

__all__ = [
    "OLDEST",
    "Fitness",
    "FoundJava",
    "Java",
    "find_java",
    "is_open_web_start",
    "what_opens_jnlp",
    "what_to_install",
]

OLDEST = 8
"""The official app wants Java 1.8.0 or newer (the portal says so)."""
FIRST_CLOSED = 16
"""From this Java on, most likely it can't read the card."""
_RIGHT = frozenset({8, 11})
_MOST = 24
"""How many Javas we look at; a developer's machine has a dozen."""
_VERSION = re.compile(r'version "(?:1\.)?([0-9]+)')
_VM = re.compile(r"\bVM\b")

Fitness = Literal["right", "fair", "unknown", "too_new", "too_old", "broken"]
"""``right``: 8 or 11; ``fair``: 9–10 and 12–15; ``unknown``: it runs but won't say its version; ``too_new``: 16 or
newer; ``too_old``: before 8; ``broken``: it doesn't run, or times out."""
_GOOD: frozenset[Fitness] = frozenset({"right", "fair"})
_ORDER: tuple[Fitness, ...] = ("right", "fair", "unknown", "too_new", "too_old", "broken")

Run = Callable[[Sequence[str]], str | None]

_OPEN_WEB_START = {
    "windows": ("OpenWebStart/javaws.exe",),
    "macos": ("/Applications/OpenWebStart/OpenWebStart javaws.app/Contents/MacOS/JavaApplicationStub",),
    "linux": ("/opt/OpenWebStart/javaws", "/usr/local/OpenWebStart/javaws"),
}
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")


@dataclass(frozen=True, slots=True)
class FoundJava:
    """One Java on this machine."""

    path: Path
    """The program as we found it, links not resolved."""
    fitness: Fitness
    version: int | None = None
    """8, 11, 17 …; None if it won't say."""
    bits: int | None = None
    """64 or 32; None if it won't say."""

    @property
    def home(self) -> Path | None:
        """Its JAVA_HOME; None if the program isn't in a ``bin`` folder, like Oracle's javapath."""
        folder = self.path.resolve().parent
        return folder.parent if folder.name == "bin" else None


@dataclass(frozen=True, slots=True)
class Java:
    """What we found; None for what is missing."""

    web_start: Path | None
    """Opens JNLP files: ``javaws`` from Java 8, IcedTea-Web or OpenWebStart."""
    java: Path | None
    """Runs jar files: the best Java's program."""
    all: tuple[FoundJava, ...] = ()
    """Every Java, best first."""
    variable: str | None = None
    """The variable that names a Java home, usually JAVA_HOME; None if none is set."""
    named: Path | None = None
    """The program in that home; None if there isn't one."""

    @property
    def best(self) -> FoundJava | None:
        """The Java that runs the app; None if none can."""
        return self.all[0] if self.all and self.java == self.all[0].path else None

    @property
    def is_good(self) -> bool:
        """Whether `best` can read the card, as far as we know."""
        return self.best is not None and self.best.fitness in _GOOD

    @property
    def starts_good(self) -> bool:
        """Whether `web_start` opens the app with a Java that reads the card.

        Java 8 brings its own Web Start. IcedTea-Web uses JAVA_HOME, which `starter` points at the best Java.
        OpenWebStart takes the newest it can get.
        """
        if self.web_start is None or is_open_web_start(self.web_start):
            return False
        folder = self.web_start.resolve().parent
        owner = next((java for java in self.all if java.path.resolve().parent == folder), self.best)
        return owner is not None and owner.fitness in _GOOD


def find_java(system: System | None = None, run: Run = run_command) -> Java:
    """Find the Javas on this machine and ask each for its version, all at the same time.

    *run* returns what a command prints, or None if it fails or times out.
    """
    system = system or System.current()
    found = _look_at(system, run)
    best = found[0].path if found and found[0].fitness not in {"too_old", "broken"} else None
    variable = home_variable(system)
    named = in_home(system, variable[1]) if variable else None
    return Java(_web_start(system, found), best, found, variable[0] if variable else None, named)


def is_open_web_start(program: Path) -> bool:
    """Whether a Web Start is OpenWebStart, which has its own Javas."""
    return any("openwebstart" in part.casefold() for part in program.parts)


def _look_at(system: System, run: Run) -> tuple[FoundJava, ...]:
    programs: dict[Path, Path] = {}
    for program in java_programs(system):
        programs.setdefault(program.resolve(), program)
    chosen = list(programs.values())[:_MOST]
    if not chosen:
        return ()
    with ThreadPoolExecutor(len(chosen), thread_name_prefix="java") as pool:
        told = list(pool.map(lambda program: run([str(program), "-version"]), chosen))
    found = [_found(program, text) for program, text in zip(chosen, told, strict=True)]

    # Of the too new ones, the oldest is closest to what the app was made for. The rest stay in the order we found them.
    def rank(java: FoundJava) -> tuple[int, int]:
        return _ORDER.index(java.fitness), (java.version or 0) if java.fitness == "too_new" else 0

    return tuple(sorted(found, key=rank))


def _found(program: Path, told: str | None) -> FoundJava:
    if told is None:
        return FoundJava(program, "broken")
    bits = 64 if "64-bit" in told.lower() else 32 if _VM.search(told) else None
    version = _VERSION.search(told)
    if version is None:
        return FoundJava(program, "unknown", None, bits)
    number = int(version[1])
    fitness: Fitness = (
        "right" if number in _RIGHT
        else "too_old" if number < OLDEST
        else "fair" if number < FIRST_CLOSED
        else "too_new"
    )  # fmt: skip
    return FoundJava(program, fitness, number, bits)


def _web_start(system: System, found: Sequence[FoundJava]) -> Path | None:
    name = "javaws.exe" if system.os == "windows" else "javaws"
    own = (java.path.resolve().with_name(name) for java in found if java.fitness in _GOOD)
    if place := next((place for place in own if is_file(place)), None):
        return place
    if program := system.program("javaws", "itweb-javaws"):
        return program
    return next((place for place in _places(system, _OPEN_WEB_START[system.os]) if is_file(place)), None)


def _places(system: System, names: tuple[str, ...]) -> Iterator[Path]:
    if system.os != "windows":
        yield from (system.place(name) for name in names)
        return
    for folder in _WINDOWS_FOLDERS:
        if base := system.env.get(folder):
            for name in names:
                yield Path(base, name)
                yield Path(base, "Programs", name)
