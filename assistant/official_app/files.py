"""The app's files: the JNLP or the jar, checked before anything is opened.

Java loads what a JNLP names, so everything it would load must lie on an allowed host. Nothing that fails a check is
written to disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit
from xml.etree.ElementTree import Element, ParseError, tostring

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from assistant.errors import SigningError
from assistant.signing.http import IsAllowed, ServiceClient, is_local_name, resolved, split_address

MAX_JNLP = 256 * 1024
"""Octets of the longest JNLP that is read; a real one has a few kilobytes."""
MAX_JAR = 200 * 1024 * 1024
"""Octets of the largest jar that is read; such apps have some tens of megabytes."""
_SECONDS = 60.0
_LOADED = frozenset({"jar", "nativelib", "extension", "icon", "package"})
"""Elements whose address Java loads. ``homepage`` and ``j2se`` are only told to the person or not used at all."""


@dataclass(frozen=True, slots=True)
class AppFile:
    """A checked file of the app."""

    name: str
    """How it is called on disk: fixed, whatever the portal calls it."""
    body: bytes = field(repr=False)

    @property
    def is_jnlp(self) -> bool:
        """Whether Java Web Start opens it; otherwise plain Java does."""
        return self.name.endswith(".jnlp")


Fetch = Callable[[str, int], bytes]
"""Fetches the file at an address, of at most that many octets. Raises `SigningError`."""


def fetch_jnlp(address: str, fetch: Fetch, is_allowed: IsAllowed) -> AppFile:
    """Fetch and check the JNLP at *address*.

    Raises `SigningError`: ``app_not_allowed`` where it would load anything from elsewhere,
    ``service_answer_invalid`` where it is no JNLP, and what *fetch* raises.
    """
    return AppFile("KamuSM-eimza.jnlp", checked_jnlp(fetch(address, MAX_JNLP), address, is_allowed))


def fetch_jar(address: str, fetch: Fetch) -> AppFile:
    """Fetch the jar at *address*; it must be one that Java can run. Raises as `fetch_jnlp` does."""
    body = fetch(address, MAX_JAR)
    if not _is_runnable(body):
        raise SigningError("service_answer_invalid")
    return AppFile("KamuSM-eImza.jar", body)


def fetch_apart(address: str, most: int, cookies: str, is_allowed: IsAllowed) -> bytes:
    """Fetch without the browser, for what its page may not fetch: from another allowed host, or by a redirect to one.

    *cookies* is the browser's Cookie header for *address*. Raises `SigningError`.
    """
    if split_address(address) is None or not is_allowed(address):
        raise SigningError("app_not_allowed")
    with ServiceClient(is_allowed, seconds=_SECONDS, octets=most) as client:
        answer = client.get(address, cookies=cookies)
    if answer.status != 200:
        raise SigningError("service_answer_invalid")
    return answer.body


def checked_jnlp(body: bytes, address: str, is_allowed: IsAllowed) -> bytes:
    """Return the JNLP that may be opened, unchanged unless it names ``*.localhost``, which Java cannot resolve."""
    root = _parsed(body)
    if not is_allowed(address):
        raise SigningError("app_not_allowed")
    codebase = _resolved(address, root.get("codebase") or ".", is_allowed)
    folder = codebase if codebase.endswith("/") else f"{codebase}/"
    if href := root.get("href"):
        _resolved(folder, href, is_allowed)
    jars = [element for element in root.iter("jar") if element.get("href")]
    if not jars:
        raise SigningError("service_answer_invalid")
    for element in root.iter():
        if element.tag in _LOADED and (href := element.get("href")):
            _resolved(folder, href, is_allowed)
    return _for_java(root) if _is_local(codebase) else body


def _parsed(body: bytes) -> Element:
    root: Element | None = None
    try:
        # A DOCTYPE is in many JNLP files of the time; what matters is that no entity is defined or fetched.
        root = defusedxml.ElementTree.fromstring(body, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # LookupError: an unknown encoding
        root = None
    if root is None or root.tag != "jnlp":
        raise SigningError("service_answer_invalid")
    return root


def _resolved(origin: str, reference: str, is_allowed: IsAllowed) -> str:
    address = resolved(origin, reference.strip())
    if address is None or split_address(address) is None or not is_allowed(address):
        raise SigningError("app_not_allowed")
    return address


def _is_local(address: str) -> bool:
    return is_local_name(urlsplit(address).hostname or "")


def _for_java(root: Element) -> bytes:
    """Write 127.0.0.1 where the JNLP names a ``*.localhost`` host, and leave out where it would be fetched again."""
    root.attrib.pop("href", None)
    for element in root.iter():
        for name, value in element.attrib.items():
            if value.startswith(("http://", "https://")) and _is_local(value):
                parts = urlsplit(value)
                place = "127.0.0.1" if parts.port is None else f"127.0.0.1:{parts.port}"
                element.set(name, urlunsplit((parts.scheme, place, parts.path, parts.query, "")))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _is_runnable(body: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as jar:
            manifest = jar.read("META-INF/MANIFEST.MF")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError):
        return False
    return b"main-class:" in manifest.lower()
