"""Java checks: what the official app needs, and how its JNLP file would open."""

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
from assistant.preflight.desk import Workstation
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


def check_java(desk: Workstation) -> Sequence[Finding]:
    """Report which Java runs the official app and whether it can read the card, then every other Java, one per line."""
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
        level = "warn"  # it downloads its own Java
    remedy = f"{desk.remedy('java-too-new')} {install}" if first.fitness == "too_new" else install
    said = [Finding("java", level, text, None if level == "ok" else remedy), *_variable(desk, java)]
    rest = [one for one in others if one.path != java.named]
    return said + [Finding("java_other", "note", f"{_name(one)}: {_verdict(desk, one)}") for one in rest]


def _without_java(desk: Workstation, java: Java, install: str) -> list[Finding]:
    text = desk.say("java.missing")
    if java.web_start is None or not is_open_web_start(java.web_start):
        return [Finding("java", "block", text, install)]
    text = desk.say("java.web_start")
    return [Finding("java", "warn", text, _range(desk))]


def _variable(desk: Workstation, java: Java) -> list[Finding]:
    """Report a JAVA_HOME that points nowhere, or at a Java we don't use. It does no harm."""
    if java.variable is None or (java.all and java.named == java.all[0].path):
        return []
    named = next((one for one in java.all if one.path == java.named), None)
    if named is None and java.named is not None and java.all and java.named.resolve() == java.all[0].path.resolve():
        return []
    what = desk.say("java.not_there") if named is None else f"{_name(named)}: {_verdict(desk, named)}"
    text = f"{java.variable}: {what}"
    if java.best is not None:
        text += desk.say("java.instead", java=_name(java.best))
    remedy = desk.say("java.variable", variable=java.variable)
    return [Finding("java_home", "note", f"{text}.", remedy)]


def _name(java: FoundJava) -> str:
    number = "?" if java.version is None else str(java.version)
    bits = f", {java.bits} bit" if java.bits else ""
    return f"Java {number}{bits} ({java.path})"


def _verdict(desk: Workstation, java: FoundJava) -> str:
    oldest = {"oldest": OLDEST} if java.fitness == "too_old" else {}
    return desk.say(f"java.verdict.{java.fitness}", **oldest)


def _range(desk: Workstation) -> str:
    return desk.say("java.range", install=what_to_install(desk.language, desk.system))


def check_jnlp(desk: Workstation) -> Sequence[Finding]:
    """Report how a JNLP file would open: with Web Start, or by hand through the jar."""
    head = desk.say("jnlp.head")
    starter = desk.java().web_start
    if starter is None:
        text = desk.say("jnlp.no_starter")
        by_hand = f"{desk.remedy('jnlp-as-text')} {desk.remedy('jar-does-not-open')}."  # ends with a command
        return [Finding("jnlp", "warn", f"{head}: {text}", f"{by_hand} {what_opens_jnlp(desk.language)}")]
    name = "OpenWebStart" if is_open_web_start(starter) else f"Java Web Start ({starter.stem})"
    handler = _association(desk)
    if handler:
        opens = desk.say("jnlp.opens", handler=handler)
        return [Finding("jnlp", "ok", f"{head}: {name}; {opens}.")]
    text = desk.say("jnlp.not_by_click", name=name)
    remedy = desk.say("jnlp.open_with")
    return [Finding("jnlp", "note", f"{head}: {text}", remedy)]


def _association(desk: Workstation) -> str | None:
    """Return what opens a JNLP file on a double click, if the system says."""
    if desk.system.os == "linux":
        asker = desk.system.program("xdg-mime")
        return (desk.run([str(asker), "query", "default", _MIME]) or None) if asker else None
    if desk.system.os == "windows":
        kinds = desk.registry if desk.registry is not None else {".jnlp": _registered(".jnlp")}
        return kinds.get(".jnlp") or None
    return "OpenWebStart"  # on macOS its installer registers it


def _registered(ending: str) -> str:
    import sys

    if sys.platform != "win32":
        return ""
    import winreg

    try:
        return str(winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, ending))
    except OSError:
        return ""
