"""Finds the reference screen most like a page, and how what somebody saw differs from the reference."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.snapshot.comparing import Change, ScreenChanges, compare_screens, path_of
from assistant.snapshot.kept import Screen, Snapshot
from assistant.snapshot.recognising import Recognised
from assistant.snapshot.reference import EDITIONS, reference


def nearest(page: Recognised) -> tuple[str, Screen, list[Change]]:
    """Return the reference edition and screen most like *page*, and how it differs."""
    wanted = page.name or (page.told.spec.name if page.told else "")
    of_name = [(e, s) for e in EDITIONS for s in reference(e).screens if s.name == wanted]
    every = of_name or [(e, s) for e in EDITIONS for s in reference(e).screens if set(s.sites) & page.tab.sites]
    every = every or [(e, s) for e in EDITIONS for s in reference(e).screens]
    compared = [(e, s, [c for c in compare_screens(s, page.screen) if not c.is_layout]) for e, s in every]
    return min(compared, key=lambda one: len(one[2]))


def compare_with_known(known: Snapshot, seen: Snapshot) -> tuple[ScreenChanges, ...]:
    """Return how the pages in *seen*, perhaps only a few, differ from those of a *known* portal.

    We compare an unrecognised page with the one most like it.
    """
    found: dict[str, ScreenChanges] = {}
    for screen in seen.screens:
        name, changes = _beside_known(known, screen)
        if changes and name not in found:
            found[name] = ScreenChanges(name, tuple(changes))
    return tuple(found.values())


def _beside_known(known: Snapshot, screen: Screen) -> tuple[str, list[Change]]:
    alike = [other for other in known.screens if other.name == screen.name]
    if not alike and not screen.name:
        alike = [other for other in known.screens if set(other.sites) & set(screen.sites)]
    if not alike:
        return screen.name or path_of(screen), [Change("screen_new", ())]
    compared = [(other.name, list(compare_screens(other, screen))) for other in alike]
    return min(compared, key=lambda one: len(list(_that_matter(one[1]))))


def _that_matter(changes: list[Change]) -> Iterator[Change]:
    return (change for change in changes if not change.is_layout)
