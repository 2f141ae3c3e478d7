"""Pictures in a PDF, in as little room as they can have without loss: Chromium packs them in the plainest way."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def shrink(pdf: Pdf) -> None:
    """Pack every picture of *pdf* anew: row by row, as PNG does."""
    found = [one for one in pdf.objects if _is_plain_picture(one)]
    raw = [(one.read_bytes(), int(one.Width), int(one.Height)) for one in found]
    # Both coders release the interpreter's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        packed = list(pool.map(_pack, raw))
    for picture, content in zip(found, packed, strict=True):
        if len(content) < len(picture.read_raw_bytes()):
            parameters = Dictionary(Predictor=15, Colors=3, BitsPerComponent=8, Columns=picture.Width)
            picture.write(content, filter=Name.FlateDecode, decode_parms=parameters)


def _is_plain_picture(one: Any) -> bool:
    return (
        isinstance(one, pikepdf.Stream)
        and one.get("/Subtype") == Name.Image
        and one.get("/ColorSpace") == Name.DeviceRGB
        and one.get("/BitsPerComponent") == 8
        and one.get("/Filter") == Name.FlateDecode
    )


def _pack(raw: tuple[bytes, int, int]) -> bytes:
    """Return what the data chunks of a PNG file hold: PDF knows the same packing."""
    content, width, height = raw
    into = BytesIO()
    Image.frombytes("RGB", (width, height), content).save(into, "PNG")
    png = into.getvalue()
    at, held = len(PNG_SIGNATURE), []
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            held.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(held)
