"""The child process of `pcsc`: asks the system's PC/SC library once, prints one JSON object and exits.

SCardGetStatusChange returns a card's ATR without connecting to it, so we don't disturb other programs. Sources:
``winscard.h`` and ``pcsclite.h``. macOS packs the structure and has 32-bit words; PC/SC Lite's words are as long as a
pointer.
"""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_long, c_size_t, c_ubyte, c_uint32, c_ulong, c_void_p, c_wchar_p
from typing import Any

_LIBRARIES = {"win32": "winscard.dll", "darwin": "/System/Library/Frameworks/PCSC.framework/PCSC"}
_LINUX = ("libpcsclite.so.1", "libpcsclite.so")

_SCOPE_SYSTEM = 2
_NO_SERVICE = frozenset({0x8010001D, 0x8010001E})
_NO_READERS = frozenset({0x8010002E, 0x80100017})
_STATE_PRESENT = 0x20
_STATE_MUTE = 0x200

_WINDOWS = sys.platform == "win32"
_MACOS = sys.platform == "darwin"
Word: Any = c_uint32 if _WINDOWS or _MACOS else c_ulong
Context: Any = c_size_t if _WINDOWS else c_int32 if _MACOS else c_long
Text: Any = c_wchar_p if _WINDOWS else c_char_p


class ReaderState(ctypes.Structure):
    """SCARD_READERSTATE."""

    if _MACOS:
        _pack_ = 1
    _fields_ = (
        ("name", Text),
        ("user_data", c_void_p),
        ("current", Word),
        ("event", Word),
        ("atr_length", Word),
        ("atr", c_ubyte * (36 if _WINDOWS else 33)),
    )


def main() -> None:
    """Print what PC/SC says."""
    print(json.dumps(_ask(sys.argv[1:])))  # noqa: T201 (the answer to the parent)


def _ask(given: list[str]) -> dict[str, Any]:
    library = _load(given or ([_LIBRARIES[sys.platform]] if sys.platform in _LIBRARIES else list(_LINUX)))
    if library is None:
        return {"service": "library_missing", "readers": []}
    context = Context()
    status = _call(library.SCardEstablishContext, Word(_SCOPE_SYSTEM), None, None, byref(context))
    if status:
        return _failed(status)
    try:
        return _readers(library, context)
    finally:
        library.SCardReleaseContext(context)


def _readers(library: Any, context: Any) -> dict[str, Any]:
    suffix = "W" if _WINDOWS else ""
    list_readers = getattr(library, f"SCardListReaders{suffix}")
    length = Word(0)
    status = _call(list_readers, context, None, None, byref(length))
    if status in _NO_READERS or (not status and length.value <= 1):
        return {"service": "running", "readers": []}
    if status:
        return _failed(status)
    make: Any = ctypes.create_unicode_buffer if _WINDOWS else ctypes.create_string_buffer
    buffer = make(length.value)
    status = _call(list_readers, context, None, buffer, byref(length))
    if status:
        return {"service": "running", "readers": []} if status in _NO_READERS else _failed(status)
    end = "\0" if _WINDOWS else b"\0"
    names = [name for name in buffer[: length.value].split(end) if name]
    states = (ReaderState * len(names))(*(ReaderState(name=name) for name in names))
    change = getattr(library, f"SCardGetStatusChange{suffix}")
    status = _call(change, context, Word(0), ctypes.cast(states, POINTER(ReaderState)), Word(len(names)))
    if status:
        return _failed(status)
    return {"service": "running", "readers": [_described(state) for state in states]}


def _described(state: ReaderState) -> dict[str, Any]:
    name = state.name if isinstance(state.name, str) else state.name.decode("utf-8", "replace")
    return {
        "name": name,
        "card": bool(state.event & _STATE_PRESENT),
        "mute": bool(state.event & _STATE_MUTE),
        "atr": bytes(state.atr[: min(state.atr_length, len(state.atr))]).hex(),
    }


def _failed(status: int) -> dict[str, Any]:
    if status in _NO_SERVICE:
        return {"service": "stopped", "readers": []}
    return {"service": "error", "code": f"{status:08x}", "readers": []}


def _call(function: Any, *arguments: Any) -> int:
    function.restype = c_uint32
    return int(function(*arguments))


def _load(names: list[str]) -> Any:
    for name in names:
        try:
            return ctypes.CDLL(name) if not _WINDOWS else ctypes.WinDLL(name)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            continue
    return None


if __name__ == "__main__":
    main()
