"""A drawing that stands by itself: what drawing programs write is resolved, nothing outside the file is followed."""

from __future__ import annotations

from lxml import etree

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
