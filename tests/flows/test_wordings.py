"""A page may use words the guide doesn't: we notice if it withdraws, and let it pass if it is plain."""

from __future__ import annotations

import pytest

from flows import portal_look
from flows.actions import forbidden_action
from flows.carried import is_wanted
from flows.giving import gives
from flows.plain import is_plain
from flows.text import same_label
from flows.words import sentences, withdraws
from tests.assistant.cases.actions import FORBIDDEN_ACTIONS
from tests.assistant.cases.fresh import FRESH
from tests.assistant.cases.fresh_again import FRESH_AGAIN, FRESH_AGAIN_TRAPS
from tests.assistant.cases.fresh_last import LAST, LAST_TRAPS
from tests.assistant.cases.fresh_third import FRESH_THIRD, FRESH_THIRD_TRAPS
from tests.assistant.cases.fresh_traps import FRESH_TRAPS
from tests.assistant.cases.harmless_actions import HARMLESS_ACTIONS
from tests.assistant.cases.page_calls import PAGE_CALLS, REAL_ACTS
from tests.assistant.cases.traps import OTHER, WITHDRAWING
from tests.assistant.cases.wordings import BOILERPLATE, GIVING, PLAIN


@pytest.mark.parametrize("action", [*FORBIDDEN_ACTIONS, *REAL_ACTS])
def test_a_forbidden_act_is_told_by_its_words(action: str) -> None:
    """We notice the act whatever an address, a handler or a value calls it: in one word, in parts or encoded."""
    assert forbidden_action(action)


@pytest.mark.parametrize("action", [*HARMLESS_ACTIONS, *PAGE_CALLS])
def test_what_only_looks_alike_is_no_forbidden_act(action: str) -> None:
    """Wanted acts, parts of the page, words that contain a stem by chance and framework tokens all pass."""
    assert not forbidden_action(action)


def test_there_are_enough_wordings_of_acts() -> None:
    """The tables have at least eighty forbidden and ninety harmless acts, each once."""
    assert len(set(FORBIDDEN_ACTIONS)) == len(FORBIDDEN_ACTIONS) >= 80
    assert len(set(HARMLESS_ACTIONS)) == len(HARMLESS_ACTIONS) >= 90


@pytest.mark.parametrize("sentence", [*WITHDRAWING, *OTHER])
def test_a_trap_is_neither_consent_nor_plain(sentence: str) -> None:
    """A withdrawal, another act of weight, or something no rule knows goes to the person, whatever the words."""
    assert not gives(sentence)
    assert not is_plain(sentence)
    assert not is_wanted(sentence)


@pytest.mark.parametrize("sentence", GIVING)
def test_the_consent_is_heard_in_other_words(sentence: str) -> None:
    """If a sentence gives the E-Onay consent, in the first person and in every word, it is the consent."""
    assert gives(sentence)
    assert not withdraws(sentence)


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_plain_sentence_stands_in_nobodys_way(sentence: str) -> None:
    """Descriptions, directions, legal boilerplate, names and dates raise no doubt and give no consent."""
    assert is_plain(sentence)
    assert not gives(sentence)


@pytest.mark.parametrize("text", [*FRESH, *FRESH_AGAIN, *FRESH_THIRD])
def test_information_is_plain_whatever_it_speaks_of(text: str) -> None:
    """Dates, hours, thanks, law, addresses, headings, help texts and English lines raise no doubt next to Devam."""
    assert all(map(is_plain, sentences(text)))


@pytest.mark.parametrize("text", [*FRESH_TRAPS, *FRESH_AGAIN_TRAPS, *FRESH_THIRD_TRAPS])
def test_what_ends_changes_sends_or_asks_is_a_doubt(text: str) -> None:
    """If it touches what is the reader's, wants, asks or agrees, it raises a doubt, even in freshly written words."""
    assert not all(map(is_plain, sentences(text)))
    assert not gives(text)


def test_what_was_written_last_is_mostly_right() -> None:
    """Of the newest sentences at most two harmless ones raise a doubt. No trap passes; two did before a fix."""
    assert sum(not all(map(is_plain, sentences(text))) for text in LAST) <= 2
    assert not [text for text in LAST_TRAPS if all(map(is_plain, sentences(text)))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kanun'un 6. maddesine dayanır. Son.", 2),
        ("T.C. Sanayi Bakanlığı", 1),
        ("Dr. Zeki Cad. No. 1", 1),
        ("Kod 3. Bitti.", 2),
    ],
)
def test_a_number_or_a_shortened_word_ends_no_sentence(text: str, count: int) -> None:
    """After an ordinal or an abbreviation the sentence goes on. We couldn't read the two halves alone."""
    assert len(list(sentences(text))) == count


def test_there_are_enough_wordings_of_sentences() -> None:
    """The tables have at least two hundred traps and a hundred and fifty harmless sentences, each once."""
    traps, harmless = [*WITHDRAWING, *OTHER], [*GIVING, *PLAIN]
    assert len(set(traps)) == len(traps) >= 200
    assert len(set(harmless)) == len(harmless) >= 150
    assert not set(traps) & set(harmless)


@pytest.mark.parametrize("sentence", [s for s in WITHDRAWING if "kullanmamak" not in s])
def test_a_withdrawal_is_heard_anywhere_on_the_page(sentence: str) -> None:
    """A stem of ending next to a consent, an application or a certificate counts even far from Devam."""
    assert withdraws(sentence)


@pytest.mark.parametrize("sentence", BOILERPLATE)
def test_the_portals_own_sentences_are_known(sentence: str) -> None:
    """We know the sentences above both states of the page word for word, whatever weighty words they have."""
    assert any(same_label(sentence, known) for known in portal_look().known)
