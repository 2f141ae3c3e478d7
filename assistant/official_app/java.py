"""What this machine can open the official app with: Java Web Start or plain Java, and what to install where not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.outcome import Language
from assistant.setup.system import Family, System

_OPEN_WEB_START = {
    "windows": ("OpenWebStart/javaws.exe",),
    "macos": ("/Applications/OpenWebStart/OpenWebStart javaws.app/Contents/MacOS/JavaApplicationStub",),
    "linux": ("/opt/OpenWebStart/javaws", "/usr/local/OpenWebStart/javaws"),
}
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")

_INSTALL: dict[Family, dict[Language, str]] = {
    "debian": {
        "tr": "Terminalde şu komutu çalıştırınız: sudo apt install icedtea-netx",
        "en": "Run this in a terminal: sudo apt install icedtea-netx",
    },
    "fedora": {
        "tr": "Terminalde şu komutu çalıştırınız: sudo dnf install icedtea-web",
        "en": "Run this in a terminal: sudo dnf install icedtea-web",
    },
    "windows": {
        "tr": "openwebstart.com adresinden OpenWebStart'ı veya şu komutla Java'yı kurunuz: "
        "winget install EclipseAdoptium.Temurin.21.JRE",
        "en": "Install OpenWebStart from openwebstart.com, or Java with: winget install EclipseAdoptium.Temurin.21.JRE",
    },
    "macos": {
        "tr": "openwebstart.com adresinden OpenWebStart'ı veya şu komutla Java'yı kurunuz: brew install --cask temurin",
        "en": "Install OpenWebStart from openwebstart.com, or Java with: brew install --cask temurin",
    },
    "other": {
        "tr": "openwebstart.com adresinden OpenWebStart'ı veya sisteminizin paketlerinden Java 8 ya da üstünü kurunuz.",
        "en": "Install OpenWebStart from openwebstart.com, or Java 8 or newer from your system's packages.",
    },
}


@dataclass(frozen=True, slots=True)
class Java:
    """The programs found; None for what is not there."""

    web_start: Path | None
    """Opens JNLP files: ``javaws`` of Java 8, of IcedTea-Web or of OpenWebStart."""
    java: Path | None
    """Runs jar files."""


def find_java(system: System | None = None) -> Java:
    """Look for Java on this machine; nothing is started."""
    system = system or System.current()
    return Java(web_start=_web_start(system), java=_java(system))


def what_to_install(language: Language, system: System | None = None) -> str:
    """Return one sentence on what to install here so that the official app can be opened."""
    family = (system or System.current()).family
    return _INSTALL["debian" if family == "ubuntu" else family][language]


def _web_start(system: System) -> Path | None:
    if found := system.program("javaws", "itweb-javaws"):
        return found
    places = list(_places(system, _OPEN_WEB_START[system.os]))
    home = system.env.get("JAVA_HOME")
    if home:
        places += [Path(home, "bin", name) for name in ("javaws", "javaws.exe")]
    return next((place for place in places if place.is_file()), None)


def _java(system: System) -> Path | None:
    home = system.env.get("JAVA_HOME")
    if home:
        for name in ("java", "java.exe"):
            if (place := Path(home, "bin", name)).is_file():
                return place
    # On a Mac without Java, /usr/bin/java is there all the same and only opens a window about it.
    if system.os == "macos":
        machines = sorted(system.place("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home/bin/java"))
        return machines[-1] if machines else None
    return system.program("java")


def _places(system: System, names: tuple[str, ...]) -> Iterator[Path]:
    if system.os != "windows":
        yield from (system.place(name) for name in names)
        return
    for folder in _WINDOWS_FOLDERS:
        if base := system.env.get(folder):
            for name in names:
                yield Path(base, name)
                yield Path(base, "Programs", name)
