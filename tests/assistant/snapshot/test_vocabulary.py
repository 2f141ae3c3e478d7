"""What may be kept of a text: whole known labels and sentences, and the shape of everything else."""

from __future__ import annotations

import re

import pytest

from assistant.snapshot.vocabulary import is_told, known_words, shape
from flows.text import fold_label

NAMES = """ahmet ali arda arslan ateş aydın aydin ayşe bal barış beyaz bulut can ceylan çelik çetin demir deniz derya dilek doğan duygu ece elif
erdem eren esen fatma gök gül gün güneş güven güzel halil hasan hatice hüseyin ışık ibrahim ilhan ilk irem ismail kaan kaplan kara kartal kaya kaynak
kılıç kılıc koç kurt mehmet meral merve murat mustafa nur oktay onay orhan osman ömer önder öz özcan özdemir özkan öztürk polat
savaş seçkin sevgi sevim şahin şen şimşek taş tekin toprak tuna turan ufuk umut uslu ümit ünal yalçın yavuz yıldırım yıldız yılmaz yiğit yurt yüksel zeynep"""
"""First names and surnames, many of which are words as well."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ana Sayfa", "Ana Sayfa"),
        ("NES İŞLEMLERİ", "NES İŞLEMLERİ"),
        ("Devam »", "Devam »"),
        ("Ayşe Yılmaz", "Aaaa Aaaaaa"),
        ("Sayın AYŞE YILMAZ", "Aaaaa AAAA AAAAAA"),
        ("Hoş geldiniz. Ayşe Onay", "Hoş geldiniz. Aaaa Aaaa"),
        ("Kalan süre: 286 saniye", "Kalan süre: 000 saniye"),
        ("T.C. Kimlik No: 10000000146", "T.C. Kimlik No: 00000000000"),
        ("Doğrulama Kodu: 968121968799342", "Doğrulama Kodu: 000000000000000"),
        ("Onay", "Aaaa"),
        ("Kaya", "Aaaa"),
        ("Sertifikamı iptal et Ayşe", "Aaaaaaaaaaa aaaaa aa Aaaa"),
    ],
)
def test_a_text_is_kept_as_a_whole_or_not_at_all(text: str, told: str) -> None:
    """Known labels and sentences stay, their numbers don't, and nothing is kept word by word."""
    assert known_words().told(text, is_label=True) == told


def test_one_word_is_kept_only_as_a_label() -> None:
    """A single word in a cell or a line may be a surname; on a button it is what the button is called."""
    assert known_words().told("Devam", is_label=True) == "Devam"
    assert known_words().told("Devam", is_label=False) == "Aaaaa"
    assert known_words().told("Soyad: Devam", is_label=False) == "Soyad: Aaaaa"


def test_no_name_stands_in_the_lists() -> None:
    """No first name or surname is a known label, a known line or a known word of an id by itself."""
    words = known_words()
    names = frozenset(NAMES.split())
    assert {text for text in words.texts if text in {fold_label(name) for name in names}} == set()
    assert words.identifiers & names == set()


def test_a_label_that_a_person_has_marked_is_kept() -> None:
    """What the person says is the portal's own is known from then on, in any case."""
    marked = known_words().with_marked(["Yeni Menü"])
    assert marked.told("YENİ MENÜ", is_label=True) == "YENİ MENÜ"
    assert known_words().told("Yeni Menü", is_label=True) == "Aaaa Aaaa"


@pytest.mark.parametrize(
    ("identifier", "kept"),
    [
        ("tridField", True),
        ("btn-send", True),
        ("col-12", True),
        ("j_idt45", True),
        ("KamuSM-eimza.jnlp", True),
        ("ayse-yilmaz", False),
        ("btnAyse", False),
        ("user_10000000146", False),
        ("onay", False),
        ("form1234", False),
        ("9f86d081884c7d65", False),
        ("tel_5_32_12_45_67", False),
        ("form-12-05-78", False),
        ("d12e05f78", False),
        ("n-10-00-00-00-14-6", False),
        ("id-e-l-i-f", False),
        ("A_L_I", False),
    ],
)
def test_an_identifier_is_kept_only_where_all_of_it_is_known(identifier: str, kept: bool) -> None:
    """Tokens, numbers and anything with a name in it become a shape as a whole."""
    assert known_words().identifier(identifier) == (identifier if kept else shape(identifier))


def test_a_shape_tells_no_letter_and_no_digit() -> None:
    """Letters of any script become a or A, digits of any script 0, unseen signs nothing."""
    told = shape("Şükran Ü. ٣٤٥ 𝟙 \u202e\u200bi\u0307")
    assert re.fullmatch(r"[Aa0 .]+", told)
    assert not is_told(told)
