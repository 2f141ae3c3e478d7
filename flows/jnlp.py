"""Finding the links to the signing application on the signing screen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.controls import find_all
from flows.look import Look
from flows.observation import Control, TabView

_SCHEMES = {"http": "http", "https": "https", "jnlp": "http", "jnlps": "https"}
"""How a link may begin, and what we fetch it with: ``jnlp`` and ``jnlps`` ask the system for Java at once."""
_LINK = re.compile(r"([a-z]+)(://[^?#]*)(.*)", re.IGNORECASE | re.DOTALL)


def jnlp_address(tab: TabView, look: Look) -> str | None:
    """Return the address of the JNLP file that *tab* links to, or None.

    A link ending in ``.jnlp`` comes first, whatever its words; then a link with the usual words.
    """
    return _address(tab, look, "jnlp_link", ".jnlp", (".jar", ".pdf", ".exe"))


def jar_address(tab: TabView, look: Look) -> str | None:
    """Return the address of the application without Java Web Start that *tab* links to, or None.

    Its name has changed over the years, so any jar counts; then a link with the usual words.
    """
    return _address(tab, look, "jar_link", ".jar", (".jnlp", ".pdf", ".exe"))


def _address(tab: TabView, look: Look, link: str, end: str, other_ends: tuple[str, ...]) -> str | None:
    named = [address for address, name in _links(tab.controls) if name.endswith(end)]
    labelled = [a for a, name in _links(find_all(tab, look.controls[link])) if not name.endswith(other_ends)]
    return next(iter(named + labelled), None)


def _links(controls: Iterable[Control]) -> list[tuple[str, str]]:
    """Return each link's address and the name of its file in lower case, without a session number."""
    found = [match for control in controls if (match := _LINK.fullmatch(control.href))]
    return [
        (f"{scheme}{match[2]}{match[3]}", match[2].rpartition("/")[2].partition(";")[0].lower())
        for match in found
        if (scheme := _SCHEMES.get(match[1].lower()))
    ]
