"""Checks of Java: what the official e-imza app needs, and how its JNLP file would open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.preflight.desk import Desk
from assistant.preflight.finding import Finding
from assistant.preflight.machine import package_command

_VERSION = re.compile(r'version "(?:1\.)?([0-9]+)')
OLDEST = 8
"""The official app wants Java 1.8.0 or newer."""
_OPEN_WEB_START = {
    "linux": ("/opt/OpenWebStart/javaws", "/opt/openwebstart/javaws"),
    "macos": ("/Applications/OpenWebStart/OpenWebStart javaws.app", "/Applications/OpenWebStart"),
}
_MIME = "application/x-java-jnlp-file"


def check_java(desk: Desk) -> Sequence[Finding]:
    """Tell whether there is a Java that can run the official app."""
    program = find_java(desk)
    if program is None:
        return [Finding("java", "block", "Java bulunamadı; resmî e-imza uygulaması Java ile çalışır.", _install(desk))]
    told = desk.run([str(program), "-version"])
    found = _VERSION.search(told or "")
    if found is None:
        text = f"Java çalışmıyor: {program}"
        return [Finding("java", "block", text, _install(desk))]
    number = int(found[1])
    if number < OLDEST:
        text = f"Java çok eski: {number}. Resmî e-imza uygulaması en az Java {OLDEST} ister."
        return [Finding("java", "block", text, _install(desk))]
    return [Finding("java", "ok", f"Java: {number} ({program})")]


def check_jnlp(desk: Desk) -> Sequence[Finding]:
    """Tell how a JNLP file would open: by Web Start, or by hand through the jar."""
    starter, name = _web_start(desk)
    if starter is not None:
        handler = _association(desk)
        if handler:
            return [Finding("jnlp", "ok", f"JNLP dosyaları: {name}; çift tıklayınca {handler} açar.")]
        text = f"JNLP dosyaları: {name} var, ama dosya çift tıklayınca onunla açılmaz."
        return [Finding("jnlp", "note", text, "Gerekirse dosyaya sağ tıklayıp Birlikte Aç ile seçiniz.")]
    text = "JNLP dosyaları: Java Web Start yok; .jnlp dosyası metin olarak açılabilir."
    remedy = (
        "OpenWebStart kurunuz (openwebstart.com) veya imza sayfasındaki ikinci bağlantıdan inen jar dosyasını "
        "açınız: java -jar KamuSM-eImza.jar"
    )
    return [Finding("jnlp", "warn", text, remedy)]


def find_java(desk: Desk) -> Path | None:
    """Return the Java program of this machine."""
    home = desk.system.env.get("JAVA_HOME")
    name = "java.exe" if desk.system.os == "windows" else "java"
    if home and (program := Path(home) / "bin" / name).is_file():
        return program
    return desk.system.program("java")


def _web_start(desk: Desk) -> tuple[Path | None, str]:
    system = desk.system
    if system.os == "windows":
        folders = [system.env.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")]
        places = [Path(folder) / "OpenWebStart" / "javaws.exe" for folder in folders if folder]
    else:
        places = [system.place(path) for path in _OPEN_WEB_START.get(system.os, ())]
    for place in places:
        if place.exists():
            return place, "OpenWebStart"
    return system.program("javaws"), "Java Web Start (javaws)"


def _association(desk: Desk) -> str | None:
    """Return what opens a JNLP file on a double click, as far as the system tells."""
    if desk.system.os == "linux":
        asker = desk.system.program("xdg-mime")
        return (desk.run([str(asker), "query", "default", _MIME]) or None) if asker else None
    if desk.system.os == "windows":
        kinds = desk.registry if desk.registry is not None else {".jnlp": _registered(".jnlp")}
        return kinds.get(".jnlp") or None
    return "OpenWebStart"  # macOS: its installer makes the association


def _registered(ending: str) -> str:
    import sys

    if sys.platform != "win32":
        return ""
    import winreg

    try:
        return str(winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, ending))
    except OSError:
        return ""


def _install(desk: Desk) -> str:
    if desk.system.os == "linux":
        return f"Kurunuz: {package_command(desk, 'default-jre', 'java-21-openjdk')}"
    return "java.com/tr adresinden veya adoptium.net'ten Java 8 ya da daha yenisini kurunuz."
