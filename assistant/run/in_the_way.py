"""What lies over the page and must go before the next act. What to do about it is up to `assistant.run.state`."""

from __future__ import annotations

from assistant.run.events import Lying
from flows import Decision, Hand, HandOver, Layer, LetPersonAct, Press, Seen, TabView, Tick, Wait
from flows.layers import Kind, is_statement, kind_of, opens_later, opens_when_read, way_out
from flows.utterance import modals_of


def layer_over(decision: Decision, seen: Seen, hand: Hand, *, closely: bool, waits: bool = False) -> Layer | None:
    """Return what is in the way of *decision*, or None. Raises as `Hand.cover` does.

    A modal dialog always is; when we only wait for the page (*waits*), a dialog that wants something. A look *closely*
    also finds what just covers the control, and what keeps the person from their part.
    """
    if waits and isinstance(decision, Wait):
        layer = blocking(seen.tab)
        return None if layer is None or is_statement(layer) else layer
    if closely and isinstance(decision, LetPersonAct):
        return blocking(seen.tab)
    if not isinstance(decision, Press | Tick | HandOver):
        return None
    if (layer := blocking(seen.tab)) is not None:
        return layer
    if closely and isinstance(decision, Press | Tick):
        return hand.cover(seen.tab, decision.control)
    return None


def blocking(tab: TabView) -> Layer | None:
    """Return the topmost dialog that blocks everything else in *tab*, or None."""
    modals = modals_of(tab)
    return modals[-1] if modals else None


def lying(layer: Layer) -> Lying:
    """Return what the rules of a run need to know about *layer*."""
    unread, out = opens_when_read(layer), way_out(layer)
    is_menu = out is None and kind_of(layer) is Kind.MENU
    return Lying(
        text=layer.text,
        title=layer.title,
        can_close=unread or is_menu or out is not None,
        unread=unread,
        is_menu=is_menu,
        goes=is_statement(layer) or opens_later(layer),
        blocks=layer.modal,
    )
