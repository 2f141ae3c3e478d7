"""Pages where a press by the person's own hand can do harm: what would be lost there, in one word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from flows.controls import find_all
from flows.look import Look
from flows.observation import TabView
from flows.plain import is_plain
from flows.screens import candidates
from flows.statement import read_statement
from flows.text import same_label, says
from flows.utterance import utterances
from flows.words import decides, sentences, wills, wishes, withdraws

Danger = Literal["withdrawal", "revocation", "suspension", "pin", "web_password", "service"]
"""``withdrawal``: E-Onay's own page with the sentence that takes the consent back, where Devam does just that;
``service``: another service, we can't tell which."""

_WITHDRAWING = frozenset({"eonay_given", "eonay_both"})


def says_withdrawal(tab: TabView, look: Look) -> bool:
    """Return whether *tab* is the E-Onay page with the sentence that withdraws the consent."""
    return bool(_WITHDRAWING.intersection(candidates(tab, look, 1, read_statement(tab, look))))


def is_trap(tab: TabView, look: Look) -> bool:
    """Return whether *tab* withdraws, in the portal's own words or in others, and has something to go on with.

    A page that only quotes the sentence has nothing to go on with. Another wording counts when the page says it
    itself, wants it or announces it.
    """
    if not find_all(tab, look.controls["proceed"]):
        return False
    if says_withdrawal(tab, look):
        return True
    return "portal" in tab.sites and any(_takes_back(part.text) for view in tab.frames for part in utterances(view))


def _takes_back(text: str) -> bool:
    return any(
        withdraws(said) and not is_plain(said) and (wills(said) or wishes(said) or decides(said))
        for said in sentences(text)
    )


def danger_of(tab: TabView, look: Look) -> Danger | None:
    """Return what could be lost on the page of *tab*; None when we know of nothing."""
    if is_trap(tab, look):
        return "withdrawal"
    if "portal" not in tab.sites:
        return None
    if find_all(tab, look.controls["eonay_tile"]):  # the page with the tiles names every service
        return None
    pressed = {control.text for control in tab.controls}
    titles = [frame.title for frame in tab.frames[:1]]
    bare = [line for line in tab.text.splitlines() if line not in pressed]  # a title needn't be a heading
    for named in (_named(titles, look), _named(tab.headings, look), _named(bare, look, alone=True)):
        if len(named) == 1:
            return named[0]
    return "service" if "other_service" in candidates(tab, look, 1, read_statement(tab, look)) else None


def _named(lines: Iterable[str], look: Look, *, alone: bool = False) -> list[Danger]:
    """Return the services that *lines* name; with *alone* only those whose name is a whole line."""
    said = list(lines)
    fits = same_label if alone else says
    return [
        danger
        for danger in get_args(Danger)
        if any(fits(line, name) for name in look.services.get(danger, ()) for line in said)
    ]
