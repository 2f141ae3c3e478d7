"""What to install so that the official app finds its Java, in this system's own commands.

Debian has had no Java 8 or 11 package since bookworm, Fedora none since 42; Ubuntu has both. We ask apt itself which
packages it really has.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.base.words import Language, told
from assistant.setup.command import run_command
from assistant.setup.system import System

_PACKAGES = ("openjdk-11-jre", "openjdk-8-jre", "temurin-11-jre", "temurin-8-jre", "zulu11-jre", "zulu8-jre")
"""Debian's, Ubuntu's, and the vendors' own, if somebody added their repositories."""
_OFFERED = re.compile(r"^(\S+):\n  Installed: .*\n  Candidate: [0-9]", re.MULTILINE)
"""An available package in the output of ``apt-cache policy``."""


def what_to_install(language: Language, system: System | None = None) -> str:
    """Return what to install, in a sentence or two, so that the official app runs with Java 8 or 11."""
    system = system or System.current()
    family = system.family
    if family in {"debian", "ubuntu"}:
        asked = system.program("apt-cache")
        package = (_to_be_had(str(asked)) if asked else None) or (_PACKAGES[0] if family == "ubuntu" else None)
        if package is None:
            return told("official_app.java.debian", language)
        version = 11 if "11" in package else 8
        return told("official_app.java.apt", language, package=package, version=version)
    return told(f"official_app.java.{family}", language)


def what_opens_jnlp(language: Language) -> str:
    """Return what to install so that a JNLP file opens on a double click, and the setting it needs."""
    return told("official_app.java.web_start", language)


@cache
def _to_be_had(apt_cache: str) -> str | None:
    """Return the first of the packages that apt can install. Cached, because a panel asks every second."""
    answer = run_command(("env", "LC_ALL=C", apt_cache, "policy", *_PACKAGES))
    offered = set(_OFFERED.findall(f"{answer or ''}\n"))
    return next((name for name in _PACKAGES if name in offered), None)
