"""How long an unattended run may take before it is ended from outside."""

from __future__ import annotations

from assistant.run.limits import Limits

_UPS_AND_DOWNS_S = 120.0
"""For what has its own deadlines and isn't waited for by the loop: the browser, the mock portal, the card."""
_PAGES = 4
"""Pages in a row that may take as long as a page may: a run that waits for more of them is going nowhere."""


def run_deadline_s(limits: Limits, wanted: float | None = None) -> float:
    """Return the seconds after which a run is given up, though none that can end by itself takes so long.

    The loop gives up by itself after a step at which the person is waited for (*person_s*), after pages that don't come
    and after the banner. Past all of these together something hangs. *wanted* is the setting ``run_deadline_s``.
    """
    if wanted is not None:
        return wanted
    banner = limits.codes * limits.banner_s
    return _UPS_AND_DOWNS_S + limits.person_s + _PAGES * limits.page_s + banner + limits.settle_s
