"""Finding the signing service: a property in the JNLP file that the signing page links to."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from assistant.errors import SigningError
from assistant.signing.http import IsAllowed, resolved, split_address

PROPERTY = "jnlp.eimza.service"
MAX_OCTETS = 256 * 1024
"""Longest JNLP file that is read; a real one has a few kilobytes."""


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """Where the signing service is."""

    base: str
    """Address below which the service answers, without a slash at its end."""
    codebase: str
    """Address from which the JNLP's own parts come."""


def find_service(jnlp: bytes, address: str, is_allowed: IsAllowed) -> ServiceAddress:
    """Read the JNLP file that came from *address*.

    Its address, its codebase and the service's base must all be allowed, and written so that no two programs can
    read them differently. A relative codebase is resolved against *address*, a relative base against the codebase.

    Raises `SigningError`: ``service_not_found`` where the file is no JNLP or does not name one service,
    ``service_not_allowed`` where it leads elsewhere.
    """
    _check(address, is_allowed)
    root = _parse(jnlp)
    codebase = _resolved(address, root.get("codebase") or ".", is_allowed)
    named = {
        (found.get("value") or "").strip()
        for found in root.findall("resources/property")
        if found.get("name") == PROPERTY
    }
    if len(named) != 1 or "" in named:
        raise SigningError("service_not_found")
    base = _resolved(codebase if codebase.endswith("/") else f"{codebase}/", named.pop(), is_allowed)
    parts = split_address(base)
    if parts is None or parts.query:
        raise SigningError("service_not_allowed")
    return ServiceAddress(base.rstrip("/"), codebase)


def _parse(jnlp: bytes) -> Element:
    if len(jnlp) > MAX_OCTETS:
        raise SigningError("service_not_found")
    root: Element | None = None
    try:
        root = defusedxml.ElementTree.fromstring(jnlp, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # LookupError: an unknown encoding
        root = None
    if root is None or root.tag != "jnlp":
        raise SigningError("service_not_found")
    return root


def _resolved(origin: str, reference: str, is_allowed: IsAllowed) -> str:
    reference = reference.strip()
    address = resolved(origin, reference)
    if address is None:
        raise SigningError("service_not_allowed")
    _check(address, is_allowed)
    return address


def _check(address: str, is_allowed: IsAllowed) -> None:
    if split_address(address) is None or not is_allowed(address):
        raise SigningError("service_not_allowed")
