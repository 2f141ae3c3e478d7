"""Checks of the machine itself: system, browser, display, clipboard, clock."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.errors import SetupError, UsageError
from assistant.preflight.desk import Desk
from assistant.preflight.finding import Finding
from assistant.setup import Part, find_browser, install_command
from assistant.version import version

EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""This program is younger than that: a clock that shows an earlier time is wrong."""
LATEST = datetime(2050, 1, 1, tzinfo=UTC)

_SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
_BROWSERS = {"chrome": "Google Chrome", "msedge": "Microsoft Edge", "chromium": "Chromium"}


def check_system(desk: Desk) -> Sequence[Finding]:
    """Tell the system and the versions."""
    name = _SYSTEMS[desk.system.os]
    if desk.system.distro:
        name = f"{name} ({desk.system.distro[0]})"
    elif desk.system.os != "linux":
        name = f"{name} {platform.release()}"
    bits = 64 if sys.maxsize > 2**32 else 32
    text = f"Sistem: {name}, Python {platform.python_version()} ({bits} bit), eonay {version()}"
    return [Finding("system", "ok", text)]


def check_browser(desk: Desk) -> Sequence[Finding]:
    """Tell which browser a run would open."""
    try:
        found = find_browser(desk.settings.browser, desk.system)
    except UsageError:
        text = "Tarayıcı: ayarlarda yazan program bulunamadı."
        remedy = "EONAY_BROWSER değerini veya eonay.toml içindeki browser satırını düzeltiniz: eonay settings"
        return [Finding("browser", "block", text, remedy)]
    except SetupError as error:
        return [Finding("browser", "block", error.reason().what, _install(desk, Part.BROWSER))]
    where = f" ({found.executable_path})" if found.executable_path else ""
    return [Finding("browser", "ok", f"Tarayıcı: {_BROWSERS[found.kind]}{where}")]


def check_display(desk: Desk) -> Sequence[Finding]:
    """Tell whether windows can be opened in this session."""
    if desk.system.os != "linux":
        return [Finding("display", "ok", "Ekran: pencere açılabilir.")]
    for variable, name in (("WAYLAND_DISPLAY", "Wayland"), ("DISPLAY", "X11")):
        if desk.system.env.get(variable):
            return [Finding("display", "ok", f"Ekran: pencere açılabilir ({name}).")]
    remedy = "Programı masaüstü oturumundaki bir uçbirimde başlatınız; uzak bağlantıda (ssh) pencere açılamaz."
    return [Finding("display", "block", "Ekran: bu oturumda pencere açılamaz (DISPLAY tanımlı değil).", remedy)]


def check_clipboard(desk: Desk) -> Sequence[Finding]:
    """Tell whether the code can be put on the clipboard for the official app."""
    if desk.system.os != "linux":
        return [Finding("clipboard", "ok", "Pano: kullanılabilir.")]
    wayland = bool(desk.system.env.get("WAYLAND_DISPLAY"))
    tools = (("wl-copy",) if wayland else ()) + ("xclip", "xsel")
    found = desk.system.program(*tools)
    if found is not None:
        return [Finding("clipboard", "ok", f"Pano: kullanılabilir ({found.name}).")]
    package = "wl-clipboard" if wayland else "xclip"
    text = "Pano: program panoya yazamaz; doğrulama kodunu kendiniz kopyalarsınız."
    return [Finding("clipboard", "warn", text, f"Kurunuz: {package_command(desk, package)}")]


def check_clock(desk: Desk) -> Sequence[Finding]:
    """Tell whether the clock can be right at all: certificates and codes depend on it."""
    now = desk.now()
    shown = f"{now.astimezone():%d.%m.%Y %H:%M}"
    if EARLIEST <= now < LATEST:
        return [Finding("clock", "ok", f"Saat: {shown}")]
    remedy = "Bilgisayarın tarih ve saatini düzeltiniz; en kolayı, otomatik ayarlamayı açmaktır."
    return [Finding("clock", "block", f"Saat yanlış: {shown}", remedy)]


def package_command(desk: Desk, debian: str, fedora: str | None = None) -> str:
    """Return the command that installs a package on this Linux."""
    family = desk.system.family
    if family in {"debian", "ubuntu"}:
        return f"sudo apt install {debian}"
    if family == "fedora":
        return f"sudo dnf install {fedora or debian}"
    return f"{debian} paketi"


def _install(desk: Desk, part: Part) -> str:
    return f"Kurunuz: {install_command([part], desk.system)}"
