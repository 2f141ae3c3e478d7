"""On Windows a worker's end is the end of everything that it has started."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from assistant.base.job_object import BasicLimits, ExtendedLimits

_HEAD = """
import subprocess, sys
from assistant.base.family import found_family
found_family()
child = subprocess.Popen([sys.executable, "-c", "import threading; print('here', flush=True); threading.Event().wait()"])
child.wait()
"""


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes are those of 64-bit Windows")
def test_the_layouts_are_those_of_windows() -> None:
    """The structures have the sizes that a compiler for 64-bit Windows gives them."""
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    assert BasicLimits.LimitFlags.offset == 16


@pytest.mark.skipif(sys.platform != "win32", reason="job objects are Windows' own")
def test_a_killed_head_takes_its_family_with_it() -> None:
    """If only the head is killed, its child ends too and closes the pipe it inherited."""
    head = subprocess.Popen([sys.executable, "-c", _HEAD], stdout=subprocess.PIPE, text=True)
    assert head.stdout is not None
    assert head.stdout.readline() == "here\n"
    head.kill()
    assert head.communicate(timeout=30)[0] == ""
