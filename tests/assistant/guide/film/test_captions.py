"""Captions: spoken text in pieces that can be read."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise
from typing import get_args

import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guide.film.captions import LINE, TICKS, cues, web_vtt
from flows import steps
from flows.steps import Language

TEXT = (
    "E-Onay, e-imzamızı kâğıt form göndermeden yenilememizi sağlayan elektronik onaydır. "
    "Bir kez verilir ve e-imzamızın süresi dolmadan verilmelidir. KamuSM'yi arıyoruz: 444 5 576."
)


def test_captions_can_be_read_in_their_time() -> None:
    """No caption has more than two lines of 42 letters or more than 17 letters a second; none is lost, none overlap."""
    made = cues(TEXT, 12)
    assert " ".join(" ".join(cue.lines) for cue in made) == TEXT
    assert all(len(cue.lines) <= 2 and max(map(len, cue.lines)) <= LINE for cue in made)
    assert all(len(" ".join(cue.lines)) * TICKS / (cue.end - cue.start) <= 17 for cue in made)
    assert made[0].start == 12
    assert all(one.end < next_one.start for one, next_one in pairwise(made))


def test_a_caption_ends_where_a_sentence_ends() -> None:
    """Short sentences stand alone; a number after a colon stays with its words."""
    made = [" ".join(cue.lines) for cue in cues("Takılırsak arıyoruz: 444 5 576. Bu kadar.", 0)]
    assert made == ["Takılırsak arıyoruz: 444 5 576.", "Bu kadar."]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abcçİı.,:–", min_size=1, max_size=30), min_size=1, max_size=60))
def test_any_words_fit(words: list[str]) -> None:
    """Whatever is said, each caption is of two lines at most and no word is lost."""
    made = cues(" ".join(words), 0)
    assert " ".join(" ".join(cue.lines) for cue in made).split() == " ".join(words).split()
    assert all(len(cue.lines) <= 2 and max(map(len, cue.lines)) <= LINE for cue in made)


@pytest.mark.parametrize("text", [TEXT, "A < B & C > D olamaz."])
def test_another_reader_understands_the_file(text: str) -> None:
    """The webvtt library reads back the same words and times."""
    made = cues(text, 30)
    read = webvtt.from_buffer(StringIO(web_vtt(made, "tr")))
    seconds = [(cue.start // TICKS, cue.end // TICKS) for cue in made]
    assert [(caption.start_in_seconds, caption.end_in_seconds) for caption in read.captions] == seconds


@pytest.mark.parametrize("language", get_args(Language))
def test_captions_of_the_guide_break_at_sentences_and_phrases(language: Language) -> None:
    """No caption and no line ends within a quotation, or after a word that starts a phrase."""
    for step in steps(language).values():
        for cue in cues(step.spoken, 0):
            text = " ".join(cue.lines)
            assert text.count("“") == text.count("”"), text
            for line in cue.lines[:-1]:
                assert line.count("“") == line.count("”"), cue.lines
                assert line.split()[-1] not in {"ve", "veya", "and", "or", "the"}, cue.lines
