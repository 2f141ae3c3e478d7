"""The one list of shapes a secret can take, and the search for them in everything left behind, packed or not."""

from __future__ import annotations

import gzip
import io
import json
import re
import unicodedata
import zlib
from base64 import b32encode, b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from hashlib import md5, sha1, sha256
from html import escape
from struct import unpack
from typing import Any
from urllib.parse import quote, quote_plus
from zipfile import BadZipFile, ZipFile

import pikepdf

import fixtures

_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")
_BREAKS = re.compile(rb"[\r\n]+[0-9a-fA-F]{1,6}\r\n|=?[\r\n]+[ \t]?")
"""Where a line, an HTTP chunk or a calendar's folded line ends and the next begins."""
_LONG = 9
"""Digits from which a number doesn't come about by chance."""
_GROUPED = 6
"""Digits from which a number is written in groups."""
_PNG = b"\x89PNG\r\n\x1a\n"
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PDF = b"%PDF"
_EMBEDDED = re.compile(
    rb"(data:[\w./+-]+(?:;[\w=-]+)*;base64,)((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)"
)
"""A picture in a page: the address that holds it (RFC 2397)."""
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_SINGLE = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>|\[([^\]]*)\]")
_SHOWS = {"Tj", "TJ", "'", '"'}
"""What puts glyphs on a page (ISO 32000-1, section 9.4.3)."""
_TEXT_CHUNKS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}
_DEPTH = 4


def shapes(secret: str) -> dict[str, bytes]:
    """Return the shapes of *secret* that a program may hold: as a page sends it, as JSON, as text, coded, or hashed."""
    told = {
        "plain": secret.encode(),
        "URL": quote(secret, safe="").encode(),
        "form": quote_plus(secret).encode(),
        "JSON": json.dumps(secret)[1:-1].encode(),
        "JSON twice": json.dumps(json.dumps(secret))[3:-3].encode(),
    }
    raw = secret.encode()
    told |= {
        "URL, every byte": "".join(f"%{byte:02X}" for byte in raw).encode(),
        "JSON, every letter": "".join(f"\\u{ord(letter):04x}" for letter in secret).encode(),
        "hex": raw.hex().encode(),
    }
    wide = {f"{name}": secret.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le")}
    coded = {
        f"base64 of {name}, {start} on": _in_base64(text, start) for name, text in told.items() for start in range(3)
    }
    for_addresses = {f"{name}, for addresses": text.translate(_FOR_ADDRESSES) for name, text in coded.items()}
    wide_coded = {f"base64 of utf-16, {start} on": _in_base64(wide["utf-16-le"], start) for start in range(3)}
    others = {
        "hex, capitals": raw.hex().upper().encode(),
        "HTML": escape(secret).encode(),
        "HTML, every letter": "".join(f"&#{ord(letter)};" for letter in secret).encode(),
        "HTML, every letter in hex": "".join(f"&#x{ord(letter):x};" for letter in secret).encode(),
        "base32": b32encode(raw).rstrip(b"=")[: len(raw) * 8 // 5],
        "cp1254": secret.encode("cp1254", "replace"),
        "apart": unicodedata.normalize("NFD", secret).encode(),
    }
    hashed = {
        kind.__name__.removeprefix("openssl_"): kind(raw, usedforsecurity=False).hexdigest().encode()
        for kind in (md5, sha1, sha256)
    }
    return {**told, **wide, **coded, **for_addresses, **wide_coded, **others, **hashed}


def spellings(name: str) -> set[str]:
    """Return how a person's *name* may be written, in full: in capitals or not, by Turkish rules, in plain letters."""
    small = name.replace("I", "ı").replace("İ", "i").lower()
    title = " ".join(part[:1].replace("i", "İ").upper() + part[1:] for part in small.split())
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", small.replace("ı", "i")) if not unicodedata.combining(letter)
    )
    known = {name, small, title, plain, plain.upper(), plain.title()}
    return known | {", ".join((one.split()[-1], " ".join(one.split()[:-1]))) for one in known}


def secrets_of(person: fixtures.Person) -> set[str]:
    """Return everything that is secret of *person*, and their name in every spelling."""
    told = {person.national_id, person.password, person.sms_code, person.pin, *spellings(person.name)}
    return {secret for secret in told if secret}


def left_in(text: bytes, secret: str) -> set[str]:
    """Return the shapes in which *text* holds *secret*, also where it is broken up: over lines, chunks, or in groups."""
    known = shapes(secret)
    found = {name for name, shape in known.items() if shape in text}
    whole = _BREAKS.sub(b"", text)
    found |= {f"{name}, broken up" for name, shape in known.items() if _BREAKS.sub(b"", shape) in whole}
    if _apart(secret).search(text):
        found.add("letter by letter")
    if secret.isdecimal() and len(secret) >= _GROUPED:
        between = rb"[^0-9A-Za-z]{0,4}" if len(secret) >= _LONG else rb"[ ._-]?"
        grouped = between.join(bytes([digit]) for digit in secret.encode())
        found |= {"in groups"} if re.search(rb"(?<!\d)" + grouped + rb"(?!\d)", text) else set()
    return found


def _apart(secret: str) -> re.Pattern[bytes]:
    """Return what finds the letters of *secret* with the same thing between each two of them."""
    first, second, *others = (re.escape(letter.encode()) for letter in secret)
    return re.compile(
        b"".join((first, rb"(?P<gap>[^0-9A-Za-z]{1,4})", second, *(rb"(?P=gap)" + letter for letter in others)))
    )


def _in_base64(text: bytes, start: int) -> bytes:
    """Return what base64 always makes of *text* when it begins *start* bytes after a multiple of three."""
    whole = b64encode(b"\0" * start + text).rstrip(b"=")
    first = (0, 2, 3)[start]
    last = (start + len(text)) * 8 // 6
    return whole[first:last]


def laid_open(content: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """Yield *content* and what is packed in it: the parts of archives, the streams of PDFs, the texts of pictures.

    A picture in a page is yielded by itself alone: by chance its base64 can look like a code.
    """
    if depth == 0:
        yield content
        return
    is_pdf = content.startswith(_PDF)
    yield _HEX.sub(_unhexed, content) if is_pdf else _EMBEDDED.sub(rb"\1", content)
    for part in (*_archived(content), *_streams(content), *_glyphs(content), *_texts(content), *_embedded(content)):
        yield from laid_open(part, depth - 1)


def _archived(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(content)
    if content.startswith(b"PK"):
        with suppress(BadZipFile), ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment
            for entry in archive.infolist():
                yield entry.filename.encode() + b"\n" + entry.comment + b"\n" + entry.extra
                yield archive.read(entry)


def _streams(content: bytes) -> Iterator[bytes]:
    if content.startswith(_PDF):
        for stream in _STREAM.findall(content):
            with suppress(zlib.error):
                yield _HEX.sub(_unhexed, zlib.decompress(stream))


def _embedded(content: bytes) -> Iterator[bytes]:
    if not content.startswith(_PDF):
        yield from (b64decode(coded) for _, coded in _EMBEDDED.findall(content))


def _glyphs(content: bytes) -> Iterator[bytes]:
    """Yield what the glyphs of a PDF say, a page each: they are numbers, which only each font's own table explains."""
    if not content.startswith(_PDF):
        return
    with suppress(pikepdf.PdfError), pikepdf.open(io.BytesIO(content)) as opened:
        for page in opened.pages:
            yield "".join(_drawn(page, page.get("/Resources", {}))).encode()


def _drawn(canvas: Any, resources: Any) -> Iterator[str]:
    tables = {name: _table(font) for name, font in resources.get("/Font", {}).items()}
    table: dict[bytes, str] = {}
    for one in pikepdf.parse_content_stream(canvas):
        operands: Any = one.operands
        match str(one.operator):
            case "Tf":
                table = tables.get(str(operands[0]), {})
            case "Do" if (form := resources["/XObject"][str(operands[0])]).get("/Subtype") == "/Form":
                yield from _drawn(form, form.get("/Resources", resources))
            case shows if shows in _SHOWS:
                pieces = operands[-1] if shows == "TJ" else operands[-1:]
                yield "".join(_said(bytes(piece), table) for piece in pieces if isinstance(piece, pikepdf.String))


def _said(codes: bytes, table: dict[bytes, str]) -> str:
    size = max(map(len, table), default=1)
    cut = [codes[place : place + size] for place in range(0, len(codes), size)]
    return "".join(table.get(code, code.decode("latin-1")) for code in cut)


def _table(font: Any) -> dict[bytes, str]:
    """Return the font's table from codes to letters (ISO 32000-1, section 9.10.3); empty where it has none."""
    if "/ToUnicode" not in font:
        return {}
    told = font["/ToUnicode"].read_bytes()
    found: dict[bytes, str] = {}
    for block in _SINGLE.findall(told):
        codes = [bytes.fromhex(one.decode()) for one, _ in _CODES.findall(block)]
        found |= {code: letters.decode("utf-16-be") for code, letters in zip(codes[::2], codes[1::2], strict=True)}
    for block in _RANGE.findall(told):
        parts = iter(_CODES.findall(block))
        for (first, _), (last, _), (letters, listed) in zip(parts, parts, parts, strict=True):
            each = [one for one, _ in _CODES.findall(listed)] or [letters]
            start = int(letters or b"0", 16)
            for number, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                written = each[number] if listed else f"{start + number:0{len(letters)}x}".encode()
                found[code.to_bytes(len(first) // 2, "big")] = bytes.fromhex(written.decode()).decode("utf-16-be")
    return found


def _unhexed(text: re.Match[bytes]) -> bytes:
    """Return what a PDF has written in hex: text in UTF-16, or bytes as they are."""
    digits = b"".join(text[1].split())
    raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return b"(" + (raw.decode("utf-16", "replace").encode() if raw.startswith(b"\xfe\xff") else raw) + b")"


def _texts(content: bytes) -> Iterator[bytes]:
    """Yield what a PNG says next to its pixels."""
    if not content.startswith(_PNG):
        return
    place = len(_PNG)
    while place + 8 <= len(content):
        size, kind = unpack(">I4s", content[place : place + 8])
        chunk = content[place + 8 : place + 8 + size]
        place += size + 12
        if kind in _TEXT_CHUNKS:
            yield chunk
            for start in range(len(chunk)):  # packed, from wherever its head ends
                if chunk[start : start + 1] == b"x":
                    with suppress(zlib.error):
                        yield zlib.decompress(chunk[start:])
    yield content[place:]
