"""What the assistant would have pressed, and what the person pressed: names of controls, nobody's text."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from assistant.run.closed import CLOSED, Word, closed

_MOST = 200


@dataclass(frozen=True, slots=True, config=CLOSED)
class Compared:
    """One screen of a watched visit."""

    screen: Word
    would_press: Word
    """A control of the portal's description; ``nothing``, ``person``, ``code`` if it is no press, ``unknown`` for a
    page that we didn't understand."""
    pressed: Word
    """The control that the person pressed there; ``other`` for one that isn't in the description, ``unheard`` if we
    heard no press: we don't listen on e-Devlet's pages."""


Comparisons = Annotated[tuple[Compared, ...], closed(lambda lines: len(lines) <= _MOST, lambda lines: lines[:_MOST])]


class LookComparison:
    """Filled while we watch somebody."""

    def __init__(self) -> None:
        self._screens: list[tuple[str, str, list[str]]] = []
        self._document: tuple[float, ...] = ()

    def came_to(self, screen: str, would_press: str, document: tuple[float, ...]) -> bool:
        """Note a screen and what we would press there; return whether it is a new one."""
        is_new = not self._screens or self._screens[-1][0] != screen
        if is_new or (self._document != document and self._screens[-1][2]):
            self._screens.append((screen, would_press, []))
        elif not self._screens[-1][2]:
            self._screens[-1] = (screen, would_press, [])
        self._document = document
        return is_new

    def pressed(self, control: str) -> None:
        """Note what the person pressed on the current screen; before the first screen it doesn't count."""
        if self._screens:
            self._screens[-1][2].append(control)

    def lines(self) -> tuple[Compared, ...]:
        """Return one line per press, and one for each screen without a press."""
        return tuple(
            Compared(screen, would, pressed)
            for screen, would, presses in self._screens
            for pressed in presses or ["unheard"]
        )[:_MOST]
