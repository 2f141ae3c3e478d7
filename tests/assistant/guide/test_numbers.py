"""The numbers in a picture are those of the list next to it, and what the list names is marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.guide.book import BookError, read_guide
from assistant.guide.model import Bullets, Figure, Named, PictureMark, Section, Shot, TextBox, parse_text
from assistant.guide.numbers import wrong_numbers
from tests.assistant.guide.samples import BRAND
from tests.assistant.guide.test_book import any_shots

COPY, RENEW = TextBox(10, 10, 80, 20), TextBox(10, 60, 80, 20)
LISTED = (
    "Sayfayı kapatmayınız.",
    "“Kodu kopyalamak için tıklayınız”a basınız.",
    "Sayfadaki Tekrar Kod Al düğmesine basınız.",
)
CONTROLS = (Named("Kodu kopyalamak için tıklayınız.", COPY), Named("Tekrar Kod Al", RENEW))


def step(*marks: PictureMark, listed: tuple[str, ...] = LISTED[:2]) -> Section:
    """Return a step with a list and the picture of a page with two controls."""
    shot = Shot(Path("a.png"), Path("b.png"), 200, 200, marks=marks, controls=CONTROLS)
    figure = Figure("signing", 1, "c", "a", {("light", "desktop"): shot})
    return Section("signing", "İmza", (Bullets(tuple(map(parse_text, listed)), ordered=True), figure))


def test_the_same_numbers_are_right() -> None:
    """A number is where its line says; what you mustn't press needs none."""
    assert list(wrong_numbers(step(PictureMark("box", COPY, 2), PictureMark("danger", RENEW)), "tr")) == []


@pytest.mark.parametrize(
    ("marks", "listed", "said"),
    [
        ((PictureMark("box", COPY, 2), PictureMark("box", RENEW, 3)), LISTED[:2], "3 numarası listede yok"),
        (
            (PictureMark("box", RENEW, 2),),
            LISTED[:2],
            "“Kodu kopyalamak için tıklayınız.” resimde 2 ile işaretli değil",
        ),
        ((PictureMark("box", COPY, 1),), LISTED[:2], "resimde 2 ile işaretli değil"),
        ((PictureMark("box", COPY, 2),), LISTED, "“Tekrar Kod Al” resimde 3 ile işaretli değil"),
        ((PictureMark("box", COPY, 1),), (), "1 numarası listede yok"),
    ],
)
def test_a_number_that_misleads_is_told(marks: tuple[PictureMark, ...], listed: tuple[str, ...], said: str) -> None:
    """A number on another control, one too many, or a named control without its own: each is told, with its picture."""
    told = list(wrong_numbers(step(*marks, listed=listed), "tr"))
    assert any(said in one for one in told), told
    assert all(one.startswith("signing: signing: ") for one in told)


def test_such_a_guide_is_not_made() -> None:
    """The build ends with the picture's name, whichever look of the page is wrong."""
    shots = any_shots("2026", "first-time")
    wrong = replace(shots["signing"]["light", "desktop"], marks=(PictureMark("box", RENEW, 9),))
    shots["signing"] = {**shots["signing"], ("dark", "narrow"): wrong}
    with pytest.raises(BookError, match="signing: resimdeki 9 numarası"):
        read_guide("tr", "2026", "first-time", shots, BRAND, "0")
