"""An institution's own pictures, made such that every format takes them; nothing outside their file is followed."""

from __future__ import annotations

from io import BytesIO

from lxml import etree
from PIL import Image

MOST_PIXELS = 20_000_000
_WIDEST = 2000
_SVG = "{http://www.w3.org/2000/svg}svg"


def standing_alone(content: bytes) -> bytes:
    """Return an SVG without document type: its own entities (Illustrator's namespaces) are put in, no others.

    Raises `ValueError` where *content* is no SVG, or one that can't be read.
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
    """Return a PNG of eight bits a channel and at most 2000 pixels wide or high, whatever kind of PNG it was.

    Raises `OverflowError` where it has more than `MOST_PIXELS`, and `ValueError` where it can't be read.
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
