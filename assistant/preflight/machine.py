"""Checks of the machine itself: system, browser, display, clipboard, clock, free space."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.base.errors import SetupError, UsageError
from assistant.base.version import version
from assistant.base.workplace import workplace
from assistant.preflight.desk import Workstation
from assistant.preflight.finding import Finding
from assistant.setup import Part, find_browser, install_command
from assistant.setup.browser import CHOSEN_BY, PRODUCTS, find_shell
from assistant.setup.policies import hindering
from assistant.setup.url_policies import closed

EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""This program is younger than this date, so a clock that shows an earlier one is wrong."""
LATEST = datetime(2050, 1, 1, tzinfo=UTC)

_SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}


def check_system(desk: Workstation) -> Sequence[Finding]:
    """Report the system and the versions."""
    name = _SYSTEMS[desk.system.os]
    if desk.system.distro:
        name = f"{name} ({desk.system.distro[0]})"
    elif desk.system.os != "linux":
        name = f"{name} {platform.release()}"
    bits = 64 if sys.maxsize > 2**32 else 32
    head = desk.say("system")
    text = f"{head}: {name}, Python {platform.python_version()} ({bits} bit), eonay {version()}"
    return [Finding("system", "ok", text)]


def check_browser(desk: Workstation) -> Sequence[Finding]:
    """Report which browser a run would open."""
    try:
        found = find_browser(desk.settings.browser, desk.system)
    except UsageError as error:
        text = f"{desk.say('browser.head')}: {error.told(desk.language).removeprefix(CHOSEN_BY)}"
        remedy = desk.say("browser.setting")
        return [Finding("browser", "block", text, remedy)]
    except SetupError as error:
        missing = Finding("browser", "block", desk.reason(error.code).what, _install(desk, Part.BROWSER))
        return [missing, *_unattended(desk)]
    if policy := hindering(found, desk.system):
        reason = desk.reason("browser_policy")
        return [Finding("browser", "block", f"{reason.what} {policy}", reason.remedy), *_unattended(desk)]
    where = f" ({found.executable_path})" if found.executable_path else ""
    told = [Finding("browser", "ok", f"{desk.say('browser.head')}: {PRODUCTS[found.kind]}{where}")]
    return told if desk.settings.browser else [*told, *_unattended(desk)]


def check_addresses(desk: Workstation) -> Sequence[Finding]:
    """Check that no company policy closes the portal or the panel to the browser. Nothing to say if none does."""
    try:
        browser = find_browser(desk.settings.browser, desk.system)
    except (SetupError, UsageError):
        return []  # the browser's own check reports that
    for code, addresses in (("portal_blocked", desk.addresses), ("browser_policy", filter(None, [desk.window]))):
        if found := closed(browser, desk.system, addresses):
            policy, address = found
            reason = desk.reason(code)
            return [Finding("addresses", "block", f"{reason.what} {address}: {policy}", reason.remedy)]
    return []


def _unattended(desk: Workstation) -> list[Finding]:
    """Name the headless shell, if there is one: dry runs and the guide's pictures use it."""
    shell = find_shell(desk.system)
    if shell is None:
        return []
    text = desk.say("browser.unattended")
    return [Finding("unattended_browser", "ok", f"{text}: Chromium (headless shell, {shell.executable_path})")]


def check_display(desk: Workstation) -> Sequence[Finding]:
    """Check that this session can open windows."""
    opens = desk.say("display.ok")
    if desk.system.os != "linux":
        return [Finding("display", "ok", f"{opens}.")]
    for variable, name in (("WAYLAND_DISPLAY", "Wayland"), ("DISPLAY", "X11")):
        if desk.system.env.get(variable):
            return [Finding("display", "ok", f"{opens} ({name}).")]
    remedy = desk.say("display.remedy")
    text = desk.say("display.none")
    return [Finding("display", "block", text, remedy)]


def check_clipboard(desk: Workstation) -> Sequence[Finding]:
    """Check that we can put the code on the clipboard for the official app."""
    usable = desk.say("clipboard.ok")
    if desk.system.os != "linux":
        return [Finding("clipboard", "ok", f"{usable}.")]
    wayland = bool(desk.system.env.get("WAYLAND_DISPLAY"))
    tools = (("wl-copy",) if wayland else ()) + ("xclip", "xsel")
    found = desk.system.program(*tools)
    if found is not None:
        return [Finding("clipboard", "ok", f"{usable} ({found.name}).")]
    package = "wl-clipboard" if wayland else "xclip"
    text = desk.say("clipboard.none")
    return [Finding("clipboard", "warn", text, desk.say("install", command=package_command(desk, package)))]


def check_clock(desk: Workstation) -> Sequence[Finding]:
    """Check that the clock is plausible: certificates and codes depend on it."""
    now = desk.now()
    shown = f"{now.astimezone():%d.%m.%Y %H:%M}"
    if EARLIEST <= now < LATEST:
        return [Finding("clock", "ok", f"{desk.say('clock.head')}: {shown}")]
    remedy = desk.say("clock.remedy")
    return [Finding("clock", "block", f"{desk.say('clock.wrong')}: {shown}", remedy)]


def check_room(desk: Workstation) -> Sequence[Finding]:
    """Report a lack of space for temporary files; nothing if there is enough."""
    try:
        with workplace():
            return []
    except SetupError as error:
        reason = desk.reason(error.code)
        return [Finding("room", "block", reason.what, reason.remedy)]


def package_command(desk: Workstation, debian: str, fedora: str | None = None) -> str:
    """Return the command that installs a package on this Linux."""
    family = desk.system.family
    if family in {"debian", "ubuntu"}:
        return f"sudo apt install {debian}"
    if family == "fedora":
        return f"sudo dnf install {fedora or debian}"
    return desk.say("install_package", package=debian)


def _install(desk: Workstation, part: Part) -> str:
    return desk.say("install", command=install_command([part], desk.system))
