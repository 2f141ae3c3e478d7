"""What we read from the markup alone is what a real browser shows, so the pure side of the proof can't drift from it."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Route

from flows import HostRule, Observer
from flows.observation import Control, FrameView, Span
from tests.assistant.cases.proof.paper import URL, seen
from tests.assistant.cases.proof.pure_kinds import PURE
from tests.assistant.cases.variants import make
from tests.sampling import sampled

_PLACES = frozenset({"box", "span", "labels"})
_FEW, _MORE = range(0, 30, 9), range(3, 30, 3)
_BARS = frozenset({"header", "footer", "navigation"})
"""Parts of a page that may also be recognised by position if no landmark names them: markup can't tell those."""


def ranks(view: FrameView) -> dict[int, int]:
    """Return the words' beginnings by their order: how many pieces a document has makes no difference."""
    starts = [at for line in view.runs for at, _ in line]
    return {at: rank for rank, at in enumerate(sorted(starts))}


def place(span: Span, view: FrameView) -> tuple[int, int]:
    """Return which words lie within *span*, as the first of them and the first behind it."""
    order = sorted(ranks(view))
    return sum(at < span[0] for at in order), sum(at < span[1] for at in order)


def told(view: FrameView) -> dict[str, object]:
    """Return all that the rules look at, in a form that does not depend on numbers of pieces."""

    def control(one: Control) -> dict[str, object]:
        plain = {f.name: getattr(one, f.name) for f in fields(one) if f.name not in _PLACES}
        return {**plain, "at": place(one.span, view), "labelled": [place(span, view) for span in one.labels]}

    return {
        "title": view.title,
        "text": view.text,
        "runs": [[words for _, words in line] for line in view.runs],
        "headings": view.headings,
        "controls": [control(one) for one in view.controls],
        "boxes": sorted(place(box, view) for box in view.boxes),
        "alerts": view.alerts,
        "dialogs": [(place(one.span, view), one.modal, one.title, one.frames) for one in view.dialogs],
        "asides": [place(aside, view) for aside in view.asides],
    }


def without_bars(shown: FrameView, paper: FrameView) -> FrameView:
    """Return *shown* with no part where only its place tells the part."""
    controls = zip(shown.controls, paper.controls, strict=False)
    bars = {one.index for one, other in controls if one.part in _BARS and not other.part}
    return replace(shown, controls=tuple(replace(c, part="") if c.index in bars else c for c in shown.controls))


@pytest.mark.parametrize(
    ("kind", "seeds"), sampled(product(PURE, (_FEW, _MORE)), every_run=[(kind, _FEW) for kind in PURE])
)
def test_the_markup_tells_what_a_browser_shows(context: BrowserContext, kind: str, seeds: range) -> None:
    """Words, parts of lines, controls, their names, effects and places, blocks and dialogs are the same on both sides."""
    observer, page = Observer(context, HostRule.for_loopback(URL)), context.new_page()
    html = ""
    context.route("**/*", lambda route: answer(route))

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    for seed in seeds:
        made = make(kind, PURE[kind], seed, trap=bool(seed % 2))
        html = made.html
        page.goto(URL)
        paper = seen(html).frames[0]
        shown = without_bars(observer.observe().tabs[-1].frames[0], paper)
        expected = told(paper)
        for part, value in told(shown).items():
            assert expected[part] == value, (made.name, part)


def test_both_sides_have_every_field() -> None:
    """A fact of a control that the observation learns one day is compared too, or named here as a place."""
    known = {f.name for f in fields(Control)}
    assert known > _PLACES
    assert asdict(seen("<button>Devam</button>").controls[0]).keys() == known
