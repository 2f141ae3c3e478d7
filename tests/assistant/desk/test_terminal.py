"""The terminal surface: the same answers by keys, and a PIN that is never drawn."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console, RenderableType

from assistant.base.words import Language, words
from assistant.companion.companion_run import Companion
from assistant.companion.machine import CompanionState, way
from assistant.desk.surface import Event
from assistant.desk.terminal import Terminal
from assistant.desk.view import View
from assistant.official_app.clipboard import SystemClipboard
from tests.assistant.desk.samples import samples


class _Keys:
    def __init__(self) -> None:
        self.typed = ""

    def read(self) -> str:
        typed, self.typed = self.typed, ""
        return typed


class _Desk:
    def __init__(self) -> None:
        self.keys = _Keys()
        self.paper = StringIO()
        self.console = Console(file=self.paper, width=100, highlight=False)
        self.terminal = Terminal(words("desk"), self.keys, self.console, self._draw)

    def _draw(self, shown: RenderableType) -> None:
        self.console.print(shown)

    def press(self, keys: str) -> list[tuple[str, int]]:
        self.keys.typed = keys
        return [(event.kind, event.id) for event in self.terminal.events()]


def test_keys_answer_only_what_is_asked() -> None:
    """`e` says yes to the question that is shown and nothing if none is."""
    desk = _Desk()
    desk.terminal.show(samples(words("desk"))["login"])
    assert desk.press("e") == []
    desk.terminal.show(samples(words("desk"))["consent"])
    assert desk.press("e") == [("yes", 1)]
    assert desk.press("h") == [("no", 1)]


def test_what_the_shield_asks_is_answered_behind_the_end_too() -> None:
    """After a run the shield is still up: its question appears next to the end and can be answered; Enter closes."""
    desk = _Desk()
    view = samples(words("desk"))["shield-after-end"]
    desk.terminal.show(view)
    assert view.question is not None
    assert view.question.yes in desk.paper.getvalue()
    assert desk.press("e") == [("yes", view.question.id)]
    assert desk.press("h") == [("no", view.question.id)]
    assert desk.press("\r") == [("close", 0)]


def test_cancel_needs_a_second_yes() -> None:
    """`q` asks once more; any other key than the yes goes on."""
    desk = _Desk()
    desk.terminal.show(samples(words("desk"))["login"])
    assert desk.press("qx") == []
    assert desk.press("qe") == [("stop", 0)]


def test_a_pin_is_never_drawn() -> None:
    """A PIN is collected unseen, its length too, and one that is too short isn't sent."""
    desk = _Desk()
    desk.terminal.show(samples(words("desk"))["sign"])
    assert desk.press("12\r") == []
    desk.keys.typed = "975310\r"
    (event,) = desk.terminal.events()
    assert event.pin is not None
    assert bytes(event.pin.reveal()) == b"975310"
    assert "975310" not in desk.paper.getvalue()
    assert "9753" not in desk.paper.getvalue()


def test_the_key_that_turns_pages_is_never_part_of_a_pin() -> None:
    """A space on a single page must not cost a try."""
    desk = _Desk()
    desk.terminal.show(samples(words("desk"))["sign"])
    desk.keys.typed = " 975310 \r"
    (event,) = desk.terminal.events()
    assert event.pin is not None
    assert bytes(event.pin.reveal()) == b"975310"


def test_a_pin_that_is_half_typed_is_dropped_with_its_question() -> None:
    """Digits typed for one question never become part of another's answer."""
    desk = _Desk()
    desk.terminal.show(samples(words("desk"))["sign"])
    desk.press("9753")
    desk.terminal.show(samples(words("desk"))["renew-code"])
    desk.terminal.show(samples(words("desk"))["sign"])
    assert desk.press("\r") == []


@pytest.mark.parametrize("name", sorted(samples(words("desk"))))
def test_every_state_can_be_drawn(name: str) -> None:
    """Each state says its sentence or its end."""
    desk = _Desk()
    view = samples(words("desk"))[name]
    desk.terminal.show(view)
    told = view.end.title if view.end else view.now.split()[0]
    assert told in desk.paper.getvalue()


def text_of(console: Console, drawn: RenderableType) -> str:
    """Return what *drawn* shows."""
    return "\n".join("".join(part.text for part in line) for line in console.render_lines(drawn, pad=False))


def test_what_is_not_read_to_its_end_cannot_be_answered() -> None:
    """In a low window a long text comes page by page; a PIN typed before the last page goes nowhere, a no is taken."""
    desk = _Desk()
    desk.console.height = 16
    view = samples(words("desk"))["sign"]
    desk.terminal.show(view)
    assert words("desk")("ui.keys_more") in desk.paper.getvalue()
    assert desk.press("975310\r") == []
    while f"({desk.terminal._pages}/{desk.terminal._pages})" not in desk.paper.getvalue():
        desk.press(" ")
    assert desk.press("975310\r") == [("yes", view.prompt.id if view.prompt else -1)]
    again = _Desk()
    again.console.height = 16
    again.terminal.show(view)
    assert [kind for kind, _ in again.press("\x1b")] == ["no"]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("height", [24, 60])
def test_all_that_can_be_answered_is_seen_in_a_low_window(language: Language, height: int) -> None:
    """At 80 by 24 no state is cut off: what to do, each answer with its key and the way to cancel are drawn."""
    said = words("desk", language)
    console = Console(file=StringIO(), width=80, height=height)
    for name, view in samples(said).items():
        drawn: list[RenderableType] = []
        keys = _Keys()
        terminal = Terminal(said, keys, console, drawn.append)
        terminal.show(view)
        pages = [text_of(console, drawn[-1])]
        while said("ui.keys_more") in pages[-1] and len(set(pages)) == len(pages):
            keys.typed = " "
            terminal.events()
            pages.append(text_of(console, drawn[-1]))
        assert all(page.count("\n") < height - 1 for page in pages), name
        text = "\n".join(pages)
        asked = view.question or view.prompt
        for answer in (asked.yes, asked.no) if asked and getattr(asked, "pin", "none") == "none" else ():
            assert answer in text, name
        assert view.end is not None or said("ui.keys") in text or said("ui.keys_pin") in text, name


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("stage", list(way()))
def test_a_companion_fits_an_ordinary_terminal(language: Language, stage: str) -> None:
    """At 80 by 24 every stage is one page, without its drawing, that warns, asks and has each answer with its key."""
    said = words("desk", language)
    console = Console(file=StringIO(), width=80, height=24)
    drawn: list[RenderableType] = []
    view = Companion(_Nobody(), SystemClipboard(), language, state=CompanionState(stage)).view()
    assert view.advice is not None
    Terminal(said, _Keys(), console, drawn.append).show(view)
    text = text_of(console, drawn[-1])
    assert said("ui.keys_more") not in text
    assert view.advice.ask in text
    assert ("⚠" in text) is bool(view.advice.warn)
    for number, (name, label) in enumerate(view.advice.buttons, start=1):
        assert (f"[{number}] {label}" in text) is (name not in view.advice.idle)


class _Nobody:
    """A surface at which nobody sits."""

    def show(self, view: View) -> None:
        """Show nothing."""

    def events(self) -> list[Event]:
        """Nobody presses anything."""
        return []

    def pause(self, seconds: float) -> None:
        """Do not wait."""
