"""The JNLP file that the signing page links to. This is the only place that reads it.

We read it the way Java's own starter does: whatever real portals send gets opened, however sloppy. Two things make that
safe. We never define or fetch an entity. And Java only gets the original file if no two programs could read it
differently; otherwise it gets what we read, written out again with full addresses.

A relative or missing codebase is resolved against the file's own address, and always gets a slash, as in IcedTea-Web.
`jnlp_text` reads the file's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, tostring

from assistant.base.errors import SigningError
from assistant.signing.http import IsAllowed, is_local_name, resolved, split_address
from assistant.signing.jnlp_text import NotReadable, read_text

PROPERTY = "jnlp.eimza.service"
_LOADED = frozenset({"jar", "nativelib", "extension"})
"""Elements whose address Java runs code from. It only shows an icon and the ``homepage``, and ``j2se`` is unused."""

_NAMES_A_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}")
_AS_WRITTEN = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '"<>^`{|}')


class FromElsewhere(Exception):  # noqa: N818 (the word for it)
    """The JNLP leads somewhere that isn't allowed, or names a place that two programs could read differently."""


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """Where the signing service is."""

    base: str
    """Base address of the service, without a slash at the end."""
    codebase: str
    """Where the JNLP's own parts come from."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Something that Java fetches and runs."""

    kind: str
    """``jar``, ``nativelib`` or ``extension``: another JNLP."""
    href: str
    """As written in the file."""
    address: str
    """The same as a full address; allowed."""


@dataclass(frozen=True, slots=True)
class Jnlp:
    """A JNLP we have read. Its own address and its codebase are allowed."""

    codebase: str
    """Absolute, with a slash at the end."""
    root: Element = field(repr=False)
    """The tree with names as Java sees them: without namespaces."""
    body: bytes = field(repr=False)
    """The original file."""
    is_plain: bool
    """Whether every program reads the file's text the way we do."""
    is_allowed: IsAllowed = field(repr=False)

    def service(self) -> str:
        """Return the base of the signing service. Raises `FromElsewhere`, and `NotReadable` unless there is one."""
        named = {
            (found.get("value") or "").strip()
            for block in _resources(self.root)
            for found in block.findall("property")
            if (found.get("name") or "").strip() == PROPERTY
        }
        if len(named) != 1 or "" in named:
            raise NotReadable
        base = _address(self.codebase, named.pop(), self.is_allowed)
        if urlsplit(base).query:
            raise FromElsewhere
        return base.rstrip("/")

    def loaded(self) -> list[Loaded]:
        """Return everything Java runs code from. Raises `FromElsewhere` and `NotReadable` if it mustn't."""
        found = [(one.tag, (one.get("href") or "").strip()) for one in self.root.iter() if one.tag in _LOADED]
        return [Loaded(kind, href, _address(self.codebase, href, self.is_allowed)) for kind, href in found if href]

    def for_java(self) -> bytes:
        """Return the file to open from disk: the original (a signature may cover it), or written out in full.

        In full means: every address is absolute, ``*.localhost`` becomes 127.0.0.1 because Java can't resolve it, and
        the file's own address is gone, so that Java doesn't fetch the sloppy original. Raises like `loaded`, and
        `NotReadable` if there is nothing to run.
        """
        loaded = self.loaded()
        if not any(one.kind != "nativelib" for one in loaded):
            raise NotReadable
        href = (self.root.get("href") or "").strip()
        if href:
            _address(self.codebase, href, self.is_allowed)
        codebase = (self.root.get("codebase") or "").strip()
        is_whole = bool(urlsplit(codebase).scheme) and all(map(_is_careful, (codebase, *(one.href for one in loaded))))
        is_resolvable = not any(map(_is_local, (self.codebase, *(one.address for one in loaded))))
        return self.body if self.is_plain and is_whole and is_resolvable else self._in_full()

    def _in_full(self) -> bytes:
        root = deepcopy(self.root)
        root.attrib.pop("href", None)
        root.set("codebase", self.codebase)
        for element in root.iter():
            href = (element.get("href") or "").strip()
            if element.tag in _LOADED and href:
                element.set("href", _address(self.codebase, href, self.is_allowed))
            for name, value in element.attrib.items():
                if _is_local(value.strip()):
                    element.set(name, _resolvable(value.strip()))
            element.tail = None  # Java's own starter stumbles over text between elements
            text = "" if len(element) else element.text or ""
            element.text = _resolvable(text.strip()) if _is_local(text.strip()) else text
        written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return written


def read_jnlp(body: bytes, address: str, is_allowed: IsAllowed) -> Jnlp:
    """Read the JNLP we got from *address*. Raises `NotReadable` and `FromElsewhere`."""
    if split_address(address) is None or not is_allowed(address):
        raise FromElsewhere
    text = read_text(body)
    root = text.root
    if root.tag != "jnlp" or sum(1 for _ in root.iter("jnlp")) > 1:
        raise NotReadable
    codebase = _address(address, (root.get("codebase") or "").strip() or ".", is_allowed)
    return Jnlp(codebase if codebase.endswith("/") else f"{codebase}/", root, body, text.is_plain, is_allowed)


def find_service(jnlp: bytes, address: str, is_allowed: IsAllowed) -> ServiceAddress:
    """Find the signing service in the JNLP we got from *address*.

    That address, the codebase and the service's base must all be allowed. A relative base is resolved against the
    codebase.

    Raises `SigningError`: ``service_not_found`` if the file isn't a JNLP or doesn't name exactly one service,
    ``service_not_allowed`` if it leads elsewhere.
    """
    try:
        read = read_jnlp(jnlp, address, is_allowed)
        return ServiceAddress(read.service(), read.codebase)
    except NotReadable:
        raise SigningError("service_not_found") from None
    except FromElsewhere:
        raise SigningError("service_not_allowed") from None


def _resources(root: Element) -> Iterator[Element]:
    """Yield the resource blocks, including those inside a Java version's element."""
    for block in root.findall("resources"):
        yield block
        for java in (*block.findall("j2se"), *block.findall("java")):
            yield from java.findall("resources")


def _address(origin: str, reference: str, is_allowed: IsAllowed) -> str:
    """Return the allowed address that *reference* means at *origin*, escaping what a sloppy path left unescaped."""
    address = resolved(origin, quote(reference, safe=_AS_WRITTEN)) if reference.isprintable() else None
    if address is not None and split_address(address) is not None:
        if is_allowed(address):
            return address
        raise FromElsewhere
    raise FromElsewhere if _NAMES_A_PLACE.match(reference) else NotReadable


def _is_careful(reference: str) -> bool:
    return quote(reference, safe=_AS_WRITTEN) == reference


def _is_local(address: str) -> bool:
    parts = split_address(address) if _NAMES_A_PLACE.match(address) else None
    return parts is not None and is_local_name(parts.hostname or "")


def _resolvable(address: str) -> str:
    parts = urlsplit(address)
    place = "127.0.0.1" if parts.port is None else f"127.0.0.1:{parts.port}"
    return urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
