"""Every way to hide or add a sentence, in one form each. `tests.flows.witness.explore` shows all forms."""

from __future__ import annotations

import pytest

from tests.flows.witness.explore import Viewer
from tests.flows.witness.forms import FORMS
from tests.flows.witness.harmless import HARMLESS
from tests.flows.witness.pages import WAYS, case
from tests.sampling import sampled

_FORMS = list(FORMS)
_PLAIN = [f"harmless {name}" for name in HARMLESS]
_BUDGET_MS = 10.0


def _form(at: int) -> str:
    return _FORMS[at % len(_FORMS)]


_CASES = [(way, _form(at)) for at, way in enumerate(WAYS)]
_PLAIN_CASES = [(way, _form(at)) for at, way in enumerate(_PLAIN)]


@pytest.mark.parametrize(("way", "form"), sampled(_CASES, every_run=_CASES[::8]))
def test_what_only_a_person_sees_stops_the_act_and_the_same_form_with_plain_words_does_not(
    viewer: Viewer, way: str, form: str
) -> None:
    """If a page shows people something other than its markup says, we never act on it. On its harmless twin we do."""
    assert viewer.judge(case(way, form, trap=True)) != "acts"
    assert viewer.judge(case(way, form, trap=False)) == "acts"


@pytest.mark.parametrize(("way", "form"), sampled(_PLAIN_CASES, every_run=_PLAIN_CASES[::5]))
def test_what_plain_pages_have_does_not_stop_an_act(viewer: Viewer, way: str, form: str) -> None:
    """Logos, headers, carousels, chat bubbles, menus out of sight and drawn boxes are no reason to ask anybody."""
    assert viewer.judge(case(way, form, trap=False)) == "acts"


def test_the_second_witness_is_quick(viewer: Viewer) -> None:
    """If the machine is otherwise idle, the second witness needs no more than ten milliseconds for a plain page."""
    viewer.judge(case("harmless nothing", "form", trap=False))
    viewer.witness.took_ms.clear()
    for _ in range(20):
        assert viewer.look() == "acts"
    assert min(viewer.witness.took_ms) < _BUDGET_MS


def test_there_are_ways_enough() -> None:
    """We test the two witnesses with at least two hundred and fifty ways."""
    assert len(WAYS) >= 250
