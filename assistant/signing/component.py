"""What signs, from a run's point of view: one small interface for our card signer and the official app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from playwright.sync_api import Page

from flows import Seen, Signature


@dataclass(frozen=True, slots=True)
class HandOff:
    """The code, and the page it is for."""

    code: str = field(repr=False)
    page: Page = field(repr=False)
    seen: Seen = field(repr=False)

    def cookies(self, address: str) -> str:
        """Return the Cookie header the page's browser would send to *address*. Call it from the browser's thread."""
        return "; ".join(f"{one['name']}={one['value']}" for one in self.page.context.cookies(address))


class SigningComponent(Protocol):
    """Whatever signs: our card signer, or the official app."""

    @property
    def name(self) -> str:
        """What signed, for the report."""

    def start(self, hand_off: HandOff) -> None:
        """Take the code and start; returns at once."""

    def poll(self) -> Signature:
        """Return how far the signature is. Raises `EonayError` if it can't be made."""


@runtime_checkable
class PageWatcher(Protocol):
    """A signing component that must see the page, because nothing else tells it about the signature."""

    def watch(self, seen: Seen) -> None:
        """Look at *seen*; we call this on every look after the hand-off."""
