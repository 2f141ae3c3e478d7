"""Freed memory is overwritten."""

from __future__ import annotations

import subprocess
import sys

import pytest

_FREES = """
import ctypes, sys
from assistant.base.freed_memory import overwrite_what_is_freed
if {overwriting}:
    assert overwrite_what_is_freed()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
place = libc.malloc(ctypes.c_size_t(50_000))
beyond = libc.malloc(ctypes.c_size_t(64))  # keeps the freed block from going back to the system
ctypes.memset(place, ord("7"), 50_000)
libc.free(ctypes.c_void_p(place))
print(ctypes.string_at(place, 50_000).count(b"7"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can")
def test_what_is_freed_is_overwritten() -> None:
    """Nothing is left of what lay in a block that was freed; without the call nearly all of it is."""
    left = [int(subprocess.check_output([sys.executable, "-c", _FREES.format(overwriting=on)])) for on in (True, False)]
    assert left[0] == 0
    assert left[1] > 40_000
