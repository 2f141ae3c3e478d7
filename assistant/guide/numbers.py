"""A picture's numbers must match the list next to it, and whatever the list names must be marked: or no guide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.base.words import Language, told
from assistant.guide.model import Bullets, Figure, Section, Shot, Text, TextBox, plain
from flows.text import fold, same_label

_QUOTED = re.compile(r"“([^”]+)”")
_LEAST = 5
"""Minimum length of a label we look for without quotation marks; shorter ones are ordinary words too."""


def wrong_numbers(section: Section, language: Language) -> Iterator[str]:
    """Return what doesn't fit between the numbered lists of *section* and the pictures that follow each."""
    listed: tuple[Text, ...] = ()
    for block in section.blocks:
        match block:
            case Bullets(items, ordered=True):
                listed = items
            case Figure():
                for shot in block.shots.values():
                    yield from (f"{section.id}: {block.id}: {said}" for said in _wrong(shot, listed, language))


def _wrong(shot: Shot, listed: tuple[Text, ...], language: Language) -> Iterator[str]:
    for mark in shot.marks:
        if mark.number > len(listed):
            yield told("guide.book.not_listed", language, number=mark.number)
    for number, item in enumerate(listed, start=1):
        for label in sorted({one.label for one in shot.controls if _names(plain(item), one.label)}):
            places = [one.box for one in shot.controls if one.label == label]
            if not any(mark.number == number and _covers(mark.box, box) for mark in shot.marks for box in places):
                yield told("guide.book.not_marked", language, number=number, label=label)


def _names(text: str, label: str) -> bool:
    """Whether *text* names the control: in quotation marks, or by a label too long to be there by chance."""
    if any(same_label(label, quoted) for quoted in _QUOTED.findall(text)):
        return True
    return len(label) >= _LEAST and re.search(rf"(?<!\w){re.escape(fold(label))}(?!\w)", fold(text)) is not None


def _covers(mark: TextBox, control: TextBox) -> bool:
    x, y = control.x + control.width / 2, control.y + control.height / 2
    return mark.x <= x <= mark.x + mark.width and mark.y <= y <= mark.y + mark.height
