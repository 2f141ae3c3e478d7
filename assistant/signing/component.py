"""What signs, as a run sees it: one small interface for the card signer and the official app."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from playwright.sync_api import Page

from flows import Seen


class Signature(StrEnum):
    """How far a signature is: what a component answers when it is polled, and what a run keeps of it."""

    NO = "no"
    """Nobody has the code. Only a run says this; a component that was started says one of the others."""
    WAITING = "waiting"
    """For the person or the card; nothing has been handed in."""
    RUNNING = "running"
    """Under way; it may have been handed in."""
    ELSEWHERE = "elsewhere"
    """With a program that does not tell; it may have been handed in, and only the portal knows."""
    ACCEPTED = "accepted"
    """The signing service has taken it."""
    UNSURE = "unsure"
    """Handed in, and no answer came that could be understood; only the portal knows."""
    CODE_DEAD = "code_dead"
    """The code is over and was not signed with, as far as anybody can tell; a new one may be asked for."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """The code and where it is valid."""

    code: str = field(repr=False)
    page: Page = field(repr=False)
    seen: Seen = field(repr=False)


class SigningComponent(Protocol):
    """What signs: the card signer, or the official app."""

    @property
    def name(self) -> str:
        """What signed, for the report."""

    def start(self, hand_off: HandOff) -> None:
        """Take the code and begin; returns at once."""

    def poll(self) -> Signature:
        """Tell how far the signature is. Raises `EonayError` when it cannot be made."""


@runtime_checkable
class PageWatcher(Protocol):
    """A signing component that wants to know what the page shows, because nothing else tells it of the signature."""

    def watch(self, seen: Seen) -> None:
        """Take note of *seen*; called at every look after the hand-off."""
