"""The portal's own logout: we point at it if we see exactly one, else we just mention it. We never press it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.base.outcome import Outcome
from assistant.base.words import Words
from assistant.desk.highlight import Highlight
from assistant.run.record import RunResult
from flows import Hand, TabView
from flows.controls import find_all

_LABELS = ("Çıkış", "Çıkış Yap", "Güvenli Çıkış", "Oturumu Kapat", "Oturumu Sonlandır")
_BEHIND_LOGIN = frozenset({"home", "individual", "nes", "eonay_given", "eonay_missing", "signing", "signed"})


def log_out_hint(result: RunResult, tabs: Iterable[TabView], hand: Hand, highlight: Highlight, words: Words) -> str:
    """Return what to say about logging out after *result*, and point at the logout if we see exactly one.

    Nothing while the result is open: the official app may still be signing, and needs the session.
    """
    if result.outcome is Outcome.UNVERIFIED or not any(step.screen in _BEHIND_LOGIN for step in result.steps):
        return ""
    for tab in tabs:
        if "portal" not in tab.sites:
            continue
        home = hand.observer.rule.look.controls["portal_home"]
        spec = replace(home, labels=_LABELS, also=(), hint="", ids=(), names=())
        found = find_all(tab, spec)
        if len(found) == 1:
            highlight.point(tab, found[0], hand)
            return words("end.log_out_marked", label=" ".join(found[0].text.split()) or _LABELS[0])
    return words("end.log_out")
