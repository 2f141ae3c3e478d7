"""Finding the link to the signing application on the signing screen."""

from __future__ import annotations

from urllib.parse import urlsplit

from flows.controls import find_all
from flows.look import Look
from flows.observation import TabView


def jnlp_address(tab: TabView, look: Look) -> str | None:
    """Return the address of the JNLP file that *tab* links to, or None.

    A link that ends in ``.jnlp`` counts first, whatever its words; a link with the usual words second.
    """
    links = [c for c in tab.controls if c.href.startswith(("http:", "https:"))]
    for link in links:
        if urlsplit(link.href).path.lower().endswith(".jnlp"):
            return link.href
    labelled = [c.href for c in find_all(tab, look.controls["jnlp_link"]) if c.href.startswith(("http:", "https:"))]
    others = [href for href in labelled if not urlsplit(href).path.lower().endswith((".jar", ".pdf", ".exe"))]
    return others[0] if others else None


def jar_address(tab: TabView, look: Look) -> str | None:
    """Return the address of the application without Java Web Start that *tab* links to, or None.

    Its name has changed over the years, so any jar counts; a link with the usual words second.
    """
    links = [c for c in tab.controls if c.href.startswith(("http:", "https:"))]
    jars = [c.href for c in links if urlsplit(c.href).path.lower().endswith(".jar")]
    labelled = [c.href for c in find_all(tab, look.controls["jar_link"]) if c.href.startswith(("http:", "https:"))]
    others = [href for href in labelled if not urlsplit(href).path.lower().endswith((".jnlp", ".pdf", ".exe"))]
    return next(iter(jars + others), None)
