"""Foreign words: what is taken out of them, and what stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.base.foreign import harmless, in_one_line, is_national_id, shown, visible

ID = "10000000146"
BETWEEN = (
    "", " ", ".", "_", "-", "–", "/", "·", ",", " . ", " - ", "\u00a0", "\u200b", "\u00ad", "\u202e", "\x1b", "\ud800", "  ",
    "+", "=", "~", "#", '"', "<", "--", "...", "~~ ", "】【",
)  # fmt: skip


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("every", [1, 2, 3, 5])
def test_no_number_of_eleven_digits_is_shown(between: str, every: int) -> None:
    """An ID number and a code are hidden, whatever separates their digits or groups."""
    for number in (ID, "968121968799342", "٠١٢٣٤٥٦٧٨٩٠"):
        told = f"Sayın {between.join(number[at : at + every] for at in range(0, len(number), every))} hoş geldiniz"
        assert shown(told) == "Sayın … hoş geldiniz"
        assert in_one_line(told) == "Sayın … hoş geldiniz"


def test_an_id_number_in_keycaps_is_hidden() -> None:
    """Marks that are drawn over the digits hide no number from the rule."""
    assert shown("".join(f"{digit}\ufe0f\u20e3" for digit in ID)) == "…"


@pytest.mark.parametrize(
    "text",
    [
        "444 5 576",
        "Bitiş: 23.11.2026 09:04",
        "Bitiş: 23.11.2026 09.04",
        "01.01.2026 - 31.12.2028 arasında",
        "27.02.2024 – 26.02.2027, 95 gün kaldı",
        "192.168.100.10",
        "Chromium 150.0.7204.100",
        "satır\nsatır\tsütun",
        "2024\n2025\n2026",
        "KIRMIZI ŞEMSİYE’nin 👍",
        "%100 95% 97% 99%",
        "2026-11-23 09:04:31",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    """Dates, telephone numbers, addresses and versions are told as they are."""
    assert shown(text) == text


def test_an_id_number_that_looks_like_something_else_is_hidden() -> None:
    """What could be an address or a date, and is an ID number by its check digits, is hidden."""
    assert is_national_id(ID)
    assert not is_national_id("10000000147")
    assert shown("100.000.001.46") == "…"
    looks_like_date = next(
        f"{day}.1.2026 {rest}"
        for day in range(10, 29)
        for rest in range(1000, 2400)
        if is_national_id(f"{day}12026{rest}")
    )
    assert shown(f"{looks_like_date[:-2]}.{looks_like_date[-2:]}") == "…"


@given(st.text(alphabet=st.characters()))
def test_nothing_that_acts_is_left(text: str) -> None:
    """Whatever comes, what is shown holds no control, escape, direction or half letter, and doesn't change again."""
    for safe in (harmless, visible, shown, in_one_line):
        told = safe(text)
        assert not [letter for letter in told if letter not in "\n\t" and unicodedata.category(letter)[0] == "C"]
        assert "\u2028" not in told
        assert safe(told) == told
        told.encode()


def test_what_is_signed_is_shown_whole() -> None:
    """Of a document every letter is there: what acts is shown by its number, and no number is hidden."""
    assert visible(f"{ID} onay\x1b[31m\u202everiyorum\r\nSon") == f"{ID} onay⟨U+001B⟩[31m⟨U+202E⟩veriyorum\nSon"


def test_a_name_is_hidden_by_turkish_rules() -> None:
    """A name is hidden in whichever letters it comes."""
    assert (
        in_one_line("Sayın Ayşe Yılmaz ve AYŞE YILMAZ, Işık ve IŞIK", ["AYŞE YILMAZ", "Işık"]) == "Sayın … ve …, … ve …"
    )
