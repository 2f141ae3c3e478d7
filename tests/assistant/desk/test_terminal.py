"""The terminal surface: the same answers by keys, and a PIN that is never drawn."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console, RenderableType

from assistant.desk.samples import samples
from assistant.desk.terminal import Terminal
from assistant.desk.words import words
from assistant.outcome import Language


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
        self.terminal = Terminal(words(), self.keys, self._draw)

    def _draw(self, shown: RenderableType) -> None:
        self.console.print(shown)

    def press(self, keys: str) -> list[tuple[str, int]]:
        self.keys.typed = keys
        return [(event.kind, event.id) for event in self.terminal.events()]


def test_keys_answer_only_what_is_asked() -> None:
    """`e` says yes to the question that is shown and nothing where none is."""
    desk = _Desk()
    desk.terminal.show(samples(words())["login"])
    assert desk.press("e") == []
    desk.terminal.show(samples(words())["consent"])
    assert desk.press("e") == [("yes", 1)]
    assert desk.press("h") == [("no", 1)]


def test_cancel_needs_a_second_yes() -> None:
    """`q` asks once more; any other key than the yes goes on."""
    desk = _Desk()
    desk.terminal.show(samples(words())["login"])
    assert desk.press("qx") == []
    assert desk.press("qe") == [("stop", 0)]


def test_a_pin_is_never_drawn() -> None:
    """A PIN is collected unseen, its length too, and one that is too short is not sent."""
    desk = _Desk()
    desk.terminal.show(samples(words())["sign"])
    assert desk.press("12\r") == []
    desk.keys.typed = "975310\r"
    (event,) = desk.terminal.events()
    assert event.pin is not None
    assert bytes(event.pin.reveal()) == b"975310"
    assert "975310" not in desk.paper.getvalue()
    assert "9753" not in desk.paper.getvalue()


def test_a_pin_that_is_half_typed_is_dropped_with_its_question() -> None:
    """Digits typed for one question never become part of another's answer."""
    desk = _Desk()
    desk.terminal.show(samples(words())["sign"])
    desk.press("9753")
    desk.terminal.show(samples(words())["renew-code"])
    desk.terminal.show(samples(words())["sign"])
    assert desk.press("\r") == []


@pytest.mark.parametrize("name", sorted(samples(words())))
def test_every_state_can_be_drawn(name: str) -> None:
    """Each state says its sentence or its end."""
    desk = _Desk()
    view = samples(words())[name]
    desk.terminal.show(view)
    told = view.end.title if view.end else view.now.split()[0]
    assert told in desk.paper.getvalue()


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("height", [24, 60])
def test_all_that_can_be_answered_is_seen_in_a_low_window(language: Language, height: int) -> None:
    """At 80 by 24 no state is cut off: what to do, each answer with its key and the way to cancel are drawn."""
    said = words(language)
    console = Console(file=StringIO(), width=80, height=height)
    for name, view in samples(said).items():
        if name.startswith("companion"):
            continue  # its drawing as text may be longer; the terminal scrolls
        drawn: list[RenderableType] = []
        terminal = Terminal(
            said, _Keys(), drawn.append, lambda shown: len(console.render_lines(shown, pad=False)) < height
        )
        terminal.show(view)
        lines = ["".join(part.text for part in line) for line in console.render_lines(drawn[-1], pad=False)]
        assert len(lines) < height, name
        text = "\n".join(lines)
        asked = view.question or view.prompt
        for answer in (asked.yes, asked.no) if asked and getattr(asked, "pin", "none") == "none" else ():
            assert answer in text, name
        assert view.end is not None or said("ui.keys") in text or said("ui.keys_pin") in text, name
