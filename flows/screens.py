"""Telling which screen is shown: all its signals, or no answer at all."""

from __future__ import annotations

from dataclasses import dataclass

from flows.controls import find_all
from flows.errors import ScreenError
from flows.look import Look, ScreenSpec, Signal
from flows.observation import Observation, TabView
from flows.text import says


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised screen and the tab it is in."""

    screen: str
    tab: TabView


def recognise(observation: Observation, look: Look) -> Seen:
    """Return the screen the person is at.

    The newest tab counts; an older one only where the newest is none of the portal's own screens (a survey, a
    document). A page that is still empty, or leads on by itself, is the screen ``hop``. Raises `ScreenError` for no
    match or several.
    """
    if not observation.tabs:
        raise ScreenError("screen_unknown", seen="no open tab")
    newest = observation.tabs[-1]
    try:
        return Seen(screen_of(newest, look), newest)
    except ScreenError as unknown:
        for tab in reversed(observation.tabs[:-1]):
            names = candidates(tab, look, rank=1)
            if len(names) == 1:
                return Seen(names[0], tab)
        raise unknown from None


def screen_of(tab: TabView, look: Look) -> str:
    """Return the name of the one screen that *tab* shows. Raises `ScreenError` for none or several."""
    if tab.is_blank:
        return "hop"
    for rank in (1, 2, 3):
        names = candidates(tab, look, rank)
        if len(names) == 1:
            return names[0]
        if names:
            raise ScreenError("screen_ambiguous", expected="one screen", seen=", ".join(names))
    if tab.frames and tab.frames[0].moving:
        return "hop"
    raise ScreenError("screen_unknown", expected="a known screen", seen=_summary(tab))


def candidates(tab: TabView, look: Look, rank: int) -> list[str]:
    """Return the names of all screens of *rank* whose signals are all there."""
    return [spec.name for spec in look.screens.values() if spec.rank == rank and fits(tab, spec, look)]


def fits(tab: TabView, spec: ScreenSpec, look: Look) -> bool:
    """Tell whether *tab* shows all signals of *spec* and none that speaks against it."""
    return (
        bool(tab.sites & spec.sites)
        and all(_holds(signal, tab, look) for signal in spec.all)
        and not any(_holds(signal, tab, look) for signal in spec.none)
    )


def _holds(signal: Signal, tab: TabView, look: Look) -> bool:
    if signal.control:
        return bool(find_all(tab, look.controls[signal.control]))
    if signal.heading:
        return any(says(line, text) for line in tab.headings for text in signal.heading)
    return any(says(tab.text, text) for text in signal.says)


def _summary(tab: TabView) -> str:
    """Describe an unknown page without quoting what may be personal: its site and the number of its parts."""
    sites = "/".join(sorted(tab.sites)) or "another host"
    return f"{sites}, HTTP {tab.status or 'unknown'}, {len(tab.controls)} controls, {len(tab.text)} characters"
