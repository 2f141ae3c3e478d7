"""Who goes along with a person at the desk: a signer that asks, a window, a camera, a keeper of looks."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from assistant.desk.surface import Event
from flows import Decision, Hand, Seen


class TakesAnswers(Protocol):
    """Where answers to the card signer's questions go."""

    def answer(self, event: Event) -> bool:
        """Take the answer; False where that question is no longer asked."""


@runtime_checkable
class TakesFocus(Protocol):
    """A surface with a window of its own, which the keyboard can go back to."""

    def take_focus(self) -> None:
        """Have the keyboard speak to the surface. Raises nothing."""


class SnapshotCamera(Protocol):
    """Takes pictures of the portal's pages, at its own rules."""

    def wants(self, seen: Seen) -> bool:
        """Tell whether a picture of what is *seen* is still wanted."""

    def take(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Take it. Raises nothing."""


class Notes(Protocol):
    """Keeps the looks at the portal's pages that are there anyway."""

    def wants(self, seen: Seen) -> bool:
        """Tell whether the look at what is *seen* is still wanted."""

    def note(self, seen: Seen) -> None:
        """Keep it. Raises nothing."""
