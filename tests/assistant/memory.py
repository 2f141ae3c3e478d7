"""What a process holds: its memory, its surroundings, and a secret in all the shapes that it may take there."""

from __future__ import annotations

import json
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")
_BREAKS = re.compile(rb"[\r\n]+[0-9a-fA-F]{1,6}\r\n|[\r\n]+")
"""Where a line or an HTTP chunk ends and the next begins."""
_LONG = 9
"""Digits from which a number does not come about by chance."""
_PIECE = 16 << 20
"""Bytes of memory that are read at once."""


def shapes(secret: str) -> dict[str, bytes]:
    """Return the shapes of *secret* that a program may hold: as a page sends it, as JSON, as text, in base64."""
    told = {
        "plain": secret.encode(),
        "URL": quote(secret, safe="").encode(),
        "form": quote_plus(secret).encode(),
        "JSON": json.dumps(secret)[1:-1].encode(),
        "JSON twice": json.dumps(json.dumps(secret))[3:-3].encode(),
    }
    octets = secret.encode()
    told |= {
        "URL, every byte": "".join(f"%{byte:02X}" for byte in octets).encode(),
        "JSON, every letter": "".join(f"\\u{ord(letter):04x}" for letter in secret).encode(),
        "hex": octets.hex().encode(),
    }
    wide = {f"{name}": secret.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le")}
    coded = {
        f"base64 of {name}, {start} on": _in_base64(text, start) for name, text in told.items() for start in range(3)
    }
    for_addresses = {f"{name}, for addresses": text.translate(_FOR_ADDRESSES) for name, text in coded.items()}
    return {**told, **wide, **coded, **for_addresses}


def left_in(text: bytes, secret: str) -> set[str]:
    """Return the shapes in which *text* holds *secret*, also where it is broken up: over lines, chunks, or in groups."""
    found = {name for name, shape in shapes(secret).items() if shape in text}
    whole = _BREAKS.sub(b"", text)
    found |= {f"{name}, broken up" for name, shape in shapes(secret).items() if _BREAKS.sub(b"", shape) in whole}
    if secret.isdecimal() and len(secret) >= _LONG:
        grouped = rb"[^0-9A-Za-z]{0,4}".join(bytes([digit]) for digit in secret.encode())
        found |= {"in groups"} if re.search(rb"(?<!\d)" + grouped + rb"(?!\d)", text) else set()
    return found


def _in_base64(text: bytes, start: int) -> bytes:
    """Return what base64 always makes of *text* when it begins *start* bytes after a multiple of three."""
    whole = b64encode(b"\0" * start + text).rstrip(b"=")
    first = (0, 2, 3)[start]
    last = (start + len(text)) * 8 // 6
    return whole[first:last]


def held_by(pid: int, *secrets: str) -> set[str]:
    """Return the shapes in which the memory of process *pid* holds one of *secrets*; the process may go on meanwhile."""
    wanted = {shape: name for secret in secrets for name, shape in _named(secret)}  # many shapes are the same
    overlap = max(map(len, wanted))
    found: set[str] = set()
    for piece in _memory(pid, overlap):
        found |= {name for shape, name in wanted.items() if shape in piece}
    return found


def never_forgotten(pid: int, *secrets: str, seconds: float = 15) -> set[str]:
    """Return the shapes in which *pid* still holds one of *secrets* after *seconds*; at once when none is left."""
    give_up = time.monotonic() + seconds
    while (found := held_by(pid, *secrets)) and time.monotonic() < give_up:
        pass
    return found


def _named(secret: str) -> Iterator[tuple[str, bytes]]:
    for name, shape in shapes(secret).items():
        yield f"{secret[:3]}… as {name}", shape


def _memory(pid: int, overlap: int) -> Iterator[bytes]:
    """Yield the memory of *pid* in pieces, each of which begins with the end of the one before."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            area, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(edge, 16) for edge in area.split("-"))
            for place in range(start, end, _PIECE):
                with suppress(OSError, ValueError):
                    memory.seek(place)
                    yield memory.read(min(_PIECE + overlap, end - place))


def surroundings_of(home: Path) -> dict[int, tuple[str, dict[str, str]]]:
    """Return command line and environment of all processes that were started with *home* as their home."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            entries = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
            given = dict(entry.split("=", 1) for entry in entries if "=" in entry)
            if given.get("HOME") == str(home):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace"), given
    return found
