"""The system parts the program needs: how each is found, and the command that installs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from assistant.base.errors import SetupError
from assistant.base.words import Language
from assistant.card.modules import find_softhsm
from assistant.setup import apt
from assistant.setup.browser import find_shell, look_for_browser
from assistant.setup.system import Family, System


class Part(StrEnum):
    """Something that pip cannot bring."""

    BROWSER = "browser"
    """A browser that opens windows, and with it `DRIVER`."""
    ANY_BROWSER = "unattended-browser"
    """A browser for work that nobody watches, and with it `DRIVER`: whatever there is; where there is none, the
    headless shell, which is smaller and faster."""
    SHELL = "headless-shell"
    """Debian's headless shell itself: tests compare it with the whole browser. Only asked for on Debian."""
    DRIVER = "libatomic"
    """A library that Playwright's driver is linked to and that a small Debian does not have."""
    SOFTHSM = "softhsm2"
    """SoftHSM2: its PKCS#11 module and softhsm2-util."""
    OPENSC = "opensc"
    """OpenSC: pkcs11-tool and its PKCS#11 module."""
    OPENSSL = "openssl"
    """The openssl command."""
    COMPILER = "cc"
    """A C compiler: tests build PKCS#11 modules that misbehave."""
    VIRTUAL_READER = "vpcd"
    """pcscd with vsmartcard's virtual reader: tests plug a card of their own into it. Only apt brings it."""
    DISPLAY = "xvfb"
    """A display without a screen, and xclip for its clipboard: tests carry a code over it. Only asked for with apt."""
    WEB_START = "javaws"
    """Java Web Start and a compiler: tests open a Swing stand-in of the official app. Only asked for with apt."""
    PDF_TOOLS = "poppler"
    """Poppler's tools: tests read the guide's PDF files with them. Only asked for with apt."""
    CODE_READER = "zbar"
    """ZBar's zbarimg: tests read the quick card's QR code with it. Only asked for with apt."""
    TYPEFACE = "fonts"
    """A typeface with Turkish letters, for the guide's film. Only asked for on Linux."""
    VIDEO_PROBE = "ffprobe"
    """FFmpeg's ffprobe: tests look into the guide's video with it. Only asked for with apt."""

    OFFICE = "libreoffice"
    """LibreOffice's Writer and Impress: tests turn the guide's office files into pages. Only asked for with apt."""


@dataclass(frozen=True, slots=True)
class _Recipe:
    present: Callable[[System], bool]
    packages: Mapping[Family, tuple[str, ...]]
    """Packages of the family's usual installer. None for a family: see `special`, or nothing is known."""
    special: Mapping[Family, str]
    """Where another command than the family's usual one installs it."""
    otherwise: Mapping[Family, tuple[str, ...]] = field(default_factory=dict)
    """What to install where this system's lists do not have `packages`."""


def _apt(*names: str) -> dict[Family, tuple[str, ...]]:
    return {"debian": names, "ubuntu": names}


_LIBATOMIC_PLACES = (
    "usr/lib/*-linux-gnu*/libatomic.so.1",
    "lib/*-linux-gnu*/libatomic.so.1",
    "usr/lib64/libatomic.so.1",
    "usr/lib/libatomic.so.1",
    "usr/local/lib*/libatomic.so.1",
)

_TYPEFACES = ("LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf")

# apt installs no "recommended" packages here, so those that matter are named: the sandbox of Debian's Chromium is
# one of its own, and its pages want a font.
_BROWSERS: dict[Family, tuple[str, ...]] = {
    "debian": ("chromium", "chromium-sandbox", "fonts-liberation"),
    "fedora": ("chromium",),
    "macos": ("--cask google-chrome",),
    "windows": ("Google.Chrome",),
}
_SHELL_PACKAGES = ("chromium-headless-shell", "chromium-sandbox", "fonts-liberation")
_SNAP: dict[Family, str] = {"ubuntu": "sudo snap install chromium"}

_RECIPES: dict[Part, _Recipe] = {
    Part.BROWSER: _Recipe(lambda system: look_for_browser(system) is not None, _BROWSERS, _SNAP),
    Part.ANY_BROWSER: _Recipe(
        lambda system: look_for_browser(system, unattended=True) is not None,
        {**_BROWSERS, "debian": _SHELL_PACKAGES},
        _SNAP,
        _BROWSERS,  # a Pardus 21 has no package of the shell
    ),
    Part.SHELL: _Recipe(
        lambda system: system.family != "debian" or find_shell(system) is not None,
        {"debian": _SHELL_PACKAGES},
        {},
    ),
    Part.DRIVER: _Recipe(
        lambda system: (
            system.os != "linux" or any(found for place in _LIBATOMIC_PLACES for found in system.root.glob(place))
        ),
        {**_apt("libatomic1"), "fedora": ("libatomic",)},
        {},
    ),
    Part.SOFTHSM: _Recipe(
        lambda system: _has_softhsm(system),
        {**_apt("softhsm2"), "fedora": ("softhsm",), "macos": ("softhsm",)},
        {"windows": "choco install softhsm"},
    ),
    Part.OPENSC: _Recipe(
        lambda system: _has(system, "pkcs11-tool", "OpenSC Project/OpenSC/tools/pkcs11-tool.exe"),
        {
            **_apt("opensc", "opensc-pkcs11"),
            "fedora": ("opensc",),
            "macos": ("opensc",),
            "windows": ("OpenSC.OpenSC",),
        },
        {},
    ),
    Part.OPENSSL: _Recipe(
        lambda system: _has(system, "openssl", "OpenSSL-Win64/bin/openssl.exe"),
        {
            **_apt("openssl"),
            "fedora": ("openssl",),
            "macos": ("openssl",),
            "windows": ("ShiningLight.OpenSSL.Light",),
        },
        {},
    ),
    Part.COMPILER: _Recipe(
        lambda system: system.program("cc", "gcc") is not None,
        {**_apt("gcc", "libc6-dev"), "fedora": ("gcc",)},
        {"macos": "xcode-select --install", "windows": "winget install BrechtSanders.WinLibs.POSIX.UCRT"},
    ),
    Part.VIRTUAL_READER: _Recipe(
        lambda system: (
            not _apt_is_usual(system)
            or (
                (system.program("pcscd") is not None or (system.root / "usr/sbin/pcscd").is_file())
                and any(system.root.glob("usr/lib/pcsc/drivers/serial/libifdvpcd.so*"))
            )
        ),
        _apt("pcscd", "vsmartcard-vpcd"),
        {},
    ),
    Part.DISPLAY: _Recipe(
        lambda system: not _apt_is_usual(system) or None not in (system.program("Xvfb"), system.program("xclip")),
        _apt("xvfb", "xclip"),
        {},
    ),
    Part.WEB_START: _Recipe(
        lambda system: not _apt_is_usual(system) or None not in (system.program("javaws"), system.program("jarsigner")),
        _apt("icedtea-netx", "default-jdk-headless"),
        {},
    ),
    Part.PDF_TOOLS: _Recipe(
        lambda system: not _apt_is_usual(system) or None not in (system.program("pdfinfo"), system.program("pdftoppm")),
        _apt("poppler-utils"),
        {},
    ),
    Part.CODE_READER: _Recipe(
        lambda system: not _apt_is_usual(system) or system.program("zbarimg") is not None,
        _apt("zbar-tools"),
        {},
    ),
    Part.TYPEFACE: _Recipe(
        lambda system: (
            system.os != "linux"
            or any(found for name in _TYPEFACES for found in (system.root / "usr/share/fonts").rglob(name))
        ),
        {**_apt("fonts-liberation"), "fedora": ("liberation-sans-fonts",)},
        {},
    ),
    Part.VIDEO_PROBE: _Recipe(
        lambda system: not _apt_is_usual(system) or system.program("ffprobe") is not None,
        _apt("ffmpeg"),
        {},
    ),
    Part.OFFICE: _Recipe(
        lambda system: not _apt_is_usual(system) or system.program("soffice") is not None,
        # What stands in for Arial and Times New Roman has the same widths of letters.
        _apt("libreoffice-writer-nogui", "libreoffice-impress-nogui", "fonts-liberation"),
        {},
    ),
}

_INSTALLERS: dict[Family, str] = {
    "debian": "sudo apt install",
    "ubuntu": "sudo apt install",
    "fedora": "sudo dnf install",
    "macos": "brew install",
    "windows": "winget install",
}


def missing(parts: Iterable[Part | str], system: System | None = None) -> tuple[Part, ...]:
    """Return those of *parts*, and of what they need themselves, that this machine does not have."""
    system = system or System.current()
    return tuple(part for part in _with_needs(parts) if not _RECIPES[part].present(system))


def install_command(parts: Iterable[Part | str], system: System | None = None) -> str:
    """Return what to type to install *parts* here, one command a line."""
    system = system or System.current()
    wanted = tuple(map(Part, parts))
    family = system.family
    packages = list(dict.fromkeys(name for part in wanted for name in _RECIPES[part].packages.get(family, ())))
    special = list(dict.fromkeys(line for part in wanted if (line := _RECIPES[part].special.get(family))))
    usual = _INSTALLERS.get(family)
    if usual is None:
        return ", ".join(wanted)
    if family in {"windows", "macos"}:
        # winget takes one name at a time, and so does a cask of brew.
        return "\n".join([f"{usual} {name}" for name in packages] + special)
    return "\n".join(([f"{usual} {' '.join(packages)}"] if packages else []) + special)


def ensure(
    parts: Iterable[Part | str],
    assume_yes: bool = False,
    *,
    optional: Iterable[Part | str] = (),
    system: System | None = None,
    language: Language = "tr",
    report: Callable[[str], None] | None = None,
) -> None:
    """See to it that this machine has *parts*, and *optional* ones where that is possible.

    What is missing is installed with apt if that needs no question: as root, with passwordless sudo, or with
    *assume_yes* and a terminal at which sudo can ask for the password. *report* gets one line before that;
    without it the line goes to standard error. Otherwise raises `SetupError` ("setup_incomplete") whose detail
    is the command to type.
    """
    system = system or System.current()
    required = missing(parts, system)
    absent = (*required, *missing(optional, system))
    if not absent:
        return
    packages = [name for part in absent for name in _RECIPES[part].packages.get(system.family, ())]
    as_root = apt.as_root(system, assume_yes) if packages and system.family in {"debian", "ubuntu"} else None
    if as_root is None:
        if required:
            raise SetupError("setup_incomplete", install_command(required, system))
        return
    names = ", ".join(packages)
    said = f"Kuruluyor: {names} …" if language == "tr" else f"Installing: {names} …"
    (report or _to_stderr)(said)
    complaint = apt.install(packages, as_root, system)
    if len(absent) > 1:
        # One name that this system's lists do not have keeps apt from installing any of them.
        for part in missing(absent, system):
            apt.install(_RECIPES[part].packages.get(system.family, ()), as_root, system)
    for part in missing(absent, system):
        if others := _RECIPES[part].otherwise.get(system.family):
            complaint = apt.install(others, as_root, system)
    if still := missing(required, system):
        raise SetupError("setup_incomplete", "\n".join(filter(None, (install_command(still, system), complaint))))


def _with_needs(parts: Iterable[Part | str]) -> tuple[Part, ...]:
    wanted = tuple(map(Part, parts))
    needs = {Part.BROWSER, Part.ANY_BROWSER} & set(wanted) and Part.DRIVER not in wanted
    return (*wanted, Part.DRIVER) if needs else wanted


def _has_softhsm(system: System) -> bool:
    module = find_softhsm(None if system.root == Path("/") else system.root, system.os)
    return module is not None and (system.os == "windows" or system.program("softhsm2-util") is not None)


def _has(system: System, program: str, below_program_files: str) -> bool:
    if system.program(program) is not None:
        return True
    folder = system.env.get("ProgramFiles") if system.os == "windows" else None
    return folder is not None and (Path(folder) / below_program_files).is_file()


def _apt_is_usual(system: System) -> bool:
    return system.family in {"debian", "ubuntu"}


def _to_stderr(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
