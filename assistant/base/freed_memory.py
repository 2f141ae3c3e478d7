"""Memory that the program gives back is overwritten first, where the C library can do that."""

from __future__ import annotations

import ctypes
import sys

_M_PERTURB = -6
"""The option of glibc's `mallopt` that overwrites what is freed: malloc.h, mallopt(3)."""
_FILLING = 0x55


def overwrite_what_is_freed() -> bool:
    """From now on have freed memory overwritten; return whether the C library does so.

    Strings can't be wiped, and what was a message with a PIN in it may lie in freed memory for minutes. Only glibc
    has this; small objects live in Python's own pools, which are soon used again.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # musl has no mallopt
        return False
    return bool(mallopt(_M_PERTURB, _FILLING))
