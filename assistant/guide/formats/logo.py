"""The institution's logo for office files, which take no SVG everywhere."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops

from assistant.guide.formats.paper import open_press
from assistant.guide.model import Brand

_PIXELS = 800, 400
"""Room for a drawing."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo ready for embedding, and how large it stands."""

    png: bytes
    width: float
    """Points."""
    height: float
    alt: str


def read_logo(brand: Brand, width: float, height: float) -> Logo | None:
    """Return the logo, at most *width* by *height* points; None if there is none.

    An SVG is drawn by the browser: raises `SetupError` when there is none.
    """
    if brand.logo is None:
        return None
    png = brand.logo.read_bytes()
    if brand.logo.suffix.lower() == ".svg":
        png = _drawn(png)
    with Image.open(BytesIO(png)) as image:
        scale = min(width / image.width, height / image.height)
        alt = brand.institution[0] if brand.institution else brand.unit
        return Logo(png, image.width * scale, image.height * scale, alt)


def _drawn(svg: bytes) -> bytes:
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    html = (
        "<!DOCTYPE html><title>logo</title><style>body{margin:0;background:#fff}"
        "img{display:block;width:100vw;height:100vh;object-fit:contain}</style>"
        f'<img alt="" src="{source}">'
    )
    with open_press() as press:
        png = press.png(html, *_PIXELS, scale=1)
    with Image.open(BytesIO(png)) as image:
        drawn = image.convert("RGB")
    inked = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    out = BytesIO()
    drawn.crop(inked).save(out, "PNG")
    return out.getvalue()
