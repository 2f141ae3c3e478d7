"""Turkish texts compare the way a Turkish reader compares them."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text import fold, fold_label, is_shouted, same_label, says, skeleton

FORMS: list[Literal["NFC", "NFD", "NFKC", "NFKD"]] = ["NFC", "NFD", "NFKC", "NFKD"]
TURKISH = "abcçdefgğhıijklmnoöprsştuüvyz"
turkish_words = st.text(TURKISH, min_size=1, max_size=12)
turkish_texts = st.lists(turkish_words, min_size=1, max_size=5).map(" ".join)
_UPPER = str.maketrans({"i": "İ", "ı": "I"})


def turkish_upper(text: str) -> str:
    """Return *text* in capitals by Turkish rules."""
    return text.translate(_UPPER).upper()


@given(turkish_texts)
def test_turkish_capitals_fold_to_the_text(text: str) -> None:
    """A text and its Turkish capitals fold to the same thing, for every Turkish letter."""
    assert fold(turkish_upper(text)) == fold(text) == text


@given(turkish_texts, st.sampled_from(FORMS))
def test_normal_forms_do_not_matter(text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    """Composed and decomposed letters are the same, even as capitals."""
    assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(unicodedata.normalize(form, turkish_upper(text))) == fold(text)


@given(turkish_texts)
def test_software_capitals_are_still_the_label(text: str) -> None:
    """If software without Turkish rules made the capitals (i → I), the label still matches."""
    assert same_label(text.upper(), text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folding any text a second time changes nothing."""
    assert fold(fold(text)) == fold(text)
    assert fold_label(fold_label(text)) == fold_label(text)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2003", "\n\t ", "\u3000"])
@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212"])
def test_spaces_and_dashes_fold(space: str, dash: str) -> None:
    """Every kind of space folds to one space, and every kind of dash to one hyphen."""
    assert same_label(f"E{dash}Onay{space}İşlemleri", "E-Onay İşlemleri")


def test_dotted_and_dotless_are_different_letters() -> None:
    """kıra isn't kira: outside capitals we never swap the two letters."""
    assert not same_label("kıra", "kira")
    assert not says("bir kıra bedeli", "kira")
    assert not same_label("E-Onay Işlemleri", "E-Onay İşlemleri")


def test_invisible_characters_are_nothing() -> None:
    """Soft hyphens, zero-width spaces and byte order marks make no difference between labels."""
    assert same_label("De\u00advam\u200b\ufeff", "Devam")


@pytest.mark.parametrize("label", ["Onayla >", "» Onayla", "Onayla »", "▶ Onayla", "Onayla…", "  Onayla."])
def test_arrows_around_a_label_do_not_matter(label: str) -> None:
    """Arrows, icons and full stops around a label are just decoration."""
    assert same_label(label, "Onayla")


@pytest.mark.parametrize("other", ["Onaylama", "Onayla Devam", "Onay", "Onaylıyorum", ""])
def test_a_label_is_matched_whole(other: str) -> None:
    """A label that only starts like the wanted one is another label."""
    assert not same_label(other, "Onayla")


def test_says_respects_word_boundaries() -> None:
    """A sentence counts only as whole words: onay veriyorum isn't in onay veriyorumlu."""
    assert says("Bunun için ONAY VERİYORUM.", "onay veriyorum")
    assert says("BUNUN IÇIN ONAY VERIYORUM", "onay veriyorum")
    assert not says("onay veriyorumlu", "onay veriyorum")
    assert not says("İşlem başarısız", "İşlem başarılı")


@given(turkish_texts)
def test_skeleton_is_ascii(text: str) -> None:
    """The safety rules' skeleton has only ASCII letters and ignores case."""
    assert skeleton(text).isascii()
    assert skeleton(turkish_upper(text)) == skeleton(text) == skeleton(text.upper())


def test_shouting_needs_capitals() -> None:
    """A text shouts only if it has capitals and no small letters."""
    assert is_shouted("NES 1")
    assert not is_shouted("NES işlemleri")
    assert not is_shouted("123")
