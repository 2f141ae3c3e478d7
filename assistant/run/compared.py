"""What the assistant would have pressed, and what the person pressed: names of controls, no text of anybody's."""

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
    """A control of the portal's description; ``nothing``, ``person``, ``code`` where it is no press, ``unknown`` for a
    page that was not understood."""
    pressed: Word
    """The control that the person pressed there; ``other`` for one that is not in the description, ``unheard`` where no
    press was heard: e-Devlet's pages are not listened to."""


Comparisons = Annotated[tuple[Compared, ...], closed(lambda lines: len(lines) <= _MOST, lambda lines: lines[:_MOST])]


class Comparison:
    """Filled while somebody is watched."""

    def __init__(self) -> None:
        self._screens: list[tuple[str, str, list[str]]] = []
        self._document: tuple[float, ...] = ()

    def came_to(self, screen: str, would_press: str, document: tuple[float, ...]) -> bool:
        """Note a screen and what would be pressed there; return whether it is another one than before."""
        is_new = not self._screens or self._screens[-1][0] != screen
        if is_new or (self._document != document and self._screens[-1][2]):
            self._screens.append((screen, would_press, []))
        elif not self._screens[-1][2]:
            self._screens[-1] = (screen, would_press, [])
        self._document = document
        return is_new

    def pressed(self, control: str) -> None:
        """Note what the person pressed on the screen that they are at; before any screen it is no part of this."""
        if self._screens:
            self._screens[-1][2].append(control)

    def lines(self) -> tuple[Compared, ...]:
        """Return one line for each press, and for each screen without one."""
        return tuple(
            Compared(screen, would, pressed)
            for screen, would, presses in self._screens
            for pressed in presses or ["unheard"]
        )[:_MOST]
