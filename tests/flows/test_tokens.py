"""Which hidden values of a form are tokens, and which are made of words."""

from __future__ import annotations

import string
from base64 import b64encode, urlsafe_b64encode
from itertools import permutations
from random import Random

import pytest

from flows.tokens import is_opaque

_HOW_MANY = 2_000
_WORDS = (
    *("sertifika", "iptal", "onay", "kaldir", "yeni", "kart", "talep", "olustur", "eonay", "geri", "basvuru", "vazgec"),
    *("taahhut", "imza", "odeme", "consent", "withdraw", "certificate", "renew", "order", "payment"),
)
"""Each has four letters or more."""


@pytest.mark.parametrize(
    "token",
    [
        *("-5839021387:2938471", "e1s2", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "1700000000"),
        *("tlg-lOTKAzJTOdcwd_yhWg", "P-_DOCrsyAEUPKvkyKO_CQ47SYWELwMz", "d41d8cd98f00b204e9800998ecf8427e"),
        *("cl9ebqhxk00003b600tymydho", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "CfDJ8NrAkSldwD9CpLRyOtm6FiJB1Jr"),
    ],
)
def test_a_token_says_nothing(token: str) -> None:
    """We tell numbers, GUIDs, digests and framework states from words."""
    assert is_opaque(token)


@pytest.mark.parametrize(
    "name",
    [
        *("eonay.kaldir", "basvuruOnaylamaIslemi", "SertifikaIptalEt", "YENI_KART_TALEBI_01", "YeniKartTalebiOlustur"),
        *("E-Onay-Kaldir-Islemi", "yeni2kart3talebi4olustur", "OrderNewCardForMe", "PIN_SFRLM_KRT_TLP"),
    ],
)
def test_a_name_is_made_of_words(name: str) -> None:
    """However the words are joined, we can read the name, so it is not a token."""
    assert not is_opaque(name)


@pytest.mark.parametrize("size", [12, 16, 18, 32, 48])
def test_random_bytes_are_tokens_nearly_always(size: int) -> None:
    """A form's CSRF value, new each session, looks like words so rarely that nobody will ever see it."""
    random = Random(f"bytes {size}")  # noqa: S311 (a sample, no secret)
    made = [
        encode(random.randbytes(size)).decode() for _ in range(_HOW_MANY) for encode in (urlsafe_b64encode, b64encode)
    ]
    assert sum(not is_opaque(token) for token in made) <= (0.005 if size < 16 else 0.0015) * len(made)


@pytest.mark.parametrize("letters", [string.ascii_letters + string.digits, string.ascii_lowercase + string.digits])
def test_random_letters_are_tokens_nearly_always(letters: str) -> None:
    """The same goes for tokens of letters and digits, in one case or both."""
    random = Random(letters)  # noqa: S311 (a sample, no secret)
    made = ["".join(random.choices(letters, k=32)) for _ in range(_HOW_MANY)]
    assert sum(not is_opaque(token) for token in made) <= 0.005 * len(made)


def test_names_are_hardly_ever_tokens() -> None:
    """Of names made of three words, in every usual spelling, hardly any counts as a token."""
    spelt = [
        name
        for words in permutations(_WORDS, 3)
        for name in (
            "".join(word.capitalize() for word in words),
            "_".join(words).upper(),
            "-".join(words),
            "1".join(words),
            "_".join(word.capitalize() for word in words) + "07",
        )
    ]
    assert sum(map(is_opaque, spelt)) <= 0.006 * len(spelt)
