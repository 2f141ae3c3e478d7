"""Where Java can be on this machine. We start nothing here; `java` finds out whether one runs.

The places come from the installers of Oracle, Eclipse Adoptium, Azul, BellSoft, Microsoft, Amazon and IBM; Debian's and
Fedora's packages and their ``update-alternatives`` files; Homebrew; SDKMAN; IntelliJ; OpenWebStart's cache.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.base.surroundings import expanded
from assistant.setup.system import System

_HOME_VARIABLES = ("JAVA_HOME", "JRE_HOME", "JDK_HOME")
_LINUX = (
    "usr/lib/jvm/*",
    "usr/lib64/jvm/*",
    "usr/lib32/jvm/*",
    "usr/local/lib/jvm/*",
    "usr/java/*",
    "usr/local/java*",
    "usr/local/java/*",
    "usr/local/j[dr][ke]*",
    "opt/*",
    "opt/*/*",
    "opt/*/*/jre",
    "snap/openjdk/current/jdk",
)
_ALTERNATIVES = ("var/lib/dpkg/alternatives/java", "var/lib/alternatives/java")
_MACOS = (
    "Library/Java/JavaVirtualMachines/*/Contents/Home",
    "Library/Internet Plug-Ins/JavaAppletPlugin.plugin/Contents/Home",
    "opt/homebrew/opt/openjdk*",
    "usr/local/opt/openjdk*",
)
_MACOS_STUB = Path("/usr/bin/java")
"""It exists even without a Java, and then opens a window asking for one."""
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
_WINDOWS = tuple(
    f"{below}{vendor}/*"
    for below in ("", "Programs/")
    for vendor in (
        "Java",
        "Eclipse Adoptium",
        "Eclipse Foundation",
        "AdoptOpenJDK",
        "Zulu",
        "Azul",
        "BellSoft",
        "Microsoft",
        "Amazon Corretto",
        "Semeru",
        "OpenJDK",
        "RedHat",
        "ojdkbuild",
    )
)
_OF_THE_PERSON = (
    ".sdkman/candidates/java/*",
    ".jdks/*",
    ".jdks/*/Contents/Home",
    "Library/Java/JavaVirtualMachines/*/Contents/Home",
    ".cache/icedtea-web/jvm-cache/*",
    ".cache/icedtea-web/jvm-cache/*/*",
)
_REGISTRY = (
    "JavaSoft",
    "Eclipse Adoptium",
    "Eclipse Foundation",
    "AdoptOpenJDK",
    "Azul Systems",
    "BellSoft",
    r"Microsoft\JDK",
    "Amazon Corretto",
    "Semeru",
)
_REGISTRY_VALUES = ("JavaHome", "InstallationPath", "Path")
_REGISTRY_DEPTH = 4


def home_variable(system: System) -> tuple[str, str] | None:
    """Return the variable that names a Java home, and its value; None if there is none."""
    for name in _HOME_VARIABLES:
        if value := system.env.get(name, "").strip(" \t\"'"):
            return name, value
    return None


def in_home(system: System, home: str) -> Path | None:
    """Return the ``java`` that a variable like JAVA_HOME means. Some people set it to the bin folder or the program."""
    place = expanded(os.path.expandvars(home))
    if place.name.lower() in {"java", "java.exe"} and _is_program(place):
        return place
    places = (place / folder / _name(system) for folder in ("bin", "jre/bin", "", "Contents/Home/bin"))
    return next(filter(_is_program, places), None)


def java_programs(system: System) -> Iterator[Path]:
    """Yield every possible ``java``: the person's own choice first, then the PATH, then the usual places.

    May yield the same program twice.
    """
    for name in _HOME_VARIABLES:
        if (value := system.env.get(name, "").strip(" \t\"'")) and (program := in_home(system, value)):
            yield program
    for program in _on_search_path(system):
        if system.os != "macos" or program != _MACOS_STUB:
            yield program
    for home in _homes(system):
        if _is_program(program := home / "bin" / _name(system)):
            yield program
    for listed in _ALTERNATIVES if system.os == "linux" else ():
        yield from _alternatives(system, listed)


def _homes(system: System) -> Iterator[Path]:
    if system.os == "windows":
        for folder in dict.fromkeys(filter(None, map(system.env.get, _WINDOWS_FOLDERS))):
            for places in _WINDOWS:
                yield from sorted(Path(folder).glob(places))
        yield from _registered()
    else:
        for places in _LINUX if system.os == "linux" else _MACOS:
            yield from sorted(system.root.glob(places))
    for places in _OF_THE_PERSON:
        yield from sorted(system.home.glob(places))


def _on_search_path(system: System) -> Iterator[Path]:
    if found := system.program("java"):
        yield found
    for folder in system.env.get("PATH", "").split(os.pathsep):
        if folder and _is_program(program := Path(folder.strip('"'), _name(system))):
            yield program


def _alternatives(system: System, listed: str) -> Iterator[Path]:
    """Read what ``update-alternatives --list java`` would print, from its own file."""
    with suppress(OSError, ValueError):
        for line in (system.root / listed).read_text(encoding="utf-8").splitlines():
            if line.startswith("/") and line.endswith("/bin/java") and _is_program(place := system.place(line)):
                yield place


def _registered() -> Iterator[Path]:
    """Yield the homes that installers wrote to the Windows registry, 64 and 32 bit."""
    if sys.platform != "win32":
        return
    import winreg

    def walk(key: str, view: int, depth: int) -> Iterator[Path]:
        try:
            opened = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, winreg.KEY_READ | view)
        except OSError:
            return
        with opened:
            for value in _REGISTRY_VALUES:
                with suppress(OSError):
                    yield Path(str(winreg.QueryValueEx(opened, value)[0]))
            names = [winreg.EnumKey(opened, at) for at in range(winreg.QueryInfoKey(opened)[0])]
        for name in names if depth else ():
            yield from walk(rf"{key}\{name}", view, depth - 1)

    for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
        for vendor in _REGISTRY:
            yield from walk(rf"SOFTWARE\{vendor}", view, _REGISTRY_DEPTH)


def _name(system: System) -> str:
    return "java.exe" if system.os == "windows" else "java"


def _is_program(place: Path) -> bool:
    with suppress(OSError, ValueError):
        return place.is_file()
    return False
