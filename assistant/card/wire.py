"""The messages between the assistant and the worker process.

A message is a small JSON object plus any number of byte strings: certificates, data to sign, the PIN. We never turn
those into text: a PIN must not become a string that nobody can overwrite. JSON rather than pickle, because the worker
runs foreign code and can't be trusted.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

from assistant.base.parsing import read_json
from assistant.card.model import CardCertificate, CardView, PinState, TokenInfo, TokenView

MAX_BYTES = 8 * 1024 * 1024
"""Maximum size of one part; a card holds far less."""
_MAX_PARTS = 1 << 16
"""Two for each certificate; some tokens, in software or on a server, hold thousands."""
_MAX_TOTAL = 64 * 1024 * 1024
"""Maximum size of all parts together."""
_HEAD = struct.Struct("!II")
_PART = struct.Struct("!I")

Message = tuple[dict[str, Any], list[bytearray]]


class WireError(Exception):
    """The other side doesn't speak this protocol."""


def send(stream: IO[bytes], message: dict[str, Any], parts: Sequence[bytes | bytearray] = ()) -> None:
    """Write one message and flush it. Raises `OSError` if nobody reads any more.

    To send a PIN, *stream* must be unbuffered: a buffer would keep it until the next write.
    """
    text = json.dumps(message).encode()
    _write(stream, _HEAD.pack(len(text), len(parts)))
    _write(stream, text)
    for part in parts:
        _write(stream, _PART.pack(len(part)))
        _write(stream, part)
    stream.flush()


def _write(stream: IO[bytes], raw: bytes | bytearray) -> None:
    """Write all of *raw*; an unbuffered stream may take only part of it at a time."""
    with memoryview(raw) as whole:
        done = 0
        while done < len(whole):
            with whole[done:] as rest:
                done += stream.write(rest)


def receive(stream: IO[bytes]) -> Message | None:
    """Read one message; None at the end of the stream. Raises `WireError` for anything else."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise WireError("cut short")
    length, count = _HEAD.unpack(head)
    if count > _MAX_PARTS:
        raise WireError("too many parts")
    text = _exactly(stream, length)
    parts: list[bytearray] = []
    left = _MAX_TOTAL
    for _ in range(count):
        parts.append(_exactly(stream, _PART.unpack(_exactly(stream, _PART.size))[0], left))
        left -= len(parts[-1])
    try:
        message = read_json(bytes(text))
    except ValueError:
        message = None
    if not isinstance(message, dict):
        raise WireError("not a message")
    return message, parts


def _exactly(stream: IO[bytes], length: int, most: int = MAX_BYTES) -> bytearray:
    if length > min(most, MAX_BYTES):
        raise WireError("too long")
    raw = bytearray(stream.read(length))
    if len(raw) < length:
        raise WireError("cut short")
    return raw


def pack_view(tokens: Sequence[TokenView]) -> tuple[dict[str, Any], list[bytes]]:
    """Return a message about *tokens*, and the byte strings that go with it."""
    listed = []
    parts: list[bytes] = []
    for token in tokens:
        certificates = []
        for certificate in token.certificates:
            parts += [certificate.der, certificate.key_id]
            facts = (certificate.label, certificate.key_present, certificate.always_authenticate)
            certificates.append(facts)
        listed.append({"info": asdict(token.info), "certificates": certificates})
    return {"tokens": listed}, parts


def unpack_view(message: dict[str, Any], parts: Sequence[bytearray]) -> CardView:
    """Read what `pack_view` made. Raises `WireError` for anything else."""
    raw = iter(parts)
    try:
        tokens = []
        for listed in message["tokens"]:
            info = TokenInfo(**{**listed["info"], "pin": PinState(**listed["info"]["pin"])})
            certificates = tuple(
                CardCertificate(bytes(next(raw)), bytes(next(raw)), label, info.slot, present, always)
                for label, present, always in listed["certificates"]
            )
            tokens.append(TokenView(info, certificates))
    except (KeyError, TypeError, ValueError, StopIteration, RuntimeError):
        raise WireError("not a view") from None
    return CardView(tuple(tokens))
