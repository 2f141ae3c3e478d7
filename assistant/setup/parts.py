"""The system parts we need: how to find each one, and the command that installs it."""

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
    """Something pip can't install."""

    BROWSER = "browser"
    """A browser that opens windows, plus `DRIVER`."""
    ANY_BROWSER = "unattended-browser"
    """Any browser for unattended work, plus `DRIVER`. If there is none we install the headless shell: smaller and
        faster."""
    SHELL = "headless-shell"
    """Debian's headless shell itself: tests compare it with the whole browser. Only on Debian."""
    DRIVER = "libatomic"
    """A library that Playwright's driver links to and a minimal Debian lacks."""
    SOFTHSM = "softhsm2"
    """SoftHSM2: its PKCS#11 module and softhsm2-util."""
    OPENSC = "opensc"
    """OpenSC: pkcs11-tool and its PKCS#11 module."""
    OPENSSL = "openssl"
    """The openssl command."""
    COMPILER = "cc"
    """A C compiler: tests build PKCS#11 modules that misbehave."""
    VIRTUAL_READER = "vpcd"
    """pcscd with vsmartcard's virtual reader: tests plug their own card into it. Only with apt."""
    DISPLAY = "xvfb"
    """An X server without a screen, and xclip for its clipboard: tests pass a code through it. Only with apt."""
    WEB_START = "javaws"
    """Java Web Start and a compiler: tests open a Swing stand-in for the official app. Only with apt."""
    PDF_TOOLS = "poppler"
    """Poppler's tools: tests read the guide's PDF files with them. Only with apt."""
    CODE_READER = "zbar"
    """ZBar's zbarimg: tests read the quick card's QR code with it. Only with apt."""
    TYPEFACE = "fonts"
    """A typeface with Turkish letters, for the guide's video. Only on Linux."""
    VIDEO_PROBE = "ffprobe"
    """FFmpeg's ffprobe: tests inspect the guide's video with it. Only with apt."""

    OFFICE = "libreoffice"
    """LibreOffice Writer and Impress: tests render the guide's office files. Only with apt."""


@dataclass(frozen=True, slots=True)
class _Recipe:
    present: Callable[[System], bool]
    packages: Mapping[Family, tuple[str, ...]]
    """Packages for each family's usual installer. If a family is missing: see `special`, or we know none."""
    special: Mapping[Family, str]
    """Commands for families that need another installer."""
    otherwise: Mapping[Family, tuple[str, ...]] = field(default_factory=dict)
    """What to install if this system's lists don't have `packages`."""


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

# We install no "recommended" packages with apt, so we name the ones that matter: Debian packages Chromium's sandbox
# separately, and pages need a font.
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
        _BROWSERS,  # Pardus 21 doesn't package the shell
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
        # Metric-compatible with Arial and Times New Roman.
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
    """Return those of *parts*, and of whatever they need, that this machine lacks."""
    system = system or System.current()
    return tuple(part for part in _with_needs(parts) if not _RECIPES[part].present(system))


def install_command(parts: Iterable[Part | str], system: System | None = None) -> str:
    """Return what to type to install *parts* here, one command per line."""
    system = system or System.current()
    wanted = tuple(map(Part, parts))
    family = system.family
    packages = list(dict.fromkeys(name for part in wanted for name in _RECIPES[part].packages.get(family, ())))
    special = list(dict.fromkeys(line for part in wanted if (line := _RECIPES[part].special.get(family))))
    usual = _INSTALLERS.get(family)
    if usual is None:
        return ", ".join(wanted)
    if family in {"windows", "macos"}:
        # winget takes one name at a time, and so does brew for casks.
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
    """Make sure this machine has *parts*, and *optional* ones if possible.

    We install what is missing with apt if that needs no question: as root, with passwordless sudo, or with
    *assume_yes* and a terminal for sudo's password. *report* gets one line first; without it the line goes to standard
    error. Otherwise raises `SetupError` ("setup_incomplete"), with the command to type as its detail.
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
        # One unknown package name keeps apt from installing any of them.
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
