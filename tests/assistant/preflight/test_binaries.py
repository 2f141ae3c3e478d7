"""32 or 64 bit, from the header of a library."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from assistant.preflight.binaries import loadable, own_machine, read_binary

ELF_64 = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HH", 3, 62)
ELF_32 = b"\x7fELF\x01\x01\x01" + bytes(9) + struct.pack("<HH", 3, 3)
PE_64 = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x80) + bytes(0x40) + b"PE\0\0" + struct.pack("<H", 0x8664)
PE_32 = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x80) + bytes(0x40) + b"PE\0\0" + struct.pack("<H", 0x14C)
MACH_O = b"\xcf\xfa\xed\xfe" + struct.pack("<I", 0x0100000C)
FAT = b"\xca\xfe\xba\xbe" + struct.pack(">I", 2) + struct.pack(">5I", 0x01000007, 3, 0, 0, 0) + struct.pack(">I", 7)
JAVA_CLASS = b"\xca\xfe\xba\xbe" + struct.pack(">HH", 0, 52) + bytes(2000)


@pytest.mark.parametrize(
    ("content", "machines", "bits"),
    [
        (ELF_64, ("x86_64",), (64,)),
        (ELF_32, ("x86",), (32,)),
        (PE_64, ("x86_64",), (64,)),
        (PE_32, ("x86",), (32,)),
        (MACH_O, ("arm64",), (64,)),
        (FAT + bytes(40), ("x86_64", "x86"), (32, 64)),
    ],
)
def test_headers_are_read(tmp_path: Path, content: bytes, machines: tuple[str, ...], bits: tuple[int, ...]) -> None:
    """ELF, PE and Mach-O tell the processor they are for, a fat file all of them."""
    path = tmp_path / "module"
    path.write_bytes(content)
    binary = read_binary(path)
    assert binary is not None
    assert (binary.machines, binary.bits) == (machines, bits)
    assert loadable(path, "x86_64") == ("x86_64" in machines)


@pytest.mark.parametrize("content", [b"", b"MZ", b"\x7fELF", b"INPUT(-lfoo)", JAVA_CLASS, b"MZ" + bytes(62) + b"x"])
def test_what_is_no_library_is_no_obstacle(tmp_path: Path, content: bytes) -> None:
    """A file that can't be read as a library has no bits, and is left for the loader to judge."""
    path = tmp_path / "module"
    path.write_bytes(content)
    assert read_binary(path) is None
    assert loadable(path)


def test_this_interpreter_could_load_itself() -> None:
    """The reader of headers and the knowledge of this machine agree about the running program."""
    if own_machine() is None:
        pytest.skip("a processor that is not known here")
    assert loadable(Path(sys.executable))
    assert read_binary(Path(sys.executable)) is not None
