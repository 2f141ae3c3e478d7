"""The text of a JNLP file: decoded and parsed the way Java's own starter does it, mistakes included.

The yardstick is IcedTea-Web 1.8.8 and how we saw its parser behave. It ignores the declared encoding, element prefixes
and the case of attributes, and it strips comments first, even from the middle of a DOCTYPE. So a strict parser and Java
can see two different files in one. `Text.is_plain` says which files look the same to both. We never define or fetch an
entity.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

MAX_BYTES = 256 * 1024
"""Largest JNLP file we read, in bytes; a real one has a few kilobytes."""
_MAX_DEPTH = 64
_DECLARATION = re.compile(r"""\A\s*<\?xml(?:\s+\w+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*\?>""")
_SAID = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_HALF = re.compile(
    r"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
"""Half a surrogate (U+D800 to U+DFFF). Some versions of libxml2 drop it; with others the text can't be written."""
_UNWRITTEN = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
"""An ampersand that starts no XML reference: sloppy, common in addresses, and Java doesn't mind."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_DOCTYPE = re.compile(r'<!DOCTYPE\s+jnlp(?:\s+(?:SYSTEM|PUBLIC))?(?:\s+"[^"<>\[\]]*"){0,2}\s*>', re.IGNORECASE)
_TWO_WAYS = re.compile(r"""<!\[|<\?|\0|<!---?>|<!DOCTYPE|=\s*["'][^"'<>]*&#""", re.IGNORECASE)
"""CDATA, processing instructions, NULs, comments that some parsers end at once, any other DOCTYPE, numeric references
in an attribute: starters disagree about them."""
_FORGIVEN = frozenset(
    {
        "ERR_DOCUMENT_END",  # something after the end
        "ERR_INVALID_CHAR",
        "ERR_LT_IN_ATTRIBUTE",
        "NS_ERR_UNDEFINED_NAMESPACE",  # jfx: and xsi: without their declaration
    }
)
"""libxml2's names for mistakes that Java overlooks. A truncated file has others."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_ONE_BYTE = re.compile(r"ascii|cp125\d|iso8859-\d+")
"""Encodings, by Python's names, that we believe in a declaration. ``<`` is the same byte in all of them as in UTF-8, so
nothing can be markup here and text for Java."""
_MEANT = "cp1254"
"""What bytes that aren't UTF-8 most likely are, in Turkey."""


class NotReadable(Exception):  # noqa: N818 (no JNLP came; there may be another way)
    """This isn't a JNLP that Java could open."""


@dataclass(frozen=True, slots=True)
class Text:
    """A parsed file."""

    root: Element = field(repr=False)
    """The tree with Java's names: no prefixes, attributes in lower case."""
    is_plain: bool
    """Whether the file is well-formed and every program reads it the way we do."""


def read_text(body: bytes) -> Text:
    """Read a file. Raises `NotReadable`."""
    if len(body) > MAX_BYTES:
        raise NotReadable
    text, is_as_said = _decoded(body)
    careful = text if "<!ENTITY" in text else _UNWRITTEN.sub("&amp;", text)
    root, is_strict = _parsed(careful)
    names = {_is_named_as_java_does(element) for element in root.iter()}
    is_tidy = is_strict and names == {True} and not any(map(_has_stray_text, root.iter()))
    is_one_way = not _TWO_WAYS.search(_PLAIN_DOCTYPE.sub("", text, count=1))
    return Text(root, is_as_said and careful == text and is_tidy and is_one_way)


def _decoded(body: bytes) -> tuple[str, bool]:
    """Return the text without its XML declaration, and whether the bytes are UTF-8, as Java assumes."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            text = body.decode(name, "replace").removeprefix("\ufeff")
            return _DECLARATION.sub("", text, count=1), False
    said = _said_encoding(body)
    text = _decoded_as(body, ("utf-8", said, _MEANT))
    is_as_said = said == "utf-8" and text.encode() == body and not text[:1].isspace()
    return _DECLARATION.sub("", text, count=1), is_as_said


def _decoded_as(body: bytes, names: Iterable[str]) -> str:
    for name in filter(None, names):
        with suppress(UnicodeDecodeError):
            return body.decode(name)
    return body.decode("ascii", "replace")


def _said_encoding(body: bytes) -> str:
    """Return the declared encoding by Python's name; empty if the file can't mean it."""
    said = _SAID.match(body.lstrip()[:256])
    with suppress(LookupError):
        name = codecs.lookup(said[1].decode("ascii")).name if said else "utf-8"
        return name if name == "utf-8" or _ONE_BYTE.fullmatch(name) else ""
    return ""


def _parsed(text: str) -> tuple[Element, bool]:
    """Return the tree, and whether the XML is well-formed."""
    text = text.strip("\0 \t\r\n")
    root: Element | None = None
    is_strict = True
    try:
        # Many JNLP files of that time have a DOCTYPE. What matters is that we define and fetch no entity.
        root = defusedxml.ElementTree.fromstring(text, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, ValueError) as error:
        is_strict = False
        root = None if isinstance(error, DefusedXmlException) else _forgiven(text)
    if root is None or _is_deep(root):
        raise NotReadable
    return root, is_strict


def _forgiven(text: str) -> Element | None:
    """Parse what isn't XML, but is a JNLP to Java; None if Java wouldn't open it either."""
    from lxml import etree

    bare = _PLAIN_DOCTYPE.sub("", _DECLARATION.sub("", _without_comments(text), count=1), count=1).strip()
    if "<!" in bare or _HALF.search(bare):
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_pis=True)
    try:
        found = etree.fromstring(bare, parser)
        is_forgivable = found is not None and all(mistake.type_name in _FORGIVEN for mistake in parser.error_log)
        return _copied(found) if is_forgivable else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def _without_comments(text: str) -> str:
    kept, at = "", 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept += text[at:start]
        at = end + 3
    return kept + text[at:]


def _copied(found: Any) -> Element:
    """Copy an lxml element; lxml only goes 256 levels deep."""
    made = Element(found.tag, {name: _legal(value) for name, value in found.attrib.items()})
    made.text, made.tail = _legal(found.text), _legal(found.tail)
    made.extend([_copied(child) for child in found if isinstance(child.tag, str)])
    return made


def _legal(text: str | None) -> str:
    return _ILLEGAL.sub("\ufffd", text or "")


def _is_named_as_java_does(element: Element) -> bool:
    """Rename the element and its attributes as Java does. Returns whether they already had those names."""
    said = element.tag, dict(element.attrib)
    element.tag = element.tag.rpartition("}")[2].rpartition(":")[2]
    element.attrib.clear()
    for name, value in said[1].items():
        folded = name.lower()
        if not name.isascii() or "}" in name or ":" in name:
            continue
        if element.attrib.setdefault(folded, value) != value:
            raise NotReadable
    return said == (element.tag, element.attrib)


def _has_stray_text(element: Element) -> bool:
    """Whether there is text between the element's children, which Java's own starter stumbles over."""
    texts = (element.text, *(child.tail for child in element)) if len(element) else ()
    return any(text and not text.isspace() for text in texts)


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(_MAX_DEPTH):
        level = [child for element in level for child in element]
    return bool(level)
