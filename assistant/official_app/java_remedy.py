"""What to install so that the official app finds its Java, in the words of this system.

Debian has no package of Java 8 or 11 since bookworm, Fedora none since 42; Ubuntu has both. Which packages are really
to be had, apt is asked itself.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.base.words import Language, told
from assistant.setup.command import run_command
from assistant.setup.system import System

_PACKAGES = ("openjdk-11-jre", "openjdk-8-jre", "temurin-11-jre", "temurin-8-jre", "zulu11-jre", "zulu8-jre")
"""Of Debian, of Ubuntu, and of the vendors' own repositories where somebody added one."""
_OFFERED = re.compile(r"^(\S+):\n  Installed: .*\n  Candidate: [0-9]", re.MULTILINE)
"""A package that can be had, in the answer of ``apt-cache policy``."""


def what_to_install(language: Language, system: System | None = None) -> str:
    """Return what to install here, in a sentence or two, so that the official app runs with Java 8 or 11."""
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
    """Return what to install so that a JNLP file opens on a double click, with the setting that it needs."""
    return told("official_app.java.web_start", language)


@cache
def _to_be_had(apt_cache: str) -> str | None:
    """Return the first of the packages that apt knows a version of. Asked once: a panel tells this every second."""
    answer = run_command(("env", "LC_ALL=C", apt_cache, "policy", *_PACKAGES))
    offered = set(_OFFERED.findall(f"{answer or ''}\n"))
    return next((name for name in _PACKAGES if name in offered), None)
