"""An institution's own pictures, prepared so that every format accepts them. We follow no link out of their file."""

from __future__ import annotations

from io import BytesIO

from lxml import etree
from PIL import Image

MOST_PIXELS = 20_000_000
_WIDEST = 2000
_SVG = "{http://www.w3.org/2000/svg}svg"


def standing_alone(content: bytes) -> bytes:
    """Return an SVG without document type, with its own entities (Illustrator's namespaces) expanded and no others.

    Raises `ValueError` if *content* isn't a readable SVG.
    """
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(str(error)) from None
    if root.tag != _SVG:
        raise ValueError("no SVG")
    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def plain_png(content: bytes) -> bytes:
    """Return any PNG as one with eight bits per channel and at most 2000 pixels per side.

    Raises `OverflowError` if it has more than `MOST_PIXELS`, and `ValueError` if it is unreadable.
    """
    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise OverflowError(f"{image.width} x {image.height}")
            plain = image.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise OverflowError(str(error)) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise ValueError(str(error)) from None
    plain.thumbnail((_WIDEST, _WIDEST))
    into = BytesIO()
    plain.save(into, "PNG")
    return into.getvalue()
