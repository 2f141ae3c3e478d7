"""What signs, as a run sees it: one small interface for the card signer and the official app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from playwright.sync_api import Page

from flows import Seen

SignatureState = Literal["waiting", "running", "elsewhere", "accepted", "unsure", "code_dead"]
"""``waiting``: for the person or the card, and nothing has been handed in; ``running``: it may have been;
``elsewhere``: it may have been, by a program that does not tell, so only the portal can."""


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

    def poll(self) -> SignatureState:
        """Tell how far the signature is. Raises `EonayError` when it cannot be made."""


@runtime_checkable
class PageWatcher(Protocol):
    """A signing component that wants to know what the page shows, because nothing else tells it of the signature."""

    def watch(self, seen: Seen) -> None:
        """Take note of *seen*; called at every look after the hand-off."""
