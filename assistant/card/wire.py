"""The messages between the assistant and the worker process.

A message is a small JSON object and any number of byte strings beside it: certificates, data to sign, the PIN. The
byte strings are never turned into text, so that a PIN need not become a string that cannot be overwritten. JSON
rather than pickle, because the worker holds foreign code and is not to be trusted.
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
"""Longest part of a message; a card holds far less."""
_MAX_PARTS = 1024
_HEAD = struct.Struct("!II")
_PART = struct.Struct("!I")

Message = tuple[dict[str, Any], list[bytearray]]


class WireError(Exception):
    """The other side does not speak this protocol."""


def send(stream: IO[bytes], message: dict[str, Any], parts: Sequence[bytes | bytearray] = ()) -> None:
    """Write one message and flush it. Raises `OSError` when nobody reads any more.

    A PIN goes over an unbuffered *stream*: the buffer of another would keep it until something else is written.
    """
    text = json.dumps(message).encode()
    _write(stream, _HEAD.pack(len(text), len(parts)))
    _write(stream, text)
    for part in parts:
        _write(stream, _PART.pack(len(part)))
        _write(stream, part)
    stream.flush()


def _write(stream: IO[bytes], raw: bytes | bytearray) -> None:
    """Write all of *raw*; an unbuffered stream may take them bit by bit."""
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
    parts = [_exactly(stream, _PART.unpack(_exactly(stream, _PART.size))[0]) for _ in range(count)]
    try:
        message = read_json(bytes(text))
    except ValueError:
        message = None
    if not isinstance(message, dict):
        raise WireError("not a message")
    return message, parts


def _exactly(stream: IO[bytes], length: int) -> bytearray:
    if length > MAX_BYTES:
        raise WireError("too long")
    raw = bytearray(stream.read(length))
    if len(raw) < length:
        raise WireError("cut short")
    return raw


def pack_view(tokens: Sequence[TokenView]) -> tuple[dict[str, Any], list[bytes]]:
    """Return the message, and the parts beside it, that tell of *tokens*."""
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
