"""What we would do on a page by the rules alone: no browser, no run, and so thousands of pages a minute.

It does what a run does between two looks: recognise, decide, and ask the last rule before an act. If a page gets a
second look (after ticking a box or closing a dialog) we change it as that act would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows import FlowError, HostRule, decide
from flows.consent import End, Known, Press, Tick
from flows.layers import way_out
from flows.observation import Control
from flows.safety import check_act
from flows.screens import see
from flows.utterance import modals_of
from tests.assistant.cases.harness import Expectation
from tests.assistant.cases.proof.paper import URL, Paper
from tests.assistant.cases.proof.tree import Element, parse

RULE = HostRule.for_loopback(URL)
_LOOKS = 4
_LOGGED = re.compile(r"\blog\([`'\"](?P<word>[^`'\"]+)[`'\"]\)")


@dataclass(frozen=True, slots=True)
class Judged:
    """How far the rules would go on a page, and what they would have pressed."""

    why: str
    """Why it stopped there: a reason, ``doubts``, or ``went on``."""
    words: tuple[str, ...] = ()
    """What the page would have counted; see the harness."""

    def is_right(self, expected: Expectation) -> bool:
        """Whether it is as *expected*: everything required was counted, and nothing else."""
        return not self.wrong(expected) and all(self.words.count(word) >= n for word, n in expected.counts.items())

    def wrong(self, expected: Expectation) -> list[str]:
        """Return what was pressed but shouldn't have been."""
        most = {**expected.counts, **expected.up_to}
        return [word for word in dict.fromkeys(self.words) if self.words.count(word) > most.get(word, 0)]


def judge(html: str) -> Judged:
    """Return what we would do on the page *html*."""
    root, words = parse(html), list[str]()
    for _ in range(_LOOKS):
        paper = Paper(root)
        tab = paper.tab
        try:
            if modals := modals_of(tab):
                out = way_out(modals[-1])
                if out is None:
                    return Judged("dialog", tuple(words))
                check_act(out, "", URL, RULE)
                words += _counted(paper, out)
                _take_away(paper.element(out))
                continue
            decision = decide(see(tab, RULE.look), Known(), RULE.look)
            if isinstance(decision, End):
                return Judged(decision.outcome, tuple(words))
            if not isinstance(decision, Press | Tick):
                return Judged(type(decision).__name__, tuple(words))
            if decision.doubts:
                return Judged("doubts", tuple(words))
            check_act(decision.control, tab.whole_text, URL, RULE)
        except FlowError as error:
            return Judged(error.reason, tuple(words))
        words += _counted(paper, decision.control)
        if isinstance(decision, Press):
            return Judged("went on", tuple(words))
        paper.element(decision.control).attributes["checked"] = ""
    return Judged("navigation_stuck", tuple(words))


def _counted(paper: Paper, control: Control) -> list[str]:
    """Return the words that the handlers of *control* and of what is around it count."""
    handlers = [up.get("onclick") or up.get("onchange") for up in paper.element(control).up()]
    return [
        word
        for handler in handlers
        for word in (["go"] if re.search(r"\bgo\(\)", handler) else []) + _LOGGED.findall(handler)
    ]


def _take_away(inner: Element) -> None:
    """Take the layer away that *inner* stands in, and all else that belongs to it."""
    root = [*inner.up()][-1]
    for layer in [e for e in root.within() if e.has("data-layer")]:
        if layer.parent is not None:
            layer.parent.children.remove(layer)
