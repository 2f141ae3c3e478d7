"""The companion's way: what the person says they see leads on, and never into harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.outcome import Outcome, reasons
from assistant.base.words import Language
from assistant.companion.machine import CompanionState, begin, choose, elsewhere, stop, way
from assistant.companion.picture import lines, svg
from flows import portal_look, steps

KEYS = sorted({answer.key for stage in way().values() for answer in stage.answers} | {"elsewhere", "nonsense"})


def walk(*keys: str, state: CompanionState | None = None) -> CompanionState:
    """Return where these answers lead."""
    state = state or begin()
    for key in keys:
        state = choose(state, key)
    return state


TO_SIGNING = ("gateway", "login", "sharing", "home", "nes", "eonay", "missing", "signing")


def test_the_way_to_consent_ends_with_a_fresh_look() -> None:
    """The banner alone ends nothing: the consent counts once the withdraw sentence is seen afterwards."""
    state = walk(*TO_SIGNING, "app", "banner")
    assert (state.stage, state.outcome) == ("verify", None)
    assert walk("given", state=state).outcome is Outcome.CONSENT_GIVEN
    assert walk("missing", state=state).reason == "not_confirmed"


def test_an_existing_consent_ends_before_devam() -> None:
    """A person who sees the withdraw sentence first is done, and was warned not to press Devam."""
    state = walk("gateway", "login", "home", "nes", "eonay")
    assert "Devam" in way()[state.stage].warn
    assert walk("given", state=state).outcome is Outcome.ALREADY_CONSENTED


def test_the_forbidden_tiles_are_named_before_any_is_pressed() -> None:
    """The stage with the tiles warns of each forbidden one, and another tile leads to a page if nothing is pressed."""
    tiles = way()["nes"]
    for name in ("Sertifikamı İptal Et", "Askıdan İndirme", "PIN Oluşturma", "Web Parola"):
        assert name in tiles.warn
        assert any(shape.startswith("never:") and name in shape for shape in tiles.picture)
    wrong = walk("gateway", "login", "home", "nes", "other")
    assert "HİÇBİR" in way()[wrong.stage].warn
    assert not {answer.to for answer in way()[wrong.stage].answers} & {"consent", "signing", "app"}


@pytest.mark.parametrize("end", ["stop", "elsewhere"])
def test_after_the_app_nothing_leads_to_a_second_signature(end: str) -> None:
    """Who has been in the app and stops has an unverified result; who is lost is led to the fresh look only."""
    state = walk(*TO_SIGNING, "app")
    if end == "stop":
        assert (stop(state).outcome, stop(state).reason) == (Outcome.UNVERIFIED, "not_checkable")
    else:
        assert elsewhere(state).stage == "verify"


def test_stopping_before_the_app_is_a_plain_cancel() -> None:
    """Before the app nothing can have been signed."""
    assert stop(walk(*TO_SIGNING)).outcome is Outcome.CANCELLED


@given(st.lists(st.sampled_from(KEYS), max_size=40))
def test_no_sequence_of_answers_gets_lost(keys: list[str]) -> None:
    """Every state has a stage with words; a success is always preceded by a look at the sentence; an end stays."""
    state = begin()
    for key in keys:
        before = state
        state = choose(state, key)
        assert state.stage in way()
        assert before.outcome is None or state == before
        if state.outcome is Outcome.CONSENT_GIVEN:
            assert before.stage == "verify"
        if before.may_be_signed:
            assert state.may_be_signed
            assert state.stage not in {"consent", "eonay", "landing"}


@pytest.mark.parametrize("screen", [*portal_look().screens, "never-heard-of"])
def test_a_halted_run_goes_on_from_any_screen(screen: str) -> None:
    """Every screen the assistant knows leads to a stage; the consent sentence is read again before any signature."""
    state = begin(screen)
    assert state.stage in way()
    assert state.stage not in {"consent", "signing", "app"}
    assert begin(screen, may_be_signed=True).stage == "verify"


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_stage_is_complete(language: Language) -> None:
    """Each answer leads to a stage or to an outcome of the catalogue, and each stage can be drawn and reached."""
    stages = way(language)
    for stage in stages.values():
        assert stage.ask
        assert stage.step in steps()
        assert svg(stage.picture, stage.ask).startswith("<svg")
        assert len({len(line) for line in lines(stage.picture)}) == 1
        for answer in stage.answers:
            if answer.to.startswith("end:"):
                _, outcome, *reason = answer.to.split(":")
                assert outcome in set(Outcome)
                assert set(reason) <= set(reasons())
            else:
                assert answer.to in stages


def test_a_drawing_takes_labels_as_text() -> None:
    """A label with markup in it stays text."""
    assert "<script>" not in svg(["here:<script>"], "<b>")
