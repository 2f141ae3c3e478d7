"""Every way to hide a sentence or to add one, in one form each; `tests.flows.witness.explore` shows them in all forms."""

from __future__ import annotations

import pytest

from tests.flows.witness.explore import Viewer
from tests.flows.witness.forms import FORMS
from tests.flows.witness.harmless import HARMLESS
from tests.flows.witness.pages import WAYS, case

_FORMS = list(FORMS)
_PLAIN = [f"harmless {name}" for name in HARMLESS]
_BUDGET_MS = 10.0


def _form(at: int) -> str:
    return _FORMS[at % len(_FORMS)]


@pytest.mark.parametrize(("way", "form"), [(way, _form(at)) for at, way in enumerate(WAYS)])
def test_what_only_a_person_sees_stops_the_act_and_the_same_form_with_plain_words_does_not(
    viewer: Viewer, way: str, form: str
) -> None:
    """A page that shows a person something else than its markup says is never acted on; its harmless twin is."""
    assert viewer.judge(case(way, form, trap=True)) != "acts"
    assert viewer.judge(case(way, form, trap=False)) == "acts"


@pytest.mark.parametrize(("way", "form"), [(way, _form(at)) for at, way in enumerate(_PLAIN)])
def test_what_plain_pages_have_does_not_stop_an_act(viewer: Viewer, way: str, form: str) -> None:
    """Logos, headers, carousels, chat bubbles, menus out of sight and drawn boxes are no reason to ask anybody."""
    assert viewer.judge(case(way, form, trap=False)) == "acts"


def test_the_second_witness_is_quick(viewer: Viewer) -> None:
    """On a plain page the second witness needs no more than ten milliseconds when nothing else keeps the machine busy."""
    viewer.judge(case("harmless nothing", "form", trap=False))
    viewer.witness.took_ms.clear()
    for _ in range(20):
        assert viewer.look() == "acts"
    assert min(viewer.witness.took_ms) < _BUDGET_MS


def test_there_are_ways_enough() -> None:
    """No fewer than two hundred and fifty ways are held against the two witnesses."""
    assert len(WAYS) >= 250
