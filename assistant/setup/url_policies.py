"""Company policies that close addresses to a browser: ``URLBlocklist`` and its exceptions, ``URLAllowlist``.

The format of their entries: https://support.google.com/chrome/a/answer/9942583. Whether an address is closed is the
most specific entry's say; of two alike the exception wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.setup.browser import Browser
from assistant.setup.policies import Policy, policies
from assistant.setup.system import System

_ENTRY = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*|\*)://)?(?P<host>\[[0-9a-f:.]+\]|[^/:?#@]*)(?::(?P<port>\d+|\*))?(?P<rest>[/?].*)?",
    re.IGNORECASE,
)
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True, order=True)
class _Weight:
    """How specific an entry is; the greater one decides."""

    is_exact: bool
    """It means one host, without its subdomains."""
    host: int
    """Length of its host; 0 for every host."""


def closed(browser: Browser, system: System, addresses: Iterable[str]) -> tuple[Policy, str] | None:
    """Return the first of *addresses* that *browser*'s policies close to it on *system*, with the policy; None if open.

    We say nothing about entries for single pages, or about what we can't read; the browser will tell.
    """
    if browser.is_shell:
        return None
    found = [policy for policy in policies(browser.kind, system) if isinstance(policy.value, list)]
    blocked = [policy for policy in found if policy.name == "URLBlocklist"]
    allowed = [entry for policy in found if policy.name == "URLAllowlist" for entry in _texts(policy)]
    for address in addresses:
        for policy in blocked:
            if closing := _closing(_texts(policy), allowed, address):
                return Policy(policy.name, [closing], policy.where), address
    return None


def _texts(policy: Policy) -> Sequence[str]:
    return [entry for entry in policy.value if isinstance(entry, str)] if isinstance(policy.value, list) else []


def _closing(blocked: Iterable[str], allowed: Sequence[str], address: str) -> str | None:
    """Return the entry of *blocked* that closes *address*; None if there is none, or an exception outweighs it."""
    exceptions = [weight for entry in allowed if (weight := _weight(entry, address, whole=False))]
    weighed = [(weight, entry) for entry in blocked if (weight := _weight(entry, address, whole=True))]
    for weight, entry in sorted(weighed, reverse=True):
        return None if any(one >= weight for one in exceptions) else entry
    return None


def _weight(entry: str, address: str, *, whole: bool) -> _Weight | None:
    """Return how specific *entry* is if it covers *address*, else None.

    With *whole* it must cover all of the address's host, not just some of its pages.
    """
    parts, asked = _ENTRY.fullmatch(entry.strip()), urlsplit(address)
    if parts is None or (whole and parts["rest"] not in (None, "/", "/*")):
        return None
    scheme, host, port = (parts["scheme"] or "*").lower(), parts["host"].lower(), parts["port"] or "*"
    its_port = asked.port or _PORTS.get(asked.scheme)
    if scheme not in ("*", asked.scheme) or port not in ("*", str(its_port)):
        return None
    name = asked.hostname or ""
    if host == "*":
        return _Weight(is_exact=False, host=0)
    if host.startswith("."):
        return _Weight(is_exact=True, host=len(host) - 1) if name == host[1:] else None
    covers = bool(host) and (name == host or name.endswith(f".{host}"))
    return _Weight(is_exact=False, host=len(host)) if covers else None
