"""What a page may say and do in other words than the guide's: heard where it withdraws, passed where it is plain."""

from __future__ import annotations

import pytest

from flows.actions import forbidden_action, is_opaque
from tests.assistant.cases.actions import FORBIDDEN_ACTIONS, HARMLESS_ACTIONS


@pytest.mark.parametrize("action", FORBIDDEN_ACTIONS)
def test_a_forbidden_act_is_told_by_its_words(action: str) -> None:
    """Whatever an address, a handler or a value calls it, in one word, in parts or behind signs, it is heard."""
    assert forbidden_action(action)


@pytest.mark.parametrize("action", HARMLESS_ACTIONS)
def test_what_only_looks_alike_is_no_forbidden_act(action: str) -> None:
    """The wanted acts, parts of the page, words that hold a stem by chance and tokens of frameworks are passed."""
    assert not forbidden_action(action)


def test_there_are_enough_wordings_of_acts() -> None:
    """The tables hold at least eighty forbidden and ninety harmless acts, each once."""
    assert len(set(FORBIDDEN_ACTIONS)) == len(FORBIDDEN_ACTIONS) >= 80
    assert len(set(HARMLESS_ACTIONS)) == len(HARMLESS_ACTIONS) >= 90


@pytest.mark.parametrize("token", ["-5839021387:2938471", "e1s2", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "1700000000"])
def test_tokens_are_not_words(token: str) -> None:
    """Numbers, GUIDs and the states of frameworks say nothing; what is made of words does."""
    assert is_opaque(token)
    assert not is_opaque("eonay.kaldir")
    assert not is_opaque("basvuruOnaylamaIslemi")
