"""The JNLP file that the signing page links to: the one place where it is read.

It is read as Java's own starter reads it: what real portals send is opened, however careless. Two things make that
safe. No entity is ever defined or fetched, and Java gets the file as it came only where no two programs could read it
differently; otherwise it gets what was read here, written out again with every address in full.

A relative codebase and a missing one are resolved against the file's own address, and the codebase always gets a slash,
as IcedTea-Web does it. How the file's text is read is in `jnlp_text`.
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
"""Elements whose address Java runs something from. An icon is only shown, ``homepage`` only told, ``j2se`` unused."""

_NAMES_A_PLACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2}")
_AS_WRITTEN = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '"<>^`{|}')


class FromElsewhere(Exception):  # noqa: N818 (the word for it)
    """The JNLP leads to a place that is not allowed, or names one in a way that two programs could read differently."""


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """Where the signing service is."""

    base: str
    """Address below which the service answers, without a slash at its end."""
    codebase: str
    """Address from which the JNLP's own parts come."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Something that Java fetches and runs."""

    kind: str
    """``jar``, ``nativelib`` or ``extension``: another JNLP."""
    href: str
    """As the file has it."""
    address: str
    """What that means, in full; allowed."""


@dataclass(frozen=True, slots=True)
class Jnlp:
    """A JNLP that was read; its own address and its codebase are allowed."""

    codebase: str
    """Absolute, with a slash at its end."""
    root: Element = field(repr=False)
    """The tree, with names as Java takes them: without namespaces."""
    body: bytes = field(repr=False)
    """The file as it came."""
    is_plain: bool
    """Whether every program reads the file's text as it was read here."""
    is_allowed: IsAllowed = field(repr=False)

    def service(self) -> str:
        """Return the base of the signing service. Raises `NotReadable` unless one is named, and `FromElsewhere`."""
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
        """Return what Java runs something from. Raises `FromElsewhere` and `NotReadable` where it may not."""
        found = [(one.tag, (one.get("href") or "").strip()) for one in self.root.iter() if one.tag in _LOADED]
        return [Loaded(kind, href, _address(self.codebase, href, self.is_allowed)) for kind, href in found if href]

    def for_java(self) -> bytes:
        """Return what may be opened from a file on disk: as it came (a signature may cover it), or in full.

        In full, every address is absolute, ``*.localhost``, which Java cannot resolve, is 127.0.0.1, and the file's
        own address is left out, so that Java doesn't fetch the careless one again. Raises as `loaded` does, and
        `NotReadable` where there is nothing to run.
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
    """Read the JNLP that came from *address*. Raises `NotReadable` and `FromElsewhere`."""
    if split_address(address) is None or not is_allowed(address):
        raise FromElsewhere
    text = read_text(body)
    root = text.root
    if root.tag != "jnlp" or sum(1 for _ in root.iter("jnlp")) > 1:
        raise NotReadable
    codebase = _address(address, (root.get("codebase") or "").strip() or ".", is_allowed)
    return Jnlp(codebase if codebase.endswith("/") else f"{codebase}/", root, body, text.is_plain, is_allowed)


def find_service(jnlp: bytes, address: str, is_allowed: IsAllowed) -> ServiceAddress:
    """Read where the signing service is in the JNLP that came from *address*.

    Its address, its codebase and the service's base must all be allowed. A relative base is resolved against the
    codebase.

    Raises `SigningError`: ``service_not_found`` where the file is no JNLP or does not name one service,
    ``service_not_allowed`` where it leads elsewhere.
    """
    try:
        read = read_jnlp(jnlp, address, is_allowed)
        return ServiceAddress(read.service(), read.codebase)
    except NotReadable:
        raise SigningError("service_not_found") from None
    except FromElsewhere:
        raise SigningError("service_not_allowed") from None


def _resources(root: Element) -> Iterator[Element]:
    """Give the blocks of resources, those inside a Java version's own element too."""
    for block in root.findall("resources"):
        yield block
        for java in (*block.findall("j2se"), *block.findall("java")):
            yield from java.findall("resources")


def _address(origin: str, reference: str, is_allowed: IsAllowed) -> str:
    """Return the allowed address that *reference* means at *origin*, a careless path with its escapes."""
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
