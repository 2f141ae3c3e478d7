"""Company policies that keep a browser from being automated, reported before they cost us a run.

Names and meaning: https://chromeenterprise.google/policies/. We tried what each does with Chromium 150: with
``RemoteDebuggingAllowed`` off it exits at once, with ``DeveloperToolsAvailability`` 2 or ``IncognitoModeAvailability``
2 it opens no page, with ``HeadlessMode`` 2 it won't start without a window. A headless shell reads no policies.

On Linux Chromium reads every file of its folder, whatever its name, and lets comments and commas too many pass (tried
with the same version). Where two files set a policy, the file whose name comes last decides.
"""

from __future__ import annotations

import json
import plistlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from assistant.base.files import is_file
from assistant.base.parsing import read_json
from assistant.setup.browser import Browser, Kind
from assistant.setup.system import System

_LINUX: Mapping[Kind, tuple[str, ...]] = {
    "chrome": ("/etc/opt/chrome/policies/managed",),
    "msedge": ("/etc/opt/edge/policies/managed",),
    "chromium": ("/etc/chromium/policies/managed", "/etc/chromium-browser/policies/managed"),
}
_MACOS: Mapping[Kind, str] = {
    "chrome": "com.google.Chrome",
    "msedge": "com.microsoft.Edge",
    "chromium": "org.chromium.Chromium",
}
_TEXT = r'(?P<text>"(?:[^"\\]|\\.)*")'
_COMMENT = re.compile(rf"{_TEXT}|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TOO_MANY = re.compile(rf"{_TEXT}|,(?=\s*[\]}}])", re.DOTALL)
_LISTS = ("URLBlocklist", "URLAllowlist")
"""The policies we look at that are lists. On Windows each is a key of its own, with values called 1, 2, 3, ..."""
_WINDOWS: Mapping[Kind, str] = {
    "chrome": r"SOFTWARE\Policies\Google\Chrome",
    "msedge": r"SOFTWARE\Policies\Microsoft\Edge",
    "chromium": r"SOFTWARE\Policies\Chromium",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy set on this machine."""

    name: str
    value: object
    where: str
    """The file or registry key."""

    def __str__(self) -> str:
        return f"{self.name} = {json.dumps(self.value)} ({self.where})"


_HINDERS: Mapping[str, Callable[[object], bool]] = {
    "RemoteDebuggingAllowed": lambda value: value is False,  # Chromium ignores a 0 in a file
    "DeveloperToolsAvailability": lambda value: value == 2,
    "IncognitoModeAvailability": lambda value: value == 2,
}
_SWITCHES = frozenset({"RemoteDebuggingAllowed"})
_HINDERS_WITHOUT_WINDOW: Mapping[str, Callable[[object], bool]] = {"HeadlessMode": lambda value: value == 2}


def hindering(browser: Browser, system: System, *, headed: bool = True) -> Policy | None:
    """Return the policy that keeps *browser* from being automated on *system*, or None.

    If we can't read the policies we carry on; the browser will tell.
    """
    if browser.is_shell:
        return None
    rules = _HINDERS if headed else {**_HINDERS, **_HINDERS_WITHOUT_WINDOW}
    return next(
        (
            policy
            for policy in policies(browser.kind, system)
            if policy.name in rules and rules[policy.name](policy.value)
        ),
        None,
    )


def policies(kind: Kind, system: System) -> Iterator[Policy]:
    """Yield the policies set for browsers of *kind* on *system*, as far as we can read them."""
    match system.os:
        case "linux":
            for folder in _LINUX[kind]:
                set_here: dict[str, Policy] = {}
                for path in _files(system.place(folder)):
                    set_here.update((policy.name, policy) for policy in _named(_json(path), str(path)))
                yield from set_here.values()
        case "macos":
            for path in sorted(system.place("/Library/Managed Preferences").glob(f"**/{_MACOS[kind]}.plist")):
                yield from _named(_plist(path), str(path))
        case "windows":
            yield from _registry(_WINDOWS[kind])


def _named(values: object, where: str) -> Iterator[Policy]:
    if isinstance(values, dict):
        yield from (Policy(str(name), value, where) for name, value in values.items())


def _files(folder: Path) -> Sequence[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if is_file(path)]
    except OSError:
        return []


def _json(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return read_json(_TOO_MANY.sub(_kept_text, _COMMENT.sub(_kept_text, text)))
    except (OSError, ValueError):
        return None


def _kept_text(found: re.Match[str]) -> str:
    """Return what stays of *found*: a text, in which nothing is a comment; else a space."""
    return found["text"] or " "


def _plist(path: Path) -> object:
    try:
        return plistlib.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError, plistlib.InvalidFileException, ExpatError):
        return None


def _registry(key: str) -> Iterator[Policy]:
    if sys.platform != "win32":
        return
    import winreg

    for root, name in ((winreg.HKEY_LOCAL_MACHINE, "HKLM"), (winreg.HKEY_CURRENT_USER, "HKCU")):
        where = f"{name}\\{key}"
        for policy, value in _values(root, key):  # a registry has numbers only
            yield Policy(policy, bool(value) if policy in _SWITCHES else value, where)
        for policy in _LISTS:
            if values := [value for _, value in _values(root, f"{key}\\{policy}")]:
                yield Policy(policy, values, where)


def _values(root: int, key: str) -> Iterator[tuple[str, Any]]:
    if sys.platform != "win32":
        return
    import winreg

    try:
        with winreg.OpenKey(root, key) as opened:
            for number in range(winreg.QueryInfoKey(opened)[1]):
                name, value, _ = winreg.EnumValue(opened, number)
                yield name, value
    except OSError:
        return
