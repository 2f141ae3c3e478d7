"""Where the keyboard speaks to: the panel asks for it when the panel has something to ask or to say at the end."""

from __future__ import annotations

import pytest

from assistant.base.outcome import Outcome
from assistant.base.words import words
from assistant.desk.person import DeskPerson
from assistant.desk.surface import Event
from assistant.desk.view import View
from assistant.run.question import Question
from assistant.run.record import Ending, RunResult


class Window:
    """A surface that counts how often it took the keyboard."""

    def __init__(self) -> None:
        self.shown: list[View] = []
        self.taken = 0

    def show(self, view: View) -> None:
        """Keep it."""
        self.shown.append(view)

    def events(self) -> list[Event]:
        """Nobody presses anything."""
        return []

    def pause(self, seconds: float) -> None:
        """Wait for nothing."""

    def take_focus(self) -> None:
        """Count it."""
        self.taken += 1


@pytest.fixture
def window() -> Window:
    """The panel's window."""
    return Window()


@pytest.fixture
def person(window: Window) -> DeskPerson:
    """Somebody who has just logged in at the portal's window, where the keyboard still is."""
    return DeskPerson(window, words("desk"))


def test_a_question_has_the_keyboard_once(window: Window, person: DeskPerson) -> None:
    """Also the first one, after the login: Tab and Enter answer it. Looked at again it takes nothing any more."""
    question = Question("sharing", "sharing")
    person.approve(question)
    person.approve(question)
    person.attend()
    assert window.taken == 1
    person.approve(Question("consent", "eonay_missing"))
    assert window.taken == 2


def test_a_dialog_of_the_portal_keeps_the_keyboard(window: Window, person: DeskPerson) -> None:
    """It is answered in the page."""
    person.approve(Question("dialog", "nes", "Kart bilgileriniz güncellenecektir."))
    assert window.shown[-1].question is not None
    assert window.taken == 0


@pytest.mark.parametrize(("reason", "taken"), [(None, 1), ("person_absent", 1), ("person_took_over", 0)])
def test_the_end_has_the_keyboard(window: Window, person: DeskPerson, reason: str | None, taken: int) -> None:
    """Receipt and next person are chosen without a mouse; only who acts at the portal themselves is left there."""
    person.end(RunResult(Ending(Outcome.CANCELLED if reason else Outcome.CONSENT_GIVEN, reason), 0), "")
    assert window.taken == taken
