"""Whether a library is 32 or 64 bit: a 64-bit program can't load a 32-bit driver, nor the other way round.

We only read the file header. Sources: ELF (System V ABI, e_ident, e_machine), PE (Microsoft's PE Format, Machine),
Mach-O (``mach-o/loader.h``, ``mach-o/fat.h``).
"""

from __future__ import annotations

import platform
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Bits = Literal[32, 64]

_ELF = {3: "x86", 62: "x86_64", 40: "arm", 183: "arm64"}
_PE = {0x014C: "x86", 0x8664: "x86_64", 0x01C4: "arm", 0xAA64: "arm64"}
_MACH_O = {7: "x86", 0x01000007: "x86_64", 12: "arm", 0x0100000C: "arm64"}
_64_BIT = frozenset({"x86_64", "arm64"})
_NATIVE = {"amd64": "x86_64", "x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64", "i386": "x86", "i686": "x86"}
_MOST_FAT = 16
"""A Java class starts with the same four bytes as a fat file, but no fat file has this many parts."""


@dataclass(frozen=True, slots=True)
class Binary:
    """What a library's header says."""

    machines: tuple[str, ...]
    """Processors it is for; a fat Mach-O file has several."""

    @property
    def bits(self) -> tuple[Bits, ...]:
        """Their word sizes."""
        return tuple(sorted({64 if name in _64_BIT else 32 for name in self.machines}))


def read_binary(path: Path) -> Binary | None:
    """Return what the header says; None if *path* is unreadable or not a library we know."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return None
    try:
        machines = _machines(head)
    except struct.error:
        return None
    return Binary(machines) if machines else None


def loadable(path: Path, machine: str | None = None) -> bool:
    """Whether this program could load the library at *path*. An unreadable header doesn't count against it.

    *machine* stands in for the processor this program runs on.
    """
    binary = read_binary(path)
    own = machine or own_machine()
    return binary is None or own is None or own in binary.machines


def own_machine() -> str | None:
    """Return the processor this program is built for; None if it isn't a usual one."""
    name = _NATIVE.get(platform.machine().lower())
    if sys.maxsize <= 2**32:
        return {"x86_64": "x86", "arm64": "arm"}.get(name or "", name)
    return name


def _machines(head: bytes) -> tuple[str, ...]:
    if head.startswith(b"\x7fELF"):
        order = ">" if head[5:6] == b"\x02" else "<"
        return _known(_ELF, struct.unpack_from(f"{order}H", head, 18)[0])
    if head.startswith(b"MZ"):
        at = struct.unpack_from("<I", head, 0x3C)[0]
        if head[at : at + 4] == b"PE\0\0":
            return _known(_PE, struct.unpack_from("<H", head, at + 4)[0])
        return ()
    if head[:4] in {b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"}:
        return _known(_MACH_O, struct.unpack_from("<I", head, 4)[0])
    if head.startswith(b"\xca\xfe\xba\xbe"):
        count = struct.unpack_from(">I", head, 4)[0]
        if count > _MOST_FAT:
            return ()
        kinds = [struct.unpack_from(">I", head, 8 + 20 * number)[0] for number in range(count)]
        return tuple(name for kind in kinds for name in _known(_MACH_O, kind))
    return ()


def _known(names: dict[int, str], number: int) -> tuple[str, ...]:
    return (names[number],) if number in names else ()
