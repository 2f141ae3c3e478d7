"""What answers a click without showing it: a card with a listener but no address, role or pointer.

We ask the browser what responds to the mouse (``isClickable`` of ``DOMSnapshot.captureSnapshot``), so it doesn't matter
what a page's scripts did to its functions. Of the answer we keep element numbers only: it also holds what was typed
into fields, so we never ask at the gateway. ``DOMDebugger.getEventListeners`` would say the same without that, but it
crashes the page with some libraries (tried with Chromium 150).

We mark the elements in our world of their frame, where ``text.js`` decides whether one of them is a control.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError

from flows.observation import TabView
from flows.world import Place, Thing

_MOST = 200
"""Elements per frame: if more than this answer, answering doesn't set anything apart."""
_NATIVE = frozenset(
    {"A", "AREA", "BUTTON", "INPUT", "SELECT", "TEXTAREA", "SUMMARY", "LABEL", "OPTION", "HTML", "BODY"}
)
"""What needs no mark."""
_MARK = """(...found) => {
  const known = globalThis.answering ??= new WeakSet();
  const fresh = found.filter((one) => one.nodeType === Node.ELEMENT_NODE && !known.has(one));
  fresh.forEach((one) => known.add(one));
  return fresh.length > 0;
}"""


def mark_answering(tab: TabView) -> bool:
    """Mark what answers a click in *tab*; return whether anything new was marked.

    A frame that went away meanwhile has nothing to mark.
    """
    return sum(_mark(view.place) for view in tab.frames) > 0


def _mark(place: Place) -> bool:
    found: list[Thing] = []
    try:
        for number in _answering(place):
            with suppress(PlaywrightError):  # it is gone
                found.append(place.element(number))
        return bool(found) and bool(place.call(_MARK, *found))
    except PlaywrightError:
        return False
    finally:
        for one in found:
            one.dispose()


def _answering(place: Place) -> Iterator[int]:
    """Yield the browser's numbers of what answers in *place*. Raises Playwright's error when it is gone."""
    answer = place.session.send("DOMSnapshot.captureSnapshot", computedStyles=[])
    names = answer["strings"]
    for document in answer["documents"]:
        nodes = document["nodes"]
        at = [n for n in nodes["isClickable"]["index"] if names[nodes["nodeName"][n]].upper() not in _NATIVE]
        if names[document["frameId"]] == place.frame and len(at) <= _MOST:
            yield from (nodes["backendNodeId"][n] for n in at)
