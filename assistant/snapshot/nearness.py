"""The screen of the reference that a page resembles most."""

from __future__ import annotations

from assistant.snapshot.comparing import Change, compare_screens
from assistant.snapshot.kept import Screen
from assistant.snapshot.recognising import Recognised
from assistant.snapshot.reference import EDITIONS, reference


def nearest(page: Recognised) -> tuple[str, Screen, list[Change]]:
    """Return the edition and screen of the reference that *page* resembles most, and how it differs from it."""
    wanted = page.name or (page.told.spec.name if page.told else "")
    of_name = [(e, s) for e in EDITIONS for s in reference(e).screens if s.name == wanted]
    every = of_name or [(e, s) for e in EDITIONS for s in reference(e).screens if set(s.sites) & page.tab.sites]
    every = every or [(e, s) for e in EDITIONS for s in reference(e).screens]
    compared = [(e, s, [c for c in compare_screens(s, page.screen) if not c.is_layout]) for e, s in every]
    return min(compared, key=lambda one: len(one[2]))
