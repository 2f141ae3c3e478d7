"""The institution's logo, ready for every format; a drawing becomes a picture if a format can't take drawings."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

from assistant.guide.drawing_files import plain_png, standing_alone
from assistant.guide.model import Brand
from assistant.paper.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo ready for embedding, and how large it stands."""

    png: bytes
    width: float
    """Points."""
    height: float
    alt: str


def logo_content(brand: Brand) -> tuple[Literal["svg", "png"], bytes] | None:
    """Return the kind and the bytes of the logo; None if there isn't one."""
    if brand.logo is None:
        return None
    content = brand.logo.read_bytes()
    return ("svg", standing_alone(content)) if brand.logo.suffix.lower() == ".svg" else ("png", plain_png(content))


def logo_files(brand: Brand) -> dict[str, bytes]:
    """Return the logo under its name on paper; empty without one."""
    found = logo_content(brand)
    return {f"logo.{found[0]}": found[1]} if found else {}


def read_logo(brand: Brand, width: float, height: float) -> Logo | None:
    """Return the logo as a picture, at most *width* by *height* points; None if there isn't one."""
    found = logo_content(brand)
    if found is None:
        return None
    kind, content = found
    png = Sheet("logo.typ", {}, {"logo.svg": content}).png() if kind == "svg" else content
    with Image.open(BytesIO(png)) as image:
        scale = min(width / image.width, height / image.height)
        alt = brand.institution[0] if brand.institution else brand.unit
        return Logo(png, image.width * scale, image.height * scale, alt)
