"""What signs, as a run sees it: one small interface for the card signer and the official app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from playwright.sync_api import Page

from flows import Seen, Signature


@dataclass(frozen=True, slots=True)
class HandOff:
    """The code and where it is valid."""

    code: str = field(repr=False)
    page: Page = field(repr=False)
    seen: Seen = field(repr=False)

    def cookies(self, address: str) -> str:
        """Return the Cookie header that the page's browser would send to *address*. For the browser's own thread."""
        return "; ".join(f"{one['name']}={one['value']}" for one in self.page.context.cookies(address))


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
