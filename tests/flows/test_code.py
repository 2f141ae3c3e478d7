"""The verification code is read as the page shows it now, or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import CodeError, portal_look
from flows.code import find_codes, read_code, remaining_seconds
from tests.flows import pages
from tests.flows.conftest import Stage

CODE = "968121968799342"
SPEC = portal_look().code


@pytest.mark.parametrize(
    "shown",
    [
        CODE,
        f"<input readonly value='{CODE}'>",
        "968 121 968 799 342",
        "968-121-968-799-342",
        "968&nbsp;121&nbsp;968&nbsp;799&nbsp;342",
        "".join(f"<span>{digit}</span>" for digit in CODE),
        "".join(f"<div>{digit}</div>" for digit in CODE),
        "".join(f"<input value='{CODE[i : i + 5]}'>" for i in (0, 5, 10)),
        f"<b>{CODE[:7]}</b><b>{CODE[7:]}</b>",
        f"<output>{CODE}</output>",
    ],
)
def test_the_code_is_read_in_any_shape(stage: Stage, shown: str) -> None:
    """Text, field, groups, single digits: the code is put together from what is shown."""
    body = pages.SIGNING.replace(CODE, shown)
    code = read_code(stage.show(body), SPEC)
    assert code is not None
    assert code.value == CODE
    assert code.remaining_s == 286
    assert CODE not in repr(code)


def test_other_long_numbers_are_not_the_code(stage: Stage) -> None:
    """A reference number of the same length elsewhere on the page does not count beside the labelled code."""
    code = read_code(stage.show(f"<p>Başvuru no: 111112222233333</p>{pages.SIGNING}"), SPEC)
    assert code is not None
    assert code.value == CODE


def test_two_candidates_are_not_chosen_between(stage: Stage) -> None:
    """Without a label that tells them apart, two numbers are no code."""
    with pytest.raises(CodeError, match="code_unreadable"):
        read_code(stage.show("<p>Kod: 111112222233333</p><p>Kod: 444445555566666</p>"), SPEC)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Doğrulama Kodu</p><p>Kalan süre: 0 saniye</p><p>968121968799342</p>",
        "<p>Doğrulama Kodu 968121968799342</p><p>Kodun süresi doldu.</p>",
        "<p>Doğrulama Kodu</p><button>Tekrar Kod Al</button>",
        "<p>Doğrulama Kodu</p><p style='display:none'>968121968799342</p>",
        "<p>Doğrulama Kodu</p><p>96812196879934</p>",
    ],
)
def test_a_dead_or_missing_code_is_none(stage: Stage, body: str) -> None:
    """Over, hidden, too short or absent: there is no code to hand over."""
    assert read_code(stage.show(body), SPEC) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Kalan süre: 286 saniye", 286),
        ("KALAN SÜRE 04:46", 286),
        ("Kalan süre: 4 dakika 46 saniye", 286),
        ("Kalan süre\n 4 dk 46 sn", 286),
        ("Kalan süre:\n0", 0),
        ("Süre 10 saniye", None),
    ],
)
def test_the_countdown_is_read(text: str, seconds: int | None) -> None:
    """Seconds, minutes and clock notation are all understood."""
    assert remaining_seconds(text, SPEC) == seconds


@given(st.text(alphabet="0123456789", min_size=15, max_size=15), st.lists(st.integers(1, 14), unique=True, max_size=4))
def test_any_grouping_gives_the_same_code(code: str, cuts: list[int]) -> None:
    """Wherever the groups are cut, the labelled code is the same number."""
    edges = [0, *sorted(cuts), 15]
    grouped = " ".join(code[a:b] for a, b in pairwise(edges))
    assert find_codes(f"Doğrulama Kodu\n{grouped}\nKalan süre: 286 saniye", SPEC) == [code]
