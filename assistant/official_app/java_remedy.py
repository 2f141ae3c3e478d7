"""What to install so that the official app finds its Java, in the words of this system.

Debian has no package of Java 8 or 11 since bookworm, Fedora none since 42; Ubuntu has both. Which packages are really
to be had, apt is asked itself.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.base.outcome import Language
from assistant.setup.command import run_command
from assistant.setup.system import Family, System

_PACKAGES = ("openjdk-11-jre", "openjdk-8-jre", "temurin-11-jre", "temurin-8-jre", "zulu11-jre", "zulu8-jre")
"""Of Debian, of Ubuntu, and of the vendors' own repositories where somebody added one."""
_OFFERED = re.compile(r"^(\S+):\n  Installed: .*\n  Candidate: [0-9]", re.MULTILINE)
"""A package that can be had, in the answer of ``apt-cache policy``."""

_APT = {
    "tr": "Java {version} kurunuz. Terminalde şu komutu çalıştırınız: sudo apt install {package}",
    "en": "Install Java {version}. Run this in a terminal: sudo apt install {package}",
}
_BY_HAND = {
    "tr": "Java 8 veya 11 kurunuz: adoptium.net adresinden Temurin 11 (JRE) ya da azul.com adresinden Zulu 8 (JRE)",
    "en": "Install Java 8 or 11: Temurin 11 (JRE) from adoptium.net or Zulu 8 (JRE) from azul.com",
}
_INSTALL: dict[Family, dict[Language, str]] = {
    "debian": {
        "tr": f"{_BY_HAND['tr']}; bu sistemin paketlerinde ikisi de yok. Arşivi /opt altına açmak yeter.",
        "en": f"{_BY_HAND['en']}; this system's packages have neither. Unpacking the archive below /opt is enough.",
    },
    "fedora": {
        "tr": "Java 11'i kurunuz. Terminalde şu komutu çalıştırınız: sudo dnf install java-11-openjdk. Paket "
        "bulunamazsa adoptium.net adresinden Temurin 11 (JRE) arşivini indirip /opt altına açınız.",
        "en": "Install Java 11. Run this in a terminal: sudo dnf install java-11-openjdk. Where there is no such "
        "package, unpack Temurin 11 (JRE) from adoptium.net below /opt.",
    },
    "windows": {
        "tr": "Java 11'i şu komutla kurunuz: winget install EclipseAdoptium.Temurin.11.JRE. Komut çalışmazsa "
        "adoptium.net adresinden Temurin 8 veya 11 (JRE).",
        "en": "Install Java 11 with: winget install EclipseAdoptium.Temurin.11.JRE. Where that does not work, take "
        "Temurin 8 or 11 (JRE) from adoptium.net.",
    },
    "macos": {
        "tr": "Java 11'i şu komutla kurunuz: brew install --cask temurin@11. Komut çalışmazsa adoptium.net adresinden "
        "Temurin 11 ya da azul.com adresinden Zulu 8.",
        "en": "Install Java 11 with: brew install --cask temurin@11. Where that does not work, take Temurin 11 from "
        "adoptium.net or Zulu 8 from azul.com.",
    },
    "other": {
        "tr": f"{_BY_HAND['tr']}. Arşivi /opt altına açmak yeter.",
        "en": f"{_BY_HAND['en']}. Unpacking the archive below /opt is enough.",
    },
}
_WEB_START = {
    "tr": "openwebstart.com adresinden OpenWebStart'ı kurunuz. Kendiliğinden en yeni Java'yı indirir; ayarlarındaki "
    "JVM Manager bölümünde sürüm aralığını 1.8 yapıp indirmeyi kapatınız.",
    "en": "Install OpenWebStart from openwebstart.com. By itself it fetches the newest Java; in its settings, under "
    "JVM Manager, set the version range to 1.8 and turn the download off.",
}


def what_to_install(language: Language, system: System | None = None) -> str:
    """Return what to install here, in a sentence or two, so that the official app runs with Java 8 or 11."""
    system = system or System.current()
    family = system.family
    if family in {"debian", "ubuntu"}:
        asked = system.program("apt-cache")
        package = (_to_be_had(str(asked)) if asked else None) or (_PACKAGES[0] if family == "ubuntu" else None)
        if package is None:
            return _INSTALL["debian"][language]
        return _APT[language].format(package=package, version=11 if "11" in package else 8)
    return _INSTALL[family][language]


def what_opens_jnlp(language: Language) -> str:
    """Return what to install so that a JNLP file opens on a double click, with the setting that it needs."""
    return _WEB_START[language]


@cache
def _to_be_had(apt_cache: str) -> str | None:
    """Return the first of the packages that apt knows a version of. Asked once: a panel tells this every second."""
    told = run_command(("env", "LC_ALL=C", apt_cache, "policy", *_PACKAGES))
    offered = set(_OFFERED.findall(f"{told or ''}\n"))
    return next((name for name in _PACKAGES if name in offered), None)
