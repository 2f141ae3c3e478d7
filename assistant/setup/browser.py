"""Finds the browser: the person's own Chrome, Edge or Chromium first, then the one Playwright brings.

For unattended work we prefer Debian's ``chromium-headless-shell``: Chromium without windows, and faster on the same
cores. That work needs nothing more: downloads, dialogs, frames, the clipboard, animations and PDF all work (a test says
so), and the same version draws the guide byte for byte the same. The one difference: it downloads PDFs instead of
showing them. A guided run never uses it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from shutil import disk_usage
from typing import Any, Literal

from assistant.base.errors import SetupError, UsageError
from assistant.base.files import is_file
from assistant.base.surroundings import expanded
from assistant.setup.system import System

Kind = Literal["chrome", "msedge", "chromium"]
PRODUCTS: dict[Kind, str] = {"chrome": "Google Chrome", "msedge": "Microsoft Edge", "chromium": "Chromium"}
BROWSER_NAME = re.compile(rf"(?:{'|'.join(PRODUCTS.values())}) [0-9]{{1,4}}\.[0-9]{{1,5}}(?: \(headless shell\))?")
"""How reports and guides name a browser; nothing else is allowed."""

CHOSEN_BY = "--browser, EONAY_BROWSER: "
"""What a sentence about the person's own choice starts with: where they made it."""

_NAMES: dict[Kind, tuple[str, ...]] = {
    "chrome": ("google-chrome-stable", "google-chrome"),
    "msedge": ("microsoft-edge-stable", "microsoft-edge"),
    "chromium": ("chromium", "chromium-browser"),
}
_LINUX: dict[Kind, str] = {
    "chrome": "/opt/google/chrome/chrome",
    "msedge": "/opt/microsoft/msedge/msedge",
    "chromium": "/usr/lib/chromium/chromium",
}
_SHELLS = frozenset({"chromium-headless-shell", "chrome-headless-shell", "headless_shell"})
"""Names of windowless builds: Debian's, Google's download, Fedora's."""
_SHELL = "chromium-headless-shell"
_SHELL_ON_LINUX = f"/usr/lib/chromium/{_SHELL}"
"""Debian's real program. The command with that name is only a script, and stays running next to it."""
_MACOS: dict[Kind, str] = {
    "chrome": "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "msedge": "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "chromium": "Applications/Chromium.app/Contents/MacOS/Chromium",
}
_WINDOWS: dict[Kind, str] = {
    "chrome": "Google/Chrome/Application/chrome.exe",
    "msedge": "Microsoft/Edge/Application/msedge.exe",
    "chromium": "Chromium/Application/chrome.exe",
}
_SHARED_MEMORY = 1 << 30
"""With this many free bytes in /dev/shm we let the browser use it. A container has 64 MiB by default."""
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser we can start."""

    kind: Kind
    """Whose browser it is."""
    executable_path: Path | None = None
    """Its program; None for Playwright's own, which Playwright finds itself."""
    channel: str | None = None
    """Playwright's name for it, if there is no path."""
    args: tuple[str, ...] = ()
    """Arguments it needs on this machine."""
    sandbox: bool = True
    """Whether its sandbox is on. Chromium won't start with a sandbox as root; everybody else gets one."""
    shared_memory: bool = False
    """Whether /dev/shm is big enough. If not, its processes pass pixels through files in the temporary folder, which is
        Playwright's default because of small containers. That is slower, and puts pictures of pages on the disk."""
    is_shell: bool = False
    """Whether this build can't open windows: only for unattended work."""

    def named(self, version: str) -> str:
        """Return product and version for a report; empty if *version* looks odd."""
        number = ".".join(version.split(".")[:2])
        name = f"{PRODUCTS[self.kind]} {number}{' (headless shell)' if self.is_shell else ''}"
        return name if BROWSER_NAME.fullmatch(name) else ""

    def launch_options(self, *more_args: str) -> dict[str, Any]:
        """Return the keyword arguments for Playwright's `launch` and `launch_persistent_context`.

        Playwright adds ``--no-sandbox`` by itself unless ``chromium_sandbox`` says otherwise.
        """
        options: dict[str, Any] = {"args": [*self.args, *more_args], "chromium_sandbox": self.sandbox}
        if self.shared_memory:
            options["ignore_default_args"] = ["--disable-dev-shm-usage"]
        if self.executable_path is not None:
            options["executable_path"] = str(self.executable_path)
        elif self.channel is not None:
            options["channel"] = self.channel
        return options


ELSEWHERE = Browser("chromium")
"""Stands in for a browser on another machine until we find it there (`assistant.fleet.Craft.here`)."""


def find_browser(
    explicit: Path | str | None = None, system: System | None = None, *, unattended: bool = False
) -> Browser:
    """Return the browser to use; for *unattended* work (no windows), a headless shell if there is one.

    *explicit* is the person's choice and wins: a path, ``shell`` for the headless shell, or ``full`` for the browser
    with windows. Raises `UsageError` if it doesn't exist or can't open a window we need, and `SetupError`
    ("browser_missing") if we find nothing.
    """
    system = system or System.current()
    if explicit == "full":
        explicit, unattended = None, False
    elif explicit == "shell":
        shell = find_shell(system)
        if shell is None or shell.executable_path is None:
            raise UsageError.of("setup.browser.no_shell")
        explicit = shell.executable_path
    if explicit is not None:
        path = expanded(explicit)
        if not is_file(path):
            raise UsageError.of("setup.browser.no_program", by=CHOSEN_BY, path=path)
        chosen = _browser(_kind(path), system, path)
        if chosen.is_shell and not unattended:
            raise UsageError.of("setup.browser.no_window", by=CHOSEN_BY, path=path)
        return chosen
    found = look_for_browser(system, unattended=unattended)
    if found is None:
        raise SetupError("browser_missing")
    return found


def look_for_browser(system: System, *, unattended: bool = False) -> Browser | None:
    """Return the browser to use, or None if there isn't one."""
    if unattended and (shell := find_shell(system)):
        return shell
    candidates = tuple(_installed(system))
    own = next((found for found in candidates if not _is_snap(found[1])), None)
    if own is not None:
        return _browser(own[0], system, own[1])
    if _playwright_has_one(system):
        # "chromium" means the whole browser; without it Playwright takes its cut-down headless one.
        return _browser("chromium", system, channel="chromium")
    # A snap only sees its own /tmp. It works, but it is our last choice.
    return _browser(candidates[0][0], system, candidates[0][1]) if candidates else None


def find_shell(system: System) -> Browser | None:
    """Return Debian's headless shell, or None if it isn't installed."""
    if system.os != "linux":
        return None
    place = system.place(_SHELL_ON_LINUX)
    path = place if is_file(place) else system.program(_SHELL)
    return _browser("chromium", system, path) if path is not None else None


def _browser(kind: Kind, system: System, executable_path: Path | None = None, channel: str | None = None) -> Browser:
    args = ("--no-sandbox",) if system.is_root else ()
    return Browser(
        kind,
        executable_path,
        channel,
        args,
        sandbox=not system.is_root,
        shared_memory=_has_shared_memory(system),
        is_shell=executable_path is not None and executable_path.stem.lower() in _SHELLS,
    )


def _has_shared_memory(system: System) -> bool:
    try:
        return system.os == "linux" and disk_usage(system.root / "dev" / "shm").free >= _SHARED_MEMORY
    except OSError:
        return False


def _installed(system: System) -> Iterator[tuple[Kind, Path]]:
    """Yield the installed browsers, best first."""
    places: Callable[[Kind], tuple[Path, ...]]
    if system.os == "windows":
        folders = tuple(Path(system.env[name]) for name in _WINDOWS_FOLDERS if system.env.get(name))
        places = partial(_in_folders, _WINDOWS, folders)
    elif system.os == "macos":
        places = partial(_in_folders, _MACOS, (system.root, system.home))
    else:
        places = partial(_in_folders, {kind: path.lstrip("/") for kind, path in _LINUX.items()}, (system.root,))
    kinds: tuple[Kind, ...] = ("chrome", "msedge", "chromium")
    for kind in kinds:
        for name in _NAMES[kind] if system.os == "linux" else ():
            if found := system.program(name):
                yield kind, found
        yield from ((kind, path) for path in places(kind) if is_file(path))


def _in_folders(paths: dict[Kind, str], folders: tuple[Path, ...], kind: Kind) -> tuple[Path, ...]:
    return tuple(folder / paths[kind] for folder in folders)


def _is_snap(program: Path) -> bool:
    """Whether *program* is a snap: its link, or Ubuntu's wrapper script."""
    if "snap" in program.parts or program.resolve().name == "snap":
        return True
    with program.open("rb") as content:
        head = content.read(4096)
    return head.startswith(b"#!") and b"/snap/bin/" in head


def _kind(program: Path) -> Kind:
    name = program.name.lower()
    if "edge" in name:
        return "msedge"
    return "chrome" if "chrome" in name else "chromium"


def _playwright_has_one(system: System) -> bool:
    """Whether the browser for exactly this Playwright has been downloaded.

    The locations come from Playwright's registry (`registryDirectory` in its driver).
    """
    listed = resources.files("playwright") / "driver" / "package" / "browsers.json"
    browsers = json.loads(listed.read_text(encoding="utf-8"))["browsers"]
    revision = next(entry["revision"] for entry in browsers if entry["name"] == "chromium")
    chosen = system.env.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen == "0":
        folder = Path(str(listed)).parent / ".local-browsers"
    elif chosen:
        folder = Path(chosen)
    elif system.os == "windows":
        folder = Path(system.env.get("LOCALAPPDATA", str(system.home / "AppData" / "Local"))) / "ms-playwright"
    elif system.os == "macos":
        folder = system.home / "Library" / "Caches" / "ms-playwright"
    else:
        folder = Path(system.env.get("XDG_CACHE_HOME", str(system.home / ".cache"))) / "ms-playwright"
    return is_file(folder / f"chromium-{revision}" / "INSTALLATION_COMPLETE")
