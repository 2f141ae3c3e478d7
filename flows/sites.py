"""Whose pages a run may be on: the portal's sites and the address where it begins.

In code, not in data, like the forbidden controls: no edit of wording, no portal file and no learnt word can lead a
run to another host. Source: the guide of 2020, steps 1 to 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Site:
    """One of the portal's sites."""

    name: str
    label: str
    """First label of its host on a loopback portal, as in ``giris.localhost``; a host without such a label may be any
    site."""
    host: str
    """Its host on the real portal."""


SITES: Mapping[str, Site] = MappingProxyType(
    {
        site.name: site
        for site in (
            Site("portal", "onlineislemler", "onlineislemler.kamusm.gov.tr"),
            Site("bridge", "gecit", "gecit.kamusm.gov.tr"),
            Site("gateway", "giris", "giris.turkiye.gov.tr"),
        )
    }
)
"""The sites by name."""
ENTRY_PATH = "/landing"
ENTRY = f"https://{SITES['portal'].host}{ENTRY_PATH}"
"""Where a run on the real portal begins."""
