"""Known PKCS#11 modules, and where they usually live."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.base.files import is_file
from assistant.base.words import told

System = Literal["linux", "macos", "windows"]


@dataclass(frozen=True, slots=True)
class FoundModule:
    """A module on this machine."""

    name: str
    """Whose module it is, in words for the person."""
    path: Path


@dataclass(frozen=True, slots=True)
class _KnownModule:
    name: str
    stems: tuple[str, ...]
    """File names without prefix and suffix, best first."""


_CARDS = (
    _KnownModule("AKİS", ("akisp11",)),
    _KnownModule("T.C. Kimlik Kartı", ("tckkp11",)),
    _KnownModule("SafeNet eToken", ("eTPKCS11", "eToken", "eTPkcs11")),
    _KnownModule("SafeSign", ("aetpkss1", "aetpkss")),
    _KnownModule("IDPrime", ("idprimepkcs1164", "idprimepkcs11")),
    _KnownModule("CardOS", ("cmp11", "cmP1164")),
    _KnownModule("ACOS", ("acospkcs11",)),
)
"""Modules for Turkish signature cards. AKİS first: those are KamuSM's own cards."""

_LINUX = (
    "/usr/lib",
    "/opt/Akia",
    "/usr/local/lib",
    "/opt/akis/lib",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib/pkcs11",
    "/usr/lib64/pkcs11",
)
_MACOS = ("/usr/local/lib", "/opt/homebrew/lib", "/Library/Frameworks/eToken.framework/Versions/Current")

_SOFTHSM_LINUX = (
    "/usr/lib/softhsm",
    "/usr/lib/x86_64-linux-gnu/softhsm",
    "/usr/lib/aarch64-linux-gnu/softhsm",
    "/usr/lib64/softhsm",
    "/usr/lib64/pkcs11",
    "/usr/lib/pkcs11",
    "/usr/local/lib/softhsm",
)
_SOFTHSM_MACOS = ("/opt/homebrew/lib/softhsm", "/usr/local/lib/softhsm", "/opt/local/lib/softhsm")


def this_system() -> System:
    """Return which of the three systems this is; any other Unix counts as Linux."""
    if sys.platform == "win32":
        return "windows"
    return "macos" if sys.platform == "darwin" else "linux"


def find_card_modules(root: Path | None = None, system: System | None = None) -> tuple[FoundModule, ...]:
    """Return this machine's signature card modules, likeliest first, each file once.

    *root* and *system* let tests pretend to be another machine.
    """
    system = system or this_system()
    return tuple(
        FoundModule(known.name, path)
        for known in _CARDS
        if (path := _first_file(_places(system), known.stems, system, root)) is not None
    )


def card_modules(
    chosen: Path | None, root: Path | None = None, system: System | None = None
) -> tuple[FoundModule, ...]:
    """Return the modules to try: only the *chosen* one from the settings, or everything we find."""
    if chosen is not None:
        return (FoundModule(told("card.detail.module", "tr"), chosen),)
    return find_card_modules(root, system)


def find_softhsm(root: Path | None = None, system: System | None = None) -> Path | None:
    """Return SoftHSM2's module, or None if it isn't installed."""
    system = system or this_system()
    stems = ("softhsm2-x64", "softhsm2") if system == "windows" else ("softhsm2",)
    return _first_file(_softhsm_places(system), stems, system, root)


def _places(system: System) -> tuple[str, ...]:
    if system == "windows":
        windows = os.environ.get("SYSTEMROOT", "C:/Windows")
        # A 64-bit program finds its drivers in System32. It can't load one that is only in SysWOW64, but saying so
        # helps more than calling it missing.
        return (f"{windows}/System32", f"{windows}/SysWOW64") if _is_64_bit() else (f"{windows}/System32",)
    return _MACOS if system == "macos" else _LINUX


def _softhsm_places(system: System) -> tuple[str, ...]:
    if system == "windows":
        programs = os.environ.get("PROGRAMFILES", "C:/Program Files")
        return "C:/SoftHSM2/lib", f"{programs}/SoftHSM2/lib"
    return _SOFTHSM_MACOS if system == "macos" else _SOFTHSM_LINUX


def _is_64_bit() -> bool:
    return sys.maxsize > 2**32


def _first_file(places: tuple[str, ...], stems: tuple[str, ...], system: System, root: Path | None) -> Path | None:
    for stem in stems:
        for place in places:
            for name in _file_names(stem, system):
                path = Path(place, name)
                if root is not None:
                    path = root / path.relative_to(path.anchor)
                if is_file(path):
                    return path
    return None


def _file_names(stem: str, system: System) -> tuple[str, ...]:
    if system == "windows":
        return (f"{stem}.dll",)
    if system == "macos":
        return f"lib{stem}.dylib", f"lib{stem}.so"
    return f"lib{stem}.so", f"{stem}.so"
