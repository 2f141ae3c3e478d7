"""What lies over the page and has to go before the next act. What becomes of it is for `assistant.run.state` to say."""

from __future__ import annotations

from assistant.run.events import Lying
from flows import Decision, Hand, HandOver, Layer, Press, Seen, Tick
from flows.layers import is_statement, opens_later, way_out
from flows.utterance import modals_of


def layer_over(decision: Decision, seen: Seen, hand: Hand, *, closely: bool) -> Layer | None:
    """Return what is in the way of *decision*, or None. Raises as `Hand.cover` does.

    A modal dialog always is. Looking *closely* also finds what only covers the control.
    """
    if not isinstance(decision, Press | Tick | HandOver):
        return None
    if modals := modals_of(seen.tab):
        return modals[-1]
    if closely and isinstance(decision, Press | Tick):
        return hand.cover(seen.tab, decision.control)
    return None


def lying(layer: Layer) -> Lying:
    """Return what the rules of a run need to know of *layer*."""
    return Lying(
        text=layer.text,
        can_close=way_out(layer) is not None,
        goes=is_statement(layer) or opens_later(layer),
        blocks=layer.modal,
    )
