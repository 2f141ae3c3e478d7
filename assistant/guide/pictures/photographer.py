"""A person who takes pictures: whatever the loop sees for the first time is taken before anything is done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.errors import RunError
from assistant.guide.pictures.camera import Camera, Captured
from assistant.guide.pictures.catalogue import PictureSpec
from assistant.person import Answer, Person, Question
from flows import Decision, Hand, PersonalAct, Seen, TabView
from flows.text import says


class Photographer:
    """Stands before another person and lets everything through to them."""

    def __init__(
        self,
        person: Person,
        camera: Camera,
        wanted: Sequence[PictureSpec],
        on_taken: Callable[[Captured], None],
        *,
        stops: bool = True,
    ) -> None:
        """*on_taken* gets each picture at once. *stops*: whether the run ends when the last one is taken."""
        self._person = person
        self._camera = camera
        self._wanted = list(wanted)
        self._on_taken = on_taken
        self._stops = stops

    @property
    def missing(self) -> tuple[PictureSpec, ...]:
        """The pictures that have not been taken."""
        return tuple(self._wanted)

    def attend(self) -> None:
        """Let the person attend; end the run when there is nothing left to take."""
        if self._stops and not self._wanted:
            raise RunError("person_stopped")
        self._person.attend()

    def notice(self, seen: Seen) -> None:
        """Let the person notice."""
        self._person.notice(seen)

    def tell(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Take the pictures of this screen that are still wanted."""
        self._person.tell(seen, decision, hand)
        for spec in [spec for spec in self._wanted if _shows(seen, spec)]:
            self._wanted.remove(spec)
            self._on_taken(self._camera.take(spec, seen.tab.page, lambda: _tab_again(seen, hand)))

    def approve(self, question: Question) -> Answer:
        """Let the person answer."""
        return self._person.approve(question)

    def taken(self, question: Question) -> None:
        """Let the person know."""
        self._person.taken(question)

    def act(self, seen: Seen, act: PersonalAct, hand: Hand) -> bool:
        """Let the person act."""
        return self._person.act(seen, act, hand)


def _shows(seen: Seen, spec: PictureSpec) -> bool:
    return seen.screen == spec.screen and (not spec.says or says(seen.tab.text, spec.says))


def _tab_again(seen: Seen, hand: Hand) -> TabView:
    """Look at the same tab afresh."""
    return next(tab for tab in hand.observer.observe().tabs if tab.page == seen.tab.page)
