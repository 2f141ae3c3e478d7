"""Checks of Java: what the official e-imza app needs, and how its JNLP file would open."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.official_app.java import (
    OLDEST,
    Fitness,
    FoundJava,
    Java,
    is_open_web_start,
    what_opens_jnlp,
    what_to_install,
)
from assistant.preflight.desk import Desk
from assistant.preflight.finding import Finding, Level

_MIME = "application/x-java-jnlp-file"
_LEVELS: dict[Fitness, Level] = {
    "right": "ok",
    "fair": "ok",
    "unknown": "warn",
    "too_new": "warn",
    "too_old": "block",
    "broken": "block",
}


def check_java(desk: Desk) -> Sequence[Finding]:
    """Tell which Java runs the official app and whether it can read the card; then every other Java, a line each."""
    java = desk.java()
    install = what_to_install(desk.language, desk.system)
    if not java.all:
        return [*_without_java(desk, java, install), *_variable(desk, java)]
    first, *others = java.all
    level = _LEVELS[first.fitness]
    text = (
        f"{_name(first)}: {_verdict(desk, first)}" if level != "ok" else f"Java: {_name(first).removeprefix('Java ')}"
    )
    if level == "block" and java.web_start is not None and is_open_web_start(java.web_start):
        level = "warn"  # it fetches a Java of its own
    remedy = f"{desk.remedy('java-too-new')} {install}" if first.fitness == "too_new" else install
    said = [Finding("java", level, text, None if level == "ok" else remedy), *_variable(desk, java)]
    rest = [one for one in others if one.path != java.named]
    return said + [Finding("java_other", "note", f"{_name(one)}: {_verdict(desk, one)}") for one in rest]


def _without_java(desk: Desk, java: Java, install: str) -> list[Finding]:
    text = desk.say(
        "Java bulunamadı; resmî e-imza uygulaması Java ile çalışır.",
        "No Java was found; the official e-signature app needs it.",
    )
    if java.web_start is None or not is_open_web_start(java.web_start):
        return [Finding("java", "block", text, install)]
    text = desk.say(
        "Java bulunamadı; OpenWebStart kendi Java'sını indirir, ama en yenisini alırsa kart okunamaz.",
        "No Java was found; OpenWebStart fetches its own, but with the newest one the card cannot be read.",
    )
    return [Finding("java", "warn", text, _range(desk))]


def _variable(desk: Desk, java: Java) -> list[Finding]:
    """Tell of a JAVA_HOME that names nothing or a Java that is not the one taken; it stands in nobody's way."""
    if java.variable is None or (java.all and java.named == java.all[0].path):
        return []
    named = next((one for one in java.all if one.path == java.named), None)
    if named is None and java.named is not None and java.all and java.named.resolve() == java.all[0].path.resolve():
        return []
    if named is None:
        what = desk.say("orada çalıştırılabilir bir Java yok", "there is no Java that can be run")
    else:
        what = f"{_name(named)}: {_verdict(desk, named)}"
    text = f"{java.variable}: {what}"
    if java.best is not None:
        text += desk.say(f". Yerine kullanılacak: {_name(java.best)}", f". Used instead: {_name(java.best)}")
    remedy = desk.say(
        f"{java.variable} değişkenini düzeltiniz veya siliniz.", f"Correct the variable {java.variable}, or remove it."
    )
    return [Finding("java_home", "note", f"{text}.", remedy)]


def _name(java: FoundJava) -> str:
    number = "?" if java.version is None else str(java.version)
    bits = f", {java.bits} bit" if java.bits else ""
    return f"Java {number}{bits} ({java.path})"


def _verdict(desk: Desk, java: FoundJava) -> str:
    told = {
        "right": ("resmî e-imza uygulamasına uygun", "right for the official e-signature app"),
        "fair": ("resmî e-imza uygulamasına uygun olmalı", "should do for the official e-signature app"),
        "unknown": (
            "çalışıyor, ama sürümü okunamadı; resmî e-imza uygulaması Java 8 veya 11 ister",
            "runs, but its version cannot be read; the official e-signature app wants Java 8 or 11",
        ),
        "too_new": (
            "resmî e-imza uygulaması kartı bununla büyük olasılıkla okuyamaz",
            "with it the official e-signature app most likely cannot read the card",
        ),
        "too_old": (
            f"çok eski; resmî e-imza uygulaması en az Java {OLDEST} ister",
            f"too old; the official e-signature app needs Java {OLDEST} or newer",
        ),
        "broken": ("çalışmıyor veya yanıt vermiyor", "does not run, or does not answer"),
    }
    return desk.say(*told[java.fitness])


def _range(desk: Desk) -> str:
    return desk.say(
        "OpenWebStart ayarlarındaki JVM Manager bölümünde sürüm aralığını 1.8 yapıp indirmeyi kapatınız; ya da: ",
        "In OpenWebStart's settings, under JVM Manager, set the version range to 1.8 and turn the download off; or: ",
    ) + what_to_install(desk.language, desk.system)


def check_jnlp(desk: Desk) -> Sequence[Finding]:
    """Tell how a JNLP file would open: by Web Start, or by hand through the jar."""
    head = desk.say("JNLP dosyaları", "JNLP files")
    starter = desk.java().web_start
    if starter is None:
        text = desk.say(
            "Java Web Start yok; .jnlp dosyası metin olarak açılabilir.",
            "there is no Java Web Start; a .jnlp file may open as text.",
        )
        by_hand = f"{desk.remedy('jnlp-as-text')} {desk.remedy('jar-does-not-open')}."  # it ends with a command
        return [Finding("jnlp", "warn", f"{head}: {text}", f"{by_hand} {what_opens_jnlp(desk.language)}")]
    name = "OpenWebStart" if is_open_web_start(starter) else f"Java Web Start ({starter.stem})"
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
