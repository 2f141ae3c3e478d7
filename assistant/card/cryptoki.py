"""Two things that python-pkcs11 0.10 lacks: reading a token's PIN limits, and making a new token.

We call the functions the way the standard says: `C_GetFunctionList`, then the pointer at the function's position in the
list (PKCS#11 v2.40, section 5; pkcs11f.h has the order). Loading a library twice gives the same one, so this uses the
module that python-pkcs11 has already loaded and initialised.
"""

from __future__ import annotations

import ctypes
import sys
from typing import ClassVar

_GET_TOKEN_INFO = 6
_INIT_TOKEN = 9
_CKR_OK = 0
_UNAVAILABLE = ctypes.c_ulong(-1).value
_LONGEST = 255
"""A PIN length above this means "not specified"."""


class CryptokiError(Exception):
    """A function returned something other than CKR_OK."""


class _CkTokenInfo(ctypes.Structure):
    """CK_TOKEN_INFO. All fields are naturally aligned, so packing makes no difference."""

    _fields_: ClassVar = [
        ("texts", ctypes.c_char * 96),  # label, manufacturerID, model, serialNumber
        ("flags", ctypes.c_ulong),
        ("sessions", ctypes.c_ulong * 4),
        ("max_pin_length", ctypes.c_ulong),
        ("min_pin_length", ctypes.c_ulong),
        ("memory", ctypes.c_ulong * 4),
        ("versions", ctypes.c_ubyte * 4),
        ("time", ctypes.c_char * 16),
    ]


class FunctionList:
    """The function list of a module that is already loaded and initialised."""

    def __init__(self, path: str) -> None:
        """Raise `OSError` or `AttributeError` if it isn't a module, `CryptokiError` if it refuses."""
        self._library = ctypes.CDLL(path)
        start = ctypes.c_void_p()
        _check(self._library.C_GetFunctionList(ctypes.byref(start)))
        if not start.value:
            raise CryptokiError("no function list")
        # A two-byte CK_VERSION comes first. The list is only packed on Windows (pkcs11.h).
        offset = 2 if sys.platform == "win32" else ctypes.sizeof(ctypes.c_void_p)
        self._start = start.value + offset

    def pin_limits(self, slot: int) -> tuple[int, int]:
        """Return the shortest and the longest user PIN in bytes; 0 if the token doesn't say, or contradicts itself."""
        info = _CkTokenInfo()
        call = self._function(_GET_TOKEN_INFO, ctypes.c_ulong, ctypes.c_void_p)
        _check(call(slot, ctypes.byref(info)))
        shortest, longest = int(info.min_pin_length), int(info.max_pin_length)
        if longest in {0, _UNAVAILABLE} or longest > _LONGEST:
            longest = 0
        if longest and shortest > longest:  # no PIN would fit, so neither of them is true
            return 0, 0
        return (shortest if shortest <= _LONGEST else 0), longest

    def init_token(self, slot: int, so_pin: bytes, label: str) -> None:
        """Make a new token in *slot*, erasing what was there. *label*: at most 32 bytes of UTF-8."""
        padded = label.encode().ljust(32)
        if len(padded) > 32:
            raise ValueError("a token's label has at most 32 bytes")
        types = (ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p)
        call = self._function(_INIT_TOKEN, *types)
        _check(call(slot, so_pin, len(so_pin), padded))

    def _function(self, index: int, *arguments: type) -> ctypes._CFunctionType:
        place = self._start + index * ctypes.sizeof(ctypes.c_void_p)
        address = ctypes.c_void_p.from_address(place).value
        if not address:
            raise CryptokiError("the function is missing")
        return ctypes.CFUNCTYPE(ctypes.c_ulong, *arguments)(address)


def _check(result: int) -> None:
    if result != _CKR_OK:
        raise CryptokiError(f"return code {result & _UNAVAILABLE:#x}")
