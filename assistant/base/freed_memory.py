"""Has memory overwritten when the program frees it, if the C library can do that."""

from __future__ import annotations

import ctypes
import sys

_M_PERTURB = -6
"""glibc's `mallopt` option that overwrites freed memory: malloc.h, mallopt(3)."""
_FILLING = 0x55


def overwrite_what_is_freed() -> bool:
    """Have freed memory overwritten from now on; return whether the C library does it.

    You can't wipe a string, and a message with a PIN could sit in freed memory for minutes. Only glibc has this. Small
    objects live in Python's own pools, which get reused soon anyway.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # musl has no mallopt
        return False
    return bool(mallopt(_M_PERTURB, _FILLING))
