"""The host rule: where a run may be at all. In code, not in data, so that no change of wording can widen it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit, urlunsplit

from flows.look import Look, portal_look
from flows.sites import ENTRY, ENTRY_PATH, SITES

AddressProblem = Literal["not_an_address", "user_name", "not_loopback"]


class PortalAddressError(ValueError):
    """An address that can't be a portal on this machine."""

    def __init__(self, problem: AddressProblem) -> None:
        self.problem = problem
        super().__init__(f"not the address of a portal on this machine: {problem}")


_REAL_HOSTS = {site.host: site.name for site in SITES.values()}
_LABELS = {site.label: site.name for site in SITES.values()}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_EDEVLET = frozenset({"turkiye.gov.tr", "www.turkiye.gov.tr"})
"""e-Devlet's own pages besides its gateway: there it may ask for a new password on the way back from a bank."""
_LOOPBACK_NAMES = r"(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])"


def is_loopback_host(host: str) -> bool:
    """Return whether *host* always means this machine.

    That is ``localhost``, ``*.localhost`` (RFC 6761), 127.0.0.0/8 and ``::1``.
    """
    host = host.lower()
    if host == "localhost" or (host.endswith(".localhost") and ".." not in host and not host.startswith(".")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class HostRule:
    """Which addresses a run may visit, and whose they are.

    On the real portal: https and exactly the hosts of the three sites. On a loopback portal: loopback hosts on the
    port and scheme of its entry address. For where the person may go meanwhile see `may_be_elsewhere`.
    """

    look: Look
    entry: str
    """Where a run begins."""
    loopback: bool

    @classmethod
    def real(cls, look: Look | None = None) -> HostRule:
        """Return the rule of the real portal."""
        return cls(look or portal_look(), ENTRY, loopback=False)

    def is_entry(self, address: str) -> bool:
        """Return whether *address* means this portal's entry: the entry itself, or its site without a path."""
        parts = _split(address)
        entry = urlsplit(self.entry)
        return (
            parts is not None
            and self.allows(address)
            and parts.hostname == entry.hostname
            and parts.path.rstrip("/") in {"", entry.path.rstrip("/")}
            and not parts.query
        )

    @classmethod
    def for_loopback(cls, address: str, look: Look | None = None) -> HostRule:
        """Return the rule of the loopback portal whose entry is *address*.

        An address without a path gets the portal's usual entry path. Raises `PortalAddressError` when the address isn't
        on this machine.
        """
        parts = _split(address)
        if parts is None or parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            raise PortalAddressError("not_an_address")
        if parts.username is not None or parts.password is not None:
            raise PortalAddressError("user_name")
        if not is_loopback_host(parts.hostname):
            raise PortalAddressError("not_loopback")
        if parts.path in {"", "/"} and not parts.query:
            address = urlunsplit((parts.scheme, parts.netloc, ENTRY_PATH, "", ""))
        return cls(look or portal_look(), address, loopback=True)

    def allows(self, address: str) -> bool:
        """Return whether *address* may be visited."""
        parts = _split(address)
        if parts is None or not parts.hostname or parts.username is not None or parts.password is not None:
            return False
        if not self.loopback:
            at_default_port = parts.port in {None, 443}
            return parts.scheme == "https" and at_default_port and parts.hostname in _REAL_HOSTS
        entry = urlsplit(self.entry)
        return parts.scheme == entry.scheme and _port(parts) == _port(entry) and is_loopback_host(parts.hostname)

    def sites(self, address: str) -> frozenset[str]:
        """Return the names of the sites whose page *address* may be; empty when it isn't allowed."""
        if not self.allows(address):
            return frozenset()
        host = urlsplit(address).hostname or ""
        known = _REAL_HOSTS if not self.loopback else _LABELS
        name = known.get(host if not self.loopback else host.split(".")[0])
        return frozenset([name]) if name else frozenset(SITES)

    def may_be_elsewhere(self, address: str) -> bool:
        """Return whether the person may have been led to *address* to log in: see `flows.elsewhere`.

        On the real portal that is any https host not its own; on a loopback portal another port of this machine.
        """
        parts = _split(address)
        if parts is None or not parts.hostname or parts.username is not None or parts.password is not None:
            return False
        if not self.loopback:
            return parts.scheme == "https" and not self.allows(address)
        is_another_port = _port(parts) != _port(urlsplit(self.entry))
        return parts.scheme in _DEFAULT_PORTS and is_another_port and is_loopback_host(parts.hostname)

    def is_of_edevlet(self, address: str) -> bool:
        """Return whether *address* is e-Devlet's own outside the gateway: the gateway itself may lead there."""
        parts = _split(address)
        return not self.loopback and parts is not None and parts.hostname in _EDEVLET and self.may_be_elsewhere(address)

    def origins_pattern(self) -> str:
        """Return a JavaScript regular expression for the origins that may be visited."""
        if not self.loopback:
            return f"^https://(?:{'|'.join(re.escape(host) for host in sorted(_REAL_HOSTS))})$"
        entry = urlsplit(self.entry)
        port = "" if _port(entry) == _DEFAULT_PORTS[entry.scheme] else f":{entry.port}"
        return f"^{entry.scheme}://{_LOOPBACK_NAMES}{port}$"


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 (raises when the port is not a number)
    except ValueError:
        return None
    return parts


def _port(parts: SplitResult) -> int | None:
    return parts.port or _DEFAULT_PORTS.get(parts.scheme)
