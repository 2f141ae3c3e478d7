"""What we know of an act, and what becomes of the yes it was done with."""

from __future__ import annotations

from typing import cast

from assistant.run.doing import Doing
from assistant.run.done import Record
from assistant.run.events import Event, Missed, Perform, Shifted, Sight
from assistant.run.limits import Limits
from assistant.run.look import Looking
from assistant.run.person import Unattended
from assistant.run.question import Question
from assistant.signing.component import SigningComponent
from flows import Control, Hand, PageChanged, Press, PressMissed, Seen, TabView, Tick
from flows.statement import Statement
from tests.assistant.run.driven import BOX

QUESTION = Question("consent", "eonay_missing")


class Yes(Unattended):
    """A person who counts the yeses that were used."""

    used = 0

    def taken(self, question: Question) -> None:
        """Count one."""
        self.used += 1


class HandThat:
    """A hand each of whose presses ends as it was told."""

    observer = None

    def __init__(self, ends: PageChanged) -> None:
        self._ends = ends

    def press(self, tab: TabView, control: Control, *, upon: Statement | None = None) -> bool:
        """Press nothing."""
        raise self._ends


class Agreeing:
    """A second witness that has nothing against any act."""

    def check(self, decision: Press | Tick, tab: TabView) -> None:
        """Say nothing."""


class Looked:
    """A look at a page."""

    witnessed = Agreeing()
    sight = Sight()
    seen = Seen("eonay_missing", TabView(None, "", frozenset(), 0, ()))  # type: ignore[arg-type]


def pressed(ends: PageChanged) -> tuple[Event | None, int]:
    """Press Devam with a yes; return what is told, and how many yeses are used up."""
    person, hand = Yes(None), cast(Hand, HandThat(ends))
    doing = Doing(hand, person, cast(SigningComponent, None), cast(Looking, Looked()), Record(), Limits())
    told = doing.carry_out(Perform(Press("eonay_missing", BOX, "proceed", "consent"), Sight(), QUESTION))
    return told, person.used


def test_a_press_that_is_said_to_have_missed_uses_up_its_yes() -> None:
    """Once the mouse went down the yes is spent, whatever the page reports; otherwise it still holds."""
    told, used = pressed(PressMissed())
    assert isinstance(told, Missed)
    assert used == 1
    assert pressed(PageChanged()) == (Shifted(), 0)
