"""How long an unattended run may take before it is ended from outside."""

from __future__ import annotations

from assistant.run.limits import Limits

_UPS_AND_DOWNS_S = 120.0
"""For what has its own deadlines and the loop doesn't wait for: the browser, the mock portal, the card."""
_PAGES = 4
"""How many pages in a row may be as slow as a page may be: a run waiting for more is going nowhere."""


def run_deadline_s(limits: Limits, wanted: float | None = None) -> float:
    """Return after how many seconds we give a run up. No run that can end by itself takes that long.

    The loop gives up by itself after a step that waits for the person (*person_s*), after pages that don't come and
    after the banner. Past all of these together something hangs. *wanted* is the setting ``run_deadline_s``.
    """
    if wanted is not None:
        return wanted
    banner = limits.codes * limits.banner_s
    return _UPS_AND_DOWNS_S + limits.person_s + _PAGES * limits.page_s + banner + limits.settle_s
