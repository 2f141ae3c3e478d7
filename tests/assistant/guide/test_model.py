"""The guide as data, and archives made from it."""

from __future__ import annotations

import pickle
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guide.archive import rewrite_archive, write_archive
from assistant.guide.model import Span, parse_text, plain
from tests.assistant.guide.samples import sample_guide


def test_markup_becomes_spans() -> None:
    """Strong words and links are told from plain words, and white space is folded."""
    assert parse_text("Önce **Java**\n kurunuz: [adres](https://example.org/).") == (
        Span("Önce "),
        Span("Java", strong=True),
        Span(" kurunuz: "),
        Span("adres", link="https://example.org/"),
        Span("."),
    )


@settings(deadline=None)
@given(st.text(alphabet="abcığşİ .,*[]()"))
def test_no_word_is_lost(source: str) -> None:
    """Whatever the markup, every letter of the source is still there."""
    letters = [c for c in source if c.isalpha()]
    shown = "".join(span.text + span.link for span in parse_text(source))
    assert [c for c in shown if c.isalpha()] == letters


def test_a_guide_is_walked_in_reading_order(tmp_path: Path) -> None:
    """Sections and their parts, steps and figures come in the order of reading; the whole can be sent to a process."""
    guide = pickle.loads(pickle.dumps(sample_guide(tmp_path)))  # noqa: S301 (our own bytes)
    assert [section.id for section in guide.walk()] == [
        "before-you-start",
        "steps",
        "step-1",
        "step-2",
        "step-3",
        "glossary",
    ]
    assert [section.step for section in guide.steps] == [1, 2, 3]
    assert [figure.number for figure in guide.figures] == [1, 2, 3]
    assert plain(guide.brand.body[1]) == "Gereğini rica ederim."


def test_archives_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Neither order nor time of making changes an archive, and what must come first comes first."""
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    write_archive(one, {"b": b"2", "a": b"1", "mimetype": b"m"}, first=["mimetype"])
    with ZipFile(two, "w") as archive:
        for name, content in (("a", b"1"), ("mimetype", b"m"), ("b", b"2")):
            archive.writestr(name, content)
    rewrite_archive(two, first=["mimetype"])
    assert one.read_bytes() == two.read_bytes()
    with ZipFile(one) as archive:
        assert archive.namelist() == ["mimetype", "a", "b"]
        assert datetime(*archive.getinfo("a").date_time) == datetime(1980, 1, 1)
