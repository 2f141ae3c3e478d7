"""What lies over the page and has to go first: closed where it may be, waited for where it goes by itself, else shown.

What may be closed is the rule of `flows.layers`. The rest is answered in the page, by the person's own hand.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from assistant.clock import real_seconds
from assistant.run.person import Question
from flows import Decision, Hand, HandOver, Layer, Press, SafetyError, Seen, Tick
from flows.layers import is_statement, opens_later, way_out
from flows.utterance import modals_of

_PASSING_S = 10.0
"""How long what is not modal has to go away by itself, as toasts do, before anybody is bothered with it."""


class InTheWay:
    """Knows what covers the page, from one look to the next."""

    def __init__(self, hand: Hand, patience_s: float) -> None:
        """*patience_s*: how long something that only says a thing has to go away by itself, seconds."""
        self._hand = hand
        self._patience_s = patience_s
        self._is_covered = False
        self._text: str | None = None
        self._since = 0.0

    def note(self, layer: Layer) -> None:
        """Take note that *layer* kept a press back: from now on it is looked for before the next."""
        self._is_covered = True
        self._see(layer)

    def look(
        self, decision: Decision, seen: Seen, *, is_expected: bool = False
    ) -> Question | Literal["closed", "waiting"] | None:
        """Return what is to be done about what is in the way of *decision*; None where nothing is.

        Where it *is_expected*, as after a press without effect, something that covers the control is looked for too.
        Raises as `Hand.press` does.
        """
        layer = self._layer(decision, seen, look_closely=self._is_covered or is_expected)
        if layer is None:
            self._is_covered, self._text = False, None
            return None
        self._see(layer)
        if (out := way_out(layer)) is not None:
            with suppress(SafetyError):  # a cross that leads elsewhere is no way out either
                self._hand.close(seen.tab, out)
                return "closed"
        if real_seconds() - self._since < self._time_to_go(layer):
            return "waiting"
        return Question("dialog", seen.screen, layer.text)

    def _see(self, layer: Layer) -> None:
        if layer.text != self._text:
            self._text, self._since = layer.text, real_seconds()

    def _layer(self, decision: Decision, seen: Seen, *, look_closely: bool) -> Layer | None:
        if not isinstance(decision, Press | Tick | HandOver):
            return None
        if modals := modals_of(seen.tab):
            return modals[-1]
        if look_closely and isinstance(decision, Press | Tick):
            return self._hand.cover(seen.tab, decision.control)
        return None

    def _time_to_go(self, layer: Layer) -> float:
        if is_statement(layer) or opens_later(layer):
            return self._patience_s
        return 0.0 if layer.modal else min(_PASSING_S, self._patience_s)
