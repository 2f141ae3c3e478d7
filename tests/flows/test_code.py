"""We read the verification code as the page shows it now, or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import CodeError, portal_look
from flows.code import find_codes, is_over, read_code, remaining_seconds
from tests.flows import pages
from tests.flows.conftest import Stage

pytestmark = pytest.mark.looks_only

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
    """Text, field, groups, single digits: we put the code together from what is shown."""
    body = pages.SIGNING.replace(CODE, shown)
    code = read_code(stage.show(body), SPEC)
    assert code is not None
    assert code.value == CODE
    assert code.remaining_s == 286
    assert CODE not in repr(code)


def test_other_long_numbers_are_not_the_code(stage: Stage) -> None:
    """If one number has the label, another number of the same length elsewhere on the page doesn't count."""
    code = read_code(stage.show(f"<p>Başvuru no: 111112222233333</p>{pages.SIGNING}"), SPEC)
    assert code is not None
    assert code.value == CODE


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Doğrulama Kodu örneği</p><p>{CODE}</p>",
        f"<p>Doğrulama Kodu</p><p><s>{CODE}</s></p>",
        f"<p>Doğrulama Kodu</p><p>{CODE},50 TL</p>",
        f"<p>Doğrulama Kodu</p><p>{CODE} TL</p>",
    ],
)
def test_a_sample_an_amount_and_a_code_struck_out_are_no_code(stage: Stage, body: str) -> None:
    """The number of a guide, a sum of money, or the code that was replaced is never handed over."""
    assert read_code(stage.show(body), SPEC) is None


def test_two_candidates_are_not_chosen_between(stage: Stage) -> None:
    """If no label tells two numbers apart, neither is the code."""
    with pytest.raises(CodeError, match="code_unreadable"):
        read_code(stage.show("<p>Kod: 111112222233333</p><p>Kod: 444445555566666</p>"), SPEC)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Doğrulama kodunu giriniz. Başvuru No: 111112222233333</p><p>Doğrulama Kodu</p><b>{CODE}</b>",
        f"<table><tr><th>Başvuru No<th>Doğrulama Kodu<tr><td>111112222233333<td>{CODE}</table>",
        f"<p>Doğrulama Kodu</p><a href='#'>Kodu kopyala</a><p>Uygulamaya yapıştırınız</p><p>{CODE}</p>",
        f"<p>Doğrulama Kodu</p><div style='display:flex;flex-direction:row-reverse'><i>{CODE[9:]}</i><i>{CODE[:9]}</i></div>",
        f"<p>Doğrulama Kodu</p><p><s>111112222233333</s></p><p>{CODE}</p>",
        f"<b>{CODE}</b><p style='margin:0'>Doğrulama kodunuz</p><p>Referans: 111112222233333</p>",
    ],
)
def test_a_caption_names_the_number_it_stands_at(stage: Stage, body: str) -> None:
    """Of two long numbers, the code is the one a person sees next to the caption."""
    code = read_code(stage.show(body), SPEC)
    assert code is not None
    assert code.value == CODE


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ("<div style='width:80px'><div>286</div><div>Kalan süre</div></div><ol><li>1. Açınız</li></ol>", 286),
        ("<div style='width:80px'><canvas></canvas><div>Kalan süre</div></div><p>1. Uygulamayı açınız</p>", None),
        ("<div>Kalan süre</div><div style='display:flex;gap:9px'><b>1</b><b>Uygulamayı açınız</b></div>", None),
        ("<svg width='90' height='40'><text y='20'>04:46</text></svg><div>Kalan süre</div>", 286),
        ("<p>Kalan süre</p><div style='display:flex'><p>04</p><p>:</p><p>46</p></div>", 286),
        ("<p>Kalan süre: 4' 46''</p>", 286),
        ("<p>Kalan süre: 4′ 46″</p>", 286),
        ("<p>Kalan süre - 286 saniye</p>", 286),
        ("<p>Oturum kalan süre: 3 saniye</p><p>Kodun geçerliliği için kalan süre: 286 saniye</p>", 286),
        ("<p>Oturum kalan süre: 3 saniye</p>", None),
    ],
)
def test_a_countdown_is_what_stands_at_its_caption(stage: Stage, body: str, seconds: int | None) -> None:
    """We read the time above the caption, below it or drawn. The number of a list item isn't a time."""
    code = read_code(stage.show(f"<p>Doğrulama Kodu {CODE}</p>{body}"), SPEC)
    assert code is not None
    assert code.remaining_s == seconds


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Doğrulama kodunuzun süresi dolmuştur. Yeni bir kod alınız.", True),
        ("Süreniz doldu", True),
        ("Kodun süresi doldu mu? Tekrar Kod Al'a basınız.", False),
        ("“Süreniz doldu” uyarısını görürseniz yeni kod alınız.", False),
        ("Kodun süresi doldu ise yeni kod alınız.", False),
        ("Sertifikanızın süresi doldu.", False),
        ("Kodun kullanım süresi geçmiştir.", True),
        ("Kodunuz artık geçerli değildir.", True),
        ("Bu kod daha önce kullanılmıştır.", True),
        ("Bu kod iptal edilmiştir.", True),
        ("Kodun süresi geçti mi?", False),
        ("Önceki kodun süresi doldu. Kalan süre: 280 saniye", False),
    ],
)
def test_only_the_page_s_own_word_ends_a_code(stage: Stage, text: str, over: bool) -> None:
    """A quote, a question, a condition, or a sentence about something else doesn't end the code."""
    assert is_over(stage.show(f"<p>Doğrulama Kodu {CODE}</p><p>{text}</p>"), SPEC) is over


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
    """If the code is over, hidden, too short or missing, there is nothing to hand over."""
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
    """Seconds, minutes and clock times are all understood."""
    assert remaining_seconds(text, SPEC) == seconds


@given(st.text(alphabet="0123456789", min_size=15, max_size=15), st.lists(st.integers(1, 14), unique=True, max_size=4))
def test_any_grouping_gives_the_same_code(code: str, cuts: list[int]) -> None:
    """However the digits are grouped, it is the same number."""
    edges = [0, *sorted(cuts), 15]
    grouped = " ".join(code[a:b] for a, b in pairwise(edges))
    assert find_codes(f"Doğrulama Kodu\n{grouped}\nKalan süre: 286 saniye", SPEC) == [code]
