"""The book is whole: every step, picture and text that a guide needs is there, in both languages and plain."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.base.problems import problems
from assistant.base.words import Language
from assistant.guide.book import EDITIONS, BookError, load_book, needed, read_guide, stories
from assistant.guide.model import (
    Edition,
    Guide,
    Shot,
    Size,
    Table,
    Theme,
    plain,
)
from assistant.guide.pictures.capture import chosen
from assistant.guide.pictures.drawings import drawing_names
from assistant.guide.wording import texts_of
from flows import steps
from tests.assistant.guide.samples import BRAND

LANGUAGES: tuple[Language, ...] = get_args(Language)
ALL = list(itertools.product(LANGUAGES, EDITIONS, stories()))
MOST_WORDS = 35
"""In one sentence of a text for tired people."""
_NOT_SHOWN = {
    "hop",
    "session_ended",
    "maintenance",
    "second_step_failed",
    "verify",
    "login_other",
    "password_renewal",
    "elsewhere",
}
"""Screens that come and go by themselves or seldom, and one that stands for several pictures."""


def any_shots(edition: Edition, story: str) -> dict[str, dict[tuple[Theme, Size], Shot]]:
    """Return a picture for every name that the guide needs; there is no file."""
    wanted = needed(edition, story)
    shot = Shot(Path("clean.png"), Path("marked.png"), 2, 2)
    return {name: {("light", "desktop"): shot} for name in (*wanted.screens, *wanted.drawings)}


def guide_of(language: Language, edition: Edition, story: str, book: dict[str, Any] | None = None) -> Guide:
    """Return the guide without pictures."""
    return read_guide(language, edition, story, any_shots(edition, story), BRAND, "0", book)


@pytest.mark.parametrize(("language", "edition", "story"), ALL)
def test_every_step_says_what_to_do_and_shows_it(language: Language, edition: Edition, story: str) -> None:
    """A step has a title, a sentence on what to do, words for a trainer, and a picture with caption and description."""
    guide = guide_of(language, edition, story)
    assert [step.step for step in guide.steps] == list(range(1, len(guide.steps) + 1))
    for step in guide.steps:
        assert step.title
        assert step.lead
        assert step.spoken, step.id
        assert step.figures, step.id
    assert [figure.number for figure in guide.figures] == list(range(1, len(guide.figures) + 1))
    assert all(figure.caption and figure.alt for figure in guide.figures)
    names = [section.id for section in guide.walk()]
    assert len(names) == len(set(names))
    assert guide.quick_card


def test_the_edition_of_2020_has_its_ten_steps() -> None:
    """The guide of 2020 has ten steps; what came later is in the guide of 2026 alone."""
    old, new = guide_of("tr", "2020", "first-time"), guide_of("tr", "2026", "first-time")
    assert len(old.steps) == 10
    assert {step.id for step in new.steps} - {step.id for step in old.steps} == {"second-step-sms", "individual"}


def test_a_guide_shows_every_screen_of_the_flow() -> None:
    """No screen that the flow knows how to handle is missing from the guide, but those that go by themselves."""
    shown = {name for edition in EDITIONS for story in stories() for name in needed(edition, story).screens}
    assert shown & set(steps()) == set(steps()) - _NOT_SHOWN


@pytest.mark.parametrize(("language", "edition", "story"), ALL)
def test_sentences_are_short_and_whole(language: Language, edition: Edition, story: str) -> None:
    """No sentence has more than 35 words, and no text is empty or has a place left unfilled."""
    guide = guide_of(language, edition, story)
    for section in guide.walk():
        for text in texts_of(section):
            assert "{" not in text
            assert text == text.strip()
            for sentence in re.split(r"(?<=[.?!:;])\s", text):
                assert len(sentence.split()) <= MOST_WORDS, sentence


@pytest.mark.parametrize(("language", "edition", "story"), ALL)
def test_no_sentence_is_told_twice_in_a_section(language: Language, edition: Edition, story: str) -> None:
    """No text occurs twice in a section, except that two lines of a table may have the same remedy."""
    for section in guide_of(language, edition, story).walk():
        plain_blocks = replace(section, blocks=tuple(b for b in section.blocks if not isinstance(b, Table)))
        told = [text for text in texts_of(plain_blocks) if len(text.split()) > 5]
        assert len(told) == len(set(told)), section.id


def test_the_book_says_what_must_be_said() -> None:
    """The guide warns of the tile that revokes, tells both states apart, and names whom to call."""
    said = " ".join(text for section in guide_of("tr", "2026", "first-time").walk() for text in texts_of(section))
    for words in (
        "Sertifikamı İptal Et",
        "kaldırmak istiyorum",
        "onay veriyorum",
        "Tekrar Kod Al",
        "444 5 576",
        "bilgi@kamusm.gov.tr",
        "Mobil İmza",
        "İnternet Bankacılığı",
        "Java 8 (1.8.0) veya Java 11",
        "mali mühür",
        "PIN kilitli",
        "Ctrl+V",
    ):
        assert words in said, words


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ('[[section]]\nid = "x"\ntitle = { tr = "X" }', "x.title"),
        ('[[section]]\nid = "x"\ntitel = { tr = "X", en = "X" }', "title mi demek"),
        ('[[section]]\nid = "x"\ntitle = { tr = "X", en = "X" }\nblock = [{ figure = "landin" }]', "landin"),
        (
            '[[section]]\nid = "x"\ntitle = { tr = "X", en = "X" }\nblock = [{ paragraph = "reason:pin_lost" }]',
            "pin_lost",
        ),
        ('[[section]]\nid = "x"\ntitle = { tr = "X", en = "X" }\nblock = [{ words = "x" }]', "paragraph, bullets"),
        ('[[section]]\nid = "x"\nstep = "nez"', "nes mi demek"),
    ],
)
def test_a_mistake_in_the_book_is_named(wrong: str, place: str) -> None:
    """A missing language, an unknown name or a picture that doesn't exist is told with its place."""
    book = load_book() | tomllib.loads(wrong)
    with pytest.raises(BookError, match=re.escape(place)):
        read_guide("tr", "2026", "first-time", any_shots("2026", "first-time"), BRAND, "0", book)


@pytest.mark.parametrize(("edition", "story"), list(itertools.product(EDITIONS, stories())))
def test_every_picture_that_is_shown_can_be_taken(edition: Edition, story: str) -> None:
    """The book asks for no picture that isn't declared for its edition, and for no drawing that isn't drawn."""
    wanted = needed(edition, story)
    assert {spec.id for spec in chosen(edition, wanted.screens)} == set(wanted.screens)
    assert set(wanted.drawings) <= set(drawing_names())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_twenty_commonest_problems_have_their_remedy(language: Language) -> None:
    """One table of twenty, shared with everybody who shows them, each with what helps; numbered throughout."""
    parts = [part for section in guide_of(language, "2026", "first-time").sections for part in section.parts]
    tables = [block for part in parts if part.id.startswith("problems-") for block in part.blocks]
    rows = [row for table in tables if isinstance(table, Table) for row in table.rows]
    known = problems(language)
    assert [plain(row[0]) for row in rows] == [f"{at}. {one.what}" for at, one in enumerate(known, start=1)]
    assert [plain(row[1]) for row in rows] == [one.remedy for one in known]
    assert len({one.id for one in known}) == 20


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("app", "Doğrulama Kodu"),
        ("app", "İşlem Kodu"),
        ("landing", "Online İşlemlere Giriş"),
        ("home", "E-imza İşlemleri"),
        ("before-you-start", "PIN'iniz varsa o kutuya basmayınız"),
        ("pin", "yalnız PIN'iniz kilitliyse"),
        ("afterwards", "6 ay ile 10 gün"),
        ("afterwards", "Yazdıracağınız"),
    ],
)
def test_the_guide_tells_what_people_ask(place: str, said: str) -> None:
    """Which app and which code, other names of the first links, when the PIN tile is right, and what comes after."""
    (section,) = [it for it in guide_of("tr", "2026", "first-time").walk() if it.id == place]
    assert said in " ".join(texts_of(section))


def test_the_film_and_the_text_have_one_voice() -> None:
    """What is spoken addresses the person as the text does."""
    for story in stories():
        for section in guide_of("tr", "2026", story).walk():
            assert not re.search(r"\w+[ıiuü]yoruz\b|\w+[ıiuü]m[ıiuü]z[ıiuü]?\b", section.spoken), section.spoken


def test_the_quick_card_begins_at_the_address_and_stops_at_item_five() -> None:
    """First you open the address; if the consent exists you don't press “Devam”."""
    (
        first,
        *_,
    ) = (card := guide_of("tr", "2026", "first-time").quick_card)
    assert "onlineislemler.kamusm.gov.tr/landing" in first
    assert "kaldırmak istiyorum" in card[4]
    assert "“Devam”a basmayınız" in card[4]


@pytest.mark.parametrize(("language", "tick"), [("tr", "kutu varsa işaretleyiniz"), ("en", "tick the box")])
def test_the_quick_card_has_the_box_before_devam(language: Language, tick: str) -> None:
    """To give the consent the card says to tick the box before pressing “Devam”, like the step."""
    for edition in EDITIONS:
        (line,) = [line for line in guide_of(language, edition, "first-time").quick_card if "onay veriyorum" in line]
        assert -1 < line.find(tick) < line.find("“Devam”")
