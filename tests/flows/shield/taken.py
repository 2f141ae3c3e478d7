"""What the shield has held by now, once the page has told everything that happened in it before."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from flows import Danger, Observer, Shield

_DOCUMENTS = 3
"""How many documents in a row may go away while we ask them."""


def take_held(observer: Observer, shield: Shield, page: Page) -> Danger | None:
    """Return what *shield* has held since the last call.

    What a page tells comes before its answer to a question. Where the press has begun to lead to another document,
    the question may be lost with the first; the next document gets it anew.
    """
    for left in reversed(range(_DOCUMENTS)):
        try:
            observer.worlds.answers(page)
            break
        except PlaywrightError as error:
            if not left or "navigated" not in error.message:
                raise
    held, shield.held = shield.held, None
    return held.danger if held else None
