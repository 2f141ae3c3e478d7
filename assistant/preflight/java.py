"""Checks of Java: what the official e-imza app needs, and how its JNLP file would open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.official_app.java import find_java, what_to_install
from assistant.preflight.desk import Desk
from assistant.preflight.finding import Finding

_VERSION = re.compile(r'version "(?:1\.)?([0-9]+)')
OLDEST = 8
"""The official app wants Java 1.8.0 or newer."""
_MIME = "application/x-java-jnlp-file"


def check_java(desk: Desk) -> Sequence[Finding]:
    """Tell whether there is a Java that can run the official app."""
    install = what_to_install(desk.language, desk.system)
    program = find_java(desk.system).java
    if program is None:
        text = desk.say(
            "Java bulunamadı; resmî e-imza uygulaması Java ile çalışır.",
            "No Java was found; the official e-signature app needs it.",
        )
        return [Finding("java", "block", text, install)]
    told = desk.run([str(program), "-version"])
    found = _VERSION.search(told or "")
    if found is None:
        return [Finding("java", "block", f"{desk.say('Java çalışmıyor', 'Java does not run')}: {program}", install)]
    number = int(found[1])
    if number < OLDEST:
        text = desk.say(
            f"Java çok eski: {number}. Resmî e-imza uygulaması en az Java {OLDEST} ister.",
            f"Java is too old: {number}. The official e-signature app needs Java {OLDEST} or newer.",
        )
        return [Finding("java", "block", text, install)]
    return [Finding("java", "ok", f"Java: {number} ({program})")]


def check_jnlp(desk: Desk) -> Sequence[Finding]:
    """Tell how a JNLP file would open: by Web Start, or by hand through the jar."""
    head = desk.say("JNLP dosyaları", "JNLP files")
    starter = find_java(desk.system).web_start
    if starter is None:
        text = desk.say(
            "Java Web Start yok; .jnlp dosyası metin olarak açılabilir.",
            "there is no Java Web Start; a .jnlp file may open as text.",
        )
        jar = desk.say(
            "İmza sayfasındaki ikinci bağlantıdan inen dosya da olur: java -jar KamuSM-eImza.jar.",
            "The file of the signing page's second link will do too: java -jar KamuSM-eImza.jar.",
        )
        return [Finding("jnlp", "warn", f"{head}: {text}", f"{jar} {what_to_install(desk.language, desk.system)}")]
    name = "OpenWebStart" if _is_open_web_start(starter) else f"Java Web Start ({starter.stem})"
    handler = _association(desk)
    if handler:
        opens = desk.say(f"çift tıklayınca {handler} açar", f"a double click opens them with {handler}")
        return [Finding("jnlp", "ok", f"{head}: {name}; {opens}.")]
    text = desk.say(
        f"{name} var, ama dosya çift tıklayınca onunla açılmaz.",
        f"{name} is there, but a double click does not open them with it.",
    )
    remedy = desk.say(
        "Gerekirse dosyaya sağ tıklayıp Birlikte Aç ile seçiniz.",
        "If need be, right-click the file and choose it under Open With.",
    )
    return [Finding("jnlp", "note", f"{head}: {text}", remedy)]


def _is_open_web_start(program: Path) -> bool:
    return any("openwebstart" in part.casefold() for part in program.parts)


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
