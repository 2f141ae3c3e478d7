"""Who comes along with a person at the desk: a signer that asks, a window, a camera, a keeper of looks."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from assistant.desk.surface import Event
from flows import Decision, Hand, Seen


class TakesAnswers(Protocol):
    """Receives the answers to the card signer's questions."""

    def answer(self, event: Event) -> bool:
        """Take the answer; False if nobody asks that question any more."""


@runtime_checkable
class TakesFocus(Protocol):
    """A surface with its own window that can get the keyboard back."""

    def take_focus(self) -> None:
        """Give the surface the keyboard focus. Never raises."""


class SnapshotCamera(Protocol):
    """Takes pictures of the portal's pages, by its own rules."""

    def wants(self, seen: Seen) -> bool:
        """Whether we still want a picture of what is *seen*."""

    def take(self, seen: Seen, decision: Decision, hand: Hand) -> None:
        """Take it. Never raises."""


class Notes(Protocol):
    """Keeps the looks at the portal's pages that the run takes anyway."""

    def wants(self, seen: Seen) -> bool:
        """Whether we still want the look at what is *seen*."""

    def note(self, seen: Seen) -> None:
        """Keep it. Never raises."""
