"""Which screen is shown: all its signals, or no answer at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.announcing import announces
from flows.controls import find_all
from flows.errors import ScreenError
from flows.layers import says_session_over
from flows.look import Look, ScreenSpec, Signal
from flows.observation import Observation, TabView
from flows.statement import Statement, read_statement
from flows.text import says
from flows.utterance import modals_of
from flows.words import sentences

_NUMBER = re.compile(r"(?:\d[\s-]?){6}")
"""Long enough to be part of a code, unlike a time or a count."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised screen and the tab it is in."""

    screen: str
    tab: TabView
    statement: Statement | None = None
    """What the page states about the consent, if it is E-Onay's."""


def recognise(observation: Observation, look: Look) -> Seen:
    """Return the screen the person is at.

    The newest tab counts; an older one only if the newest is none of the portal's own screens (a survey, a
    document). A page that is still empty, or leads on by itself, is the screen ``hop``. What dialogs say doesn't count
    as the page's, unless a dialog states that the session is over. Raises `ScreenError` for no match or several.
    """
    if not observation.tabs:
        raise ScreenError("screen_unknown", seen="no open tab")
    newest = observation.tabs[-1]
    try:
        return see(newest, look)
    except ScreenError as unknown:
        for tab in reversed(observation.tabs[:-1]):
            statement = read_statement(tab, look)
            names = candidates(tab, look, 1, statement)
            if len(names) == 1:
                return Seen(names[0], tab, statement)
        raise unknown from None


def see(tab: TabView, look: Look) -> Seen:
    """Return the one screen that *tab* shows. Raises `ScreenError` for none or several."""
    if tab.is_blank:
        return Seen("hop", tab)
    if any(says_session_over(layer) for layer in modals_of(tab)):
        return Seen("session_ended", tab)
    statement = read_statement(tab, look)
    for rank in (1, 2, 3):
        names = candidates(tab, look, rank, statement)
        if len(names) == 1:
            return Seen(names[0], tab, statement)
        if names:
            raise ScreenError("screen_ambiguous", expected="one screen", seen=", ".join(names))
    if tab.frames and tab.frames[0].moving:
        return Seen("hop", tab, statement)
    raise ScreenError("screen_unknown", expected="a known screen", seen=_summary(tab))


def candidates(tab: TabView, look: Look, rank: int, statement: Statement | None) -> list[str]:
    """Return the names of all screens of *rank* whose signals are all there."""
    return [spec.name for spec in look.screens.values() if spec.rank == rank and fits(tab, spec, look, statement)]


def fits(tab: TabView, spec: ScreenSpec, look: Look, statement: Statement | None) -> bool:
    """Return whether *tab* shows all signals of *spec* and nothing against it."""
    return (
        bool(tab.sites & spec.sites)
        and all(holds(signal, tab, look, statement) for signal in spec.all)
        and not any(holds(signal, tab, look, statement) for signal in spec.none)
    )


def holds(signal: Signal, tab: TabView, look: Look, statement: Statement | None) -> bool:
    """Return whether *tab* shows *signal*, whichever screen it is for; *statement*: what it states of the consent."""
    if signal.states:
        return statement is not None and statement.state in signal.states
    if signal.control:
        return bool(find_all(tab, look.controls[signal.control]))
    if signal.names:
        return any(
            says(part, text) and not _merely_tells(part) for part in sentences(tab.text) for text in signal.names
        )
    if signal.announces:
        return any(announces(tab.text, text) for text in signal.announces)
    headed = any(says(line, text) for line in tab.headings for text in signal.heading)
    return headed or any(says(tab.text, text) for text in signal.says)


def _merely_tells(sentence: str) -> bool:
    """Return whether *sentence* is complete and has no number: "Doğrulama kodu bir sonraki ekranda gösterilir."."""
    return sentence.rstrip("\"'”’»)").endswith(".") and not _NUMBER.search(sentence)


def _summary(tab: TabView) -> str:
    """Describe an unknown page without quoting anything that may be personal: its site and how many parts it has."""
    sites = "/".join(sorted(tab.sites)) or "another host"
    return f"{sites}, HTTP {tab.status or 'unknown'}, {len(tab.controls)} controls, {len(tab.text)} characters"
